-- A part is larger than its whole in the same document.
SELECT
    checked.name AS check_name, whole.ref_area, whole.time_period,
    [whole.observation_id, part.observation_id] AS observation_ids,
    part.amount / whole.amount - 1 AS deviation,
    format('{} of {} is {}, more than {} with {}', part.indicator_name, part.ref_area_name,
           in_words(part.amount, part.unit_measure), whole.indicator_name, in_words(whole.amount, whole.unit_measure)) AS reason
FROM checked_parts AS checked
JOIN levels AS whole ON whole.indicator = checked.whole
JOIN levels AS part ON part.indicator = checked.part AND part.doc_id = whole.doc_id
    AND part.ref_area = whole.ref_area AND part.time_period = whole.time_period
WHERE checked.kind = 'part_at_most_whole' AND whole.amount > 0
