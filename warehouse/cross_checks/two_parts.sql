-- What two numbers give together is not what is stated: their product, their quotient, or that as a percentage.
WITH pairs AS (
    SELECT
        checked.name, checked.kind, stated.ref_area, stated.ref_area_name, stated.time_period, stated.indicator_name,
        stated.unit_measure,
        stated.amount AS stated_amount,
        [stated.observation_id, one.observation_id, other.observation_id] AS observation_ids,
        CASE checked.kind
            WHEN 'product' THEN one.amount * other.amount
            WHEN 'quotient' THEN one.amount / nullif(other.amount, 0)
            ELSE 100 * one.amount / nullif(other.amount, 0)
        END AS expected
    FROM checked_pairs AS checked
    JOIN best_levels AS stated ON stated.indicator = checked.whole
    JOIN best_levels AS one ON one.indicator = checked.first_part
        AND one.ref_area = stated.ref_area AND one.time_period = stated.time_period
    JOIN best_levels AS other ON other.indicator = checked.second_part
        AND other.ref_area = stated.ref_area AND other.time_period = stated.time_period
    WHERE checked.kind IN ('product', 'quotient', 'percentage')
)
SELECT
    name AS check_name, ref_area, time_period, observation_ids,
    greatest(stated_amount / expected, expected / stated_amount) - 1 AS deviation,
    format('{} of {} is {}, but the {} of the other two numbers is {}', indicator_name, ref_area_name,
           in_words(stated_amount, unit_measure), kind, in_words(expected, unit_measure)) AS reason
FROM pairs
WHERE expected > 0 AND stated_amount > 0
