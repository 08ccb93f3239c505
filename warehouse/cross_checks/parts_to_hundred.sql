-- The shares of one document do not sum up to a hundred.
SELECT
    checked.name AS check_name, part.ref_area, part.time_period,
    list(part.observation_id ORDER BY checked.position) AS observation_ids,
    abs(sum(part.amount) - 100) AS deviation,
    format('the shares of {} sum up to {:.6g}', any_value(part.ref_area_name), sum(part.amount)) AS reason
FROM checked_parts AS checked
JOIN levels AS part ON part.indicator = checked.part
WHERE checked.kind = 'parts_to_hundred'
GROUP BY checked.name, part.doc_id, part.ref_area, part.time_period
HAVING count(*) = any_value(checked.n_parts)
