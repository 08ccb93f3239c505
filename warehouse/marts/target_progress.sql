-- Each statement of a target beside the latest actual value of the same place, indicator, breakdown, measure and base
-- unit. A target that is stated in several documents has a row for each, so that one sees what was said when. Actual
-- values of a flow count only when they cover a period as long as the target's (a year beside a year); a stock or a rate
-- counts at any date.
--
-- ref_area: GB/T 2260 code of the place.
-- ref_area_name: Its official full name.
-- indicator: Code in indicators; NULL where the registry has none.
-- indicator_name: Standard Chinese name, or the words of the text.
-- breakdown: JSON object, which part the number is for; {} for the whole.
-- measure: level, growth, change, share, multiple or ratio.
-- target_period: The deadline, or the period that the target is for.
-- target_value: The target in the base unit; the lower end of a range.
-- target_bound: exact, approx, at_least, at_most or range.
-- unit_measure: Base unit of target and actual value.
-- target_stated_at: When the document that states the target was published.
-- target_observation_id: The observation that states it.
-- target_doc_id: Its document.
-- actual_period: Period of the latest actual value; NULL when there is none.
-- actual_value: That value in the base unit.
-- actual_bound: Its bound.
-- actual_status: Its SDMX observation status; Q is suspect.
-- actual_observation_id: The observation that it comes from.
-- share_reached: actual_value / target_value; NULL for a target of zero or less. For an indicator that should fall
--   (a ratio, energy use) more than 1 is not success: look at the target.
-- gap: target_value - actual_value, in the base unit.
-- years_left: Years from the end of the actual value's period to the end of the target's; negative when the actual is later.
-- reached: Whether a target with a direction is met (at_least, at_most); NULL when its direction is not stated or
--   there is no actual value.
CREATE VIEW marts.target_progress AS
WITH targets AS (
    SELECT
        observations.*,
        published_at,
        behaviour,
        split_part(time_period, '/', -1) AS last_part
    FROM main.observations
    JOIN (SELECT doc_id, published_at FROM main.documents) AS documents USING (doc_id)
    LEFT JOIN (SELECT code, behaviour FROM main.indicators) AS indicators ON code = indicator
    WHERE nature = 'target' AND ref_area IS NOT NULL
),
actuals AS (
    SELECT *, split_part(time_period, '/', -1) AS last_part FROM marts.indicator_series WHERE nature = 'actual'
),
-- The last day of a period: of the year, of the month, or the day itself.
last_days AS (
    SELECT last_part, CASE length(last_part)
        WHEN 4 THEN make_date(last_part::INTEGER, 12, 31)
        WHEN 7 THEN last_day((last_part || '-01')::DATE)
        ELSE try_cast(last_part AS DATE) END AS ends
    FROM (SELECT last_part FROM targets UNION SELECT last_part FROM actuals)
),
dated_targets AS (SELECT * FROM targets LEFT JOIN last_days USING (last_part)),
dated_actuals AS (SELECT * FROM actuals LEFT JOIN last_days USING (last_part)),
paired AS (
    SELECT
        target.*,
        actual.time_period AS actual_period,
        actual.obs_value AS actual_value,
        actual.bound AS actual_bound,
        actual.obs_status AS actual_status,
        actual.observation_id AS actual_observation_id,
        actual.ends AS actual_ends
    FROM dated_targets AS target
    LEFT JOIN dated_actuals AS actual
        ON actual.ref_area = target.ref_area
        AND actual.indicator IS NOT DISTINCT FROM target.indicator
        AND actual.indicator_name = target.indicator_name
        AND actual.breakdown = target.breakdown
        AND actual.measure = target.measure
        AND actual.unit_measure = target.unit_measure
        AND (target.behaviour IN ('stock', 'rate', 'ratio', 'index')
            OR target.time_period IS NULL
            OR length(actual.time_period) = length(target.time_period))
    QUALIFY row_number() OVER (
        PARTITION BY target.observation_id
        ORDER BY actual.ends DESC NULLS LAST, length(actual.time_period), actual.observation_id
    ) = 1
)
SELECT
    ref_area, ref_area_name, indicator, indicator_name, breakdown, measure,
    time_period AS target_period,
    obs_value AS target_value,
    bound AS target_bound,
    unit_measure,
    published_at AS target_stated_at,
    observation_id AS target_observation_id,
    doc_id AS target_doc_id,
    actual_period, actual_value, actual_bound, actual_status, actual_observation_id,
    CASE WHEN obs_value > 0 THEN round(actual_value::DOUBLE / obs_value::DOUBLE, 4) END AS share_reached,
    obs_value - actual_value AS gap,
    round(date_diff('month', actual_ends, ends) / 12.0, 1) AS years_left,
    CASE bound WHEN 'at_least' THEN actual_value >= obs_value WHEN 'at_most' THEN actual_value <= obs_value END AS reached
FROM paired;
