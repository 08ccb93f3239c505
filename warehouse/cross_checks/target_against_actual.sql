-- A target is many times the latest actual level, or a small part of it.
WITH latest AS (
    SELECT *, length(time_period) AS period_length FROM best_levels
    QUALIFY row_number() OVER (
        PARTITION BY ref_area, indicator, length(time_period) ORDER BY time_period DESC, observation_id
    ) = 1
)
SELECT
    checked.name AS check_name, target.ref_area, target.time_period,
    [target.observation_id, actual.observation_id] AS observation_ids,
    greatest(target.amount / actual.amount, actual.amount / target.amount) - 1 AS deviation,
    format('{} of {} has the target {} for {}, but was {} in {}', target.indicator_name, target.ref_area_name,
           in_words(target.amount, target.unit_measure), target.time_period,
           in_words(actual.amount, actual.unit_measure), actual.time_period) AS reason
FROM checked_parts AS checked
JOIN targets AS target ON checked.part IN ('*', target.indicator)
JOIN latest AS actual ON actual.ref_area = target.ref_area AND actual.indicator = target.indicator
    AND actual.period_length = length(target.time_period)
WHERE checked.kind = 'target_against_actual' AND target.amount > 0 AND actual.amount > 0
