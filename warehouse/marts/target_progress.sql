-- Each statement of a target beside the latest actual value of the same place, indicator, breakdown, measure and base
-- unit, and beside what was said of the same target before. A target that is stated in several documents has a row for
-- each, so that one sees what was said when. Only like is held against like: a stock, a rate or a ratio counts at any
-- date (but a stock over several years is what was added in them); everything else (a flow, a growth rate, an increment)
-- only over a period as long as the target's. An increment “by 2025” that is told years ahead may add up since then, so
-- it is held against nothing.
--
-- ref_area: GB/T 2260 code of the place.
-- ref_area_name: Its official full name.
-- indicator: Code in indicators; NULL where the registry has none.
-- indicator_name: Standard Chinese name, or the words of the text.
-- breakdown: JSON object, which part the number is for; {} for the whole.
-- measure: level, growth, change, share, multiple or ratio.
-- target_period: The deadline, or the period that the target is for.
-- target_value: The target in the base unit; the lower end of a range.
-- target_value_high: Upper end of a range, NULL otherwise.
-- target_bound: exact, approx, at_least, at_most or range.
-- target_status: SDMX observation status of the target: F, or Q where a rule or a cross-check doubts it.
-- unit_measure: Base unit of target and actual value.
-- target_quote: The words that state the target.
-- target_stated_at: When the document that states the target was published.
-- target_observation_id: The observation that states it.
-- target_doc_id: Its document.
-- previous_stated_at: When the same target for the same period was last stated before; NULL for the first statement, and
--   where the document has no date.
-- previous_value: The target as it was stated then.
-- previous_observation_id: The observation that states it.
-- actual_period: Period of the actual value: the latest that is not suspect, or a suspect one where there is no other;
--   for a growth rate or an increment that of the target where it is known. NULL when there is none.
-- actual_value: That value in the base unit.
-- actual_bound: Its bound.
-- actual_status: Its SDMX observation status; Q is suspect.
-- actual_observation_id: The observation that it comes from.
-- share_reached: actual_value / target_value, only for the level of a stock or a flow of the registry, above zero: a share
--   of a rate says nothing. For an indicator that should fall (energy use) more than 1 is not success: look at the target.
-- gap: target_value - actual_value, in the base unit.
-- years_left: Years from the end of the actual value's period to the end of the target's; negative when the actual is later.
-- reached: Whether a target with a direction (at_least, at_most) is met; of a decline the size counts (-4 reaches a fall by
--   at least 3). NULL while its time is not over, unless a stock is there already; and where the actual value is itself a
--   bound that leaves it open, or is of another period for a growth rate or an increment.
CREATE VIEW marts.target_progress AS
WITH targets AS NOT MATERIALIZED (
    SELECT
        observations.*,
        published_at,
        behaviour,
        CASE WHEN published_at IS NOT NULL THEN
            max({'published_at': published_at, 'observation_id': observation_id, 'obs_value': obs_value}) OVER (
                PARTITION BY ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, unit_measure, time_period
                ORDER BY published_at
                RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 SECOND PRECEDING
            ) END AS previous
    FROM main.observations
    JOIN (SELECT doc_id, published_at FROM main.documents) AS documents USING (doc_id)
    LEFT JOIN (SELECT code, behaviour FROM main.indicators) AS indicators ON code = indicator
    WHERE nature = 'target' AND ref_area IS NOT NULL
),
actuals AS NOT MATERIALIZED (
    SELECT
        ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, unit_measure,
        time_period AS actual_period,
        obs_value AS actual_value,
        obs_value_high AS actual_value_high,
        bound AS actual_bound,
        obs_status AS actual_status,
        observation_id AS actual_id
    FROM marts.indicator_series
    WHERE nature = 'actual'
),
-- Two joins, as an indicator without a code equals no other: a query for a code reaches the actual values by the first.
matched AS (
    FROM targets LEFT JOIN actuals
        USING (ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, unit_measure)
    WHERE indicator IS NOT NULL
    UNION ALL BY NAME
    FROM targets LEFT JOIN (SELECT * EXCLUDE (indicator) FROM actuals WHERE indicator IS NULL) AS uncoded
        USING (ref_area, ref_area_name, indicator_name, breakdown, measure, unit_measure)
    WHERE indicator IS NULL
),
pairs AS (
    SELECT
        *,
        -- First and last day of both periods: of the year, of the month, or the day itself.
        list_transform([time_period, actual_period], lambda period: {
            'first': CASE length(split_part(period, '/', 1))
                WHEN 4 THEN (split_part(period, '/', 1) || '-01-01')::DATE
                WHEN 7 THEN (split_part(period, '/', 1) || '-01')::DATE
                ELSE split_part(period, '/', 1)::DATE END,
            'last': CASE length(split_part(period, '/', -1))
                WHEN 4 THEN (split_part(period, '/', -1) || '-12-31')::DATE
                WHEN 7 THEN last_day((split_part(period, '/', -1) || '-01')::DATE)
                ELSE split_part(period, '/', -1)::DATE END
        }) AS days
    FROM matched
),
measured AS (
    SELECT
        *,
        days[1].last AS target_ends,
        days[2].last AS actual_ends,
        -- A target without a period is held against whole years.
        coalesce(date_diff('month', days[1].first, days[1].last + 1), 12) AS target_months,
        date_diff('month', days[2].first, days[2].last + 1) AS actual_months,
        measure IN ('growth', 'change', 'multiple') AS is_movement,
        measure = 'change' AND coalesce(year(published_at), 0) < year(days[1].first) - 1 AS may_add_up
    FROM pairs
),
judged AS (
    SELECT
        *,
        actual_id IS NOT NULL AND CASE
            WHEN is_movement THEN time_period IS NOT NULL AND target_months = actual_months AND NOT may_add_up
            WHEN behaviour = 'stock' AND NOT contains(actual_period, '/') THEN true
            ELSE coalesce(behaviour IN ('rate', 'ratio', 'index'), false) OR target_months = actual_months
        END AS comparable
    FROM measured
),
chosen AS (
    SELECT * REPLACE (
        CASE WHEN comparable THEN actual_period END AS actual_period,
        CASE WHEN comparable THEN actual_value END AS actual_value,
        CASE WHEN comparable THEN actual_value_high END AS actual_value_high,
        CASE WHEN comparable THEN actual_bound END AS actual_bound,
        CASE WHEN comparable THEN actual_status END AS actual_status,
        CASE WHEN comparable THEN actual_id END AS actual_id,
        CASE WHEN comparable THEN actual_ends END AS actual_ends
    )
    FROM judged
    QUALIFY row_number() OVER (
        -- The id alone would do; with the key, a filter on it reaches the tables.
        PARTITION BY ref_area, ref_area_name, indicator, indicator_name, measure, observation_id
        ORDER BY
            judged.comparable DESC,
            judged.is_movement AND judged.actual_period = judged.time_period DESC NULLS LAST,
            judged.actual_status = 'Q',
            judged.actual_ends DESC,
            judged.actual_months,
            judged.actual_id
    ) = 1
),
sized AS (
    -- 下降3%以上 is -3, at_least: the bound of a decline is that of its size.
    SELECT
        *,
        abs(obs_value) AS size,
        CASE WHEN obs_value < 0 THEN -coalesce(actual_value_high, actual_value) ELSE actual_value END AS lowest,
        CASE WHEN obs_value < 0 THEN -actual_value ELSE coalesce(actual_value_high, actual_value) END AS highest
    FROM chosen
)
SELECT
    ref_area,
    ref_area_name,
    indicator,
    indicator_name,
    breakdown,
    measure,
    time_period AS target_period,
    obs_value AS target_value,
    obs_value_high AS target_value_high,
    bound AS target_bound,
    obs_status AS target_status,
    unit_measure,
    quote AS target_quote,
    published_at AS target_stated_at,
    observation_id AS target_observation_id,
    doc_id AS target_doc_id,
    previous.published_at AS previous_stated_at,
    previous.obs_value AS previous_value,
    previous.observation_id AS previous_observation_id,
    actual_period,
    actual_value,
    actual_bound,
    actual_status,
    actual_id AS actual_observation_id,
    CASE WHEN measure = 'level' AND behaviour IN ('stock', 'flow') AND obs_value > 0
        THEN round(actual_value::DOUBLE / obs_value::DOUBLE, 4) END AS share_reached,
    obs_value - actual_value AS gap,
    round(date_diff('month', actual_ends, target_ends) / 12.0, 1) AS years_left,
    CASE
        WHEN is_movement AND actual_period IS DISTINCT FROM time_period THEN NULL
        WHEN actual_ends < target_ends AND NOT coalesce(
            measure = 'level' AND behaviour = 'stock' AND bound = 'at_least' AND actual_value >= obs_value, false
        ) THEN NULL
        WHEN bound = 'at_least' AND lowest >= size AND actual_bound <> 'at_most' THEN true
        WHEN bound = 'at_least' AND highest < size AND actual_bound <> 'at_least' THEN false
        WHEN bound = 'at_most' AND highest <= size AND actual_bound <> 'at_least' THEN true
        WHEN bound = 'at_most' AND lowest > size AND actual_bound <> 'at_most' THEN false
    END AS reached
FROM sized;
