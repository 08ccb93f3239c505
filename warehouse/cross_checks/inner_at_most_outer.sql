-- A place is larger than the one that it belongs to, in what adds up over places.
WITH RECURSIVE inside AS (
    SELECT code AS inner_code, parent_code AS outer_code FROM main.places
    WHERE code IN (SELECT ref_area FROM best_levels)
    UNION ALL
    SELECT inside.inner_code, places.parent_code
    FROM inside JOIN main.places ON places.code = inside.outer_code
    WHERE places.parent_code IS NOT NULL
)
SELECT
    checked.name AS check_name, part.ref_area, part.time_period,
    [part.observation_id, whole.observation_id] AS observation_ids,
    part.amount / whole.amount - 1 AS deviation,
    format('{} of {} is {}, more than that of {} with {}', part.indicator_name, part.ref_area_name,
           in_words(part.amount, part.unit_measure), whole.ref_area_name, in_words(whole.amount, whole.unit_measure)) AS reason
FROM checked_parts AS checked
JOIN best_levels AS part ON part.indicator = checked.part
JOIN inside ON inside.inner_code = part.ref_area
JOIN best_levels AS whole ON whole.ref_area = inside.outer_code
    AND whole.indicator = part.indicator AND whole.time_period = part.time_period
WHERE checked.kind = 'inner_at_most_outer' AND whole.amount > 0
