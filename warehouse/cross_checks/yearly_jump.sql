-- A level is many times that of the year before, or a small part of it. Small counts may do so: they are left alone.
SELECT
    checked.name AS check_name, now.ref_area, now.time_period,
    [now.observation_id, before.observation_id] AS observation_ids,
    greatest(now.amount / before.amount, before.amount / now.amount) - 1 AS deviation,
    format('{} of {} is {} after {} in the year before', now.indicator_name, now.ref_area_name,
           in_words(now.amount, now.unit_measure), in_words(before.amount, before.unit_measure)) AS reason
FROM checked_parts AS checked
JOIN best_levels AS now ON checked.part IN ('*', now.indicator)
JOIN best_levels AS before ON before.ref_area = now.ref_area AND before.indicator = now.indicator
    AND before.time_period = (try_cast(now.time_period AS INTEGER) - 1)::VARCHAR
WHERE checked.kind = 'yearly_jump'
    AND now.behaviour IN ('flow', 'stock') AND now.dimension <> 'count' AND now.amount > 0 AND before.amount > 0
