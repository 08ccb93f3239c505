-- The parts of one document do not sum up to its whole.
SELECT
    checked.name AS check_name, whole.ref_area, whole.time_period,
    [whole.observation_id] || list(part.observation_id ORDER BY checked.position) AS observation_ids,
    abs(sum(part.amount) - whole.amount) / whole.amount AS deviation,
    format('{} of {} is {}, but its parts sum up to {}', whole.indicator_name, whole.ref_area_name,
           in_words(whole.amount, whole.unit_measure), in_words(sum(part.amount), whole.unit_measure)) AS reason
FROM checked_parts AS checked
JOIN levels AS whole ON whole.indicator = checked.whole
JOIN levels AS part ON part.indicator = checked.part AND part.doc_id = whole.doc_id
    AND part.ref_area = whole.ref_area AND part.time_period = whole.time_period
WHERE checked.kind = 'sum_of_parts' AND whole.amount > 0
GROUP BY
    checked.name, whole.ref_area, whole.ref_area_name, whole.time_period, whole.observation_id, whole.indicator_name,
    whole.amount, whole.unit_measure
HAVING count(*) = any_value(checked.n_parts)
