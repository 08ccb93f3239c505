-- Two statements about the same thing contradict each other; quality.conflicts has them with all others that differ.
SELECT
    checked.name AS check_name, conflicts.ref_area, conflicts.time_period,
    [conflicts.observation_id, conflicts.other_observation_id] AS observation_ids,
    conflicts.difference AS deviation,
    format('{} of {} is {}, but another statement says {}', indicator_name, ref_area_name,
           in_words(obs_value::DOUBLE, unit_measure), in_words(other_obs_value::DOUBLE, other_unit_measure)) AS reason
FROM checked_parts AS checked
JOIN quality.conflicts ON checked.part IN ('*', conflicts.indicator)
WHERE checked.kind = 'agreement' AND conflicts.verdict = 'contradiction'
