-- Statements that differ from the best one about the same thing, and why they may: the rows of quality.conflicts.
WITH hashed AS (
    SELECT
        *,
        hash(ref_area, indicator, breakdown, measure, nature, time_period) AS subject,
        hash(ref_area_name, indicator_name, obs_value, obs_value_high, unit_measure, bound, amount) AS said
    FROM stated
    WHERE indicator IS NOT NULL
),
-- Of nearly everything only one thing is said; to find that out first makes the rest a small matter.
disputed AS (SELECT subject FROM hashed GROUP BY subject HAVING min(said) <> max(said)),
statements AS (
    -- One for each different value: the same number in ten documents is one statement.
    SELECT
        ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, nature, time_period,
        obs_value, obs_value_high, unit_measure, bound, amount,
        min((preference, observation_id)) AS rank,
        arg_min(observation_id, (preference, observation_id)) AS observation_id,
        arg_min(doc_id, (preference, observation_id)) AS doc_id,
        arg_min(published_at, (preference, observation_id)) AS published_at,
        max(step) AS step
    FROM hashed
    WHERE subject IN (FROM disputed)
    GROUP BY ALL
),
ordered AS (
    SELECT *, row_number() OVER (
        PARTITION BY ref_area, indicator, breakdown, measure, nature, time_period ORDER BY rank
    ) AS place_in_line
    FROM statements
),
paired AS (
    SELECT
        best.*,
        other.observation_id AS other_observation_id, other.doc_id AS other_doc_id,
        other.obs_value AS other_obs_value, other.unit_measure AS other_unit_measure, other.bound AS other_bound,
        abs(best.amount - other.amount) AS distance,
        greatest(best.step, other.step) AS coarser_step,
        best.unit_measure = other.unit_measure AS same_unit,
        best.doc_id <> other.doc_id AND abs(date_diff('day', best.published_at, other.published_at)) >= 30 AS later,
        greatest(abs(best.amount), abs(other.amount)) AS larger,
        -- Where a value may lie for what its bound says.
        [CASE other.bound WHEN 'at_most' THEN '-inf'::DOUBLE WHEN 'approx' THEN other.amount * 0.9 ELSE other.amount END,
         CASE other.bound WHEN 'at_least' THEN 'inf'::DOUBLE WHEN 'approx' THEN other.amount * 1.1
             WHEN 'range' THEN other.obs_value_high::DOUBLE ELSE other.amount END] AS other_room,
        [CASE best.bound WHEN 'at_most' THEN '-inf'::DOUBLE WHEN 'approx' THEN best.amount * 0.9 ELSE best.amount END,
         CASE best.bound WHEN 'at_least' THEN 'inf'::DOUBLE WHEN 'approx' THEN best.amount * 1.1
             WHEN 'range' THEN best.obs_value_high::DOUBLE ELSE best.amount END] AS room
    FROM ordered AS best
    JOIN ordered AS other USING (ref_area, indicator, breakdown, measure, nature, time_period)
    WHERE best.place_in_line = 1 AND other.place_in_line > 1
),
growth_prices AS (
    -- 比上年增长9.1%，扣除价格因素实际增长8.1%: the word that stands last before a growth says at which prices it is.
    SELECT observation_id, nullif(regexp_extract(
        substr(raw_text, greatest(raw_start - 14, 0) + 1, raw_end - greatest(raw_start - 14, 0)),
        '.*(名义|现价|实际|扣除价格|可比价|不变价)', 1), '') IN ('名义', '现价') AS nominal
    FROM main.observations JOIN main.document_texts USING (doc_id)
    WHERE measure = 'growth'
        AND observation_id IN (SELECT unnest([observation_id, other_observation_id]) FROM paired)
)
SELECT
    ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, nature, time_period,
    observation_id, doc_id, obs_value, unit_measure, bound,
    other_observation_id, other_doc_id, other_obs_value, other_unit_measure, other_bound,
    CASE
        WHEN NOT same_unit THEN 'definition'
        WHEN doc_id = other_doc_id AND one.nominal IS DISTINCT FROM two.nominal THEN 'definition'
        WHEN (bound, other_bound) <> ('exact', 'exact') AND room[1] <= other_room[2] AND other_room[1] <= room[2]
            THEN 'bound'
        WHEN distance < coarser_step THEN 'rounding'
        WHEN later AND distance <= 0.1 * larger THEN 'revision'
        ELSE 'contradiction'
    END AS verdict,
    CASE WHEN same_unit THEN round(distance / nullif(larger, 0), 6)::DECIMAL(38,6) END AS difference
FROM paired
LEFT JOIN growth_prices AS one USING (observation_id)
LEFT JOIN growth_prices AS two ON two.observation_id = other_observation_id
