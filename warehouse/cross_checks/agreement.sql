-- Two statements about the same thing contradict each other, and no rule doubts one of them already; quality.conflicts
-- has them with all others that differ.
SELECT
    checked.name AS check_name, conflicts.ref_area, conflicts.time_period,
    [conflicts.observation_id, conflicts.other_observation_id] AS observation_ids,
    conflicts.difference AS deviation,
    format('{} of {} is {}, but another statement says {}', conflicts.indicator_name, conflicts.ref_area_name,
           in_words(conflicts.obs_value::DOUBLE, conflicts.unit_measure), in_words(other_obs_value::DOUBLE, other_unit_measure)) AS reason
FROM checked_parts AS checked
JOIN quality.conflicts ON checked.part IN ('*', conflicts.indicator)
JOIN stated AS one ON one.observation_id = conflicts.observation_id
JOIN stated AS other ON other.observation_id = conflicts.other_observation_id
WHERE checked.kind = 'agreement' AND conflicts.verdict = 'contradiction' AND NOT one.doubted AND NOT other.doubted
