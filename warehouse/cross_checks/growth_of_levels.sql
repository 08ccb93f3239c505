-- A growth that is told is far from the growth between the levels of the two years.
WITH growths AS (
    SELECT *, row_number() OVER (
        PARTITION BY ref_area, indicator, time_period ORDER BY preference, observation_id
    ) AS place_in_line
    FROM comparable
    WHERE measure = 'growth' AND unit_measure = 'PERCENT'
)
SELECT
    checked.name AS check_name, growth.ref_area, growth.time_period,
    [growth.observation_id, this_year.observation_id, last_year.observation_id] AS observation_ids,
    abs(growth.amount - 100 * (this_year.amount / last_year.amount - 1)) AS deviation,
    format('{} of {} is told to grow by {:.6g}%, but from {} to {} it grows by {:.1f}%', growth.indicator_name,
           growth.ref_area_name, growth.amount, in_words(last_year.amount, last_year.unit_measure),
           in_words(this_year.amount, this_year.unit_measure), 100 * (this_year.amount / last_year.amount - 1)) AS reason
FROM checked_parts AS checked
JOIN growths AS growth ON growth.indicator = checked.part AND growth.place_in_line = 1
JOIN best_levels AS this_year ON this_year.ref_area = growth.ref_area
    AND this_year.indicator = growth.indicator AND this_year.time_period = growth.time_period
JOIN best_levels AS last_year ON last_year.ref_area = growth.ref_area
    AND last_year.indicator = growth.indicator
    AND last_year.time_period = (try_cast(growth.time_period AS INTEGER) - 1)::VARCHAR
WHERE checked.kind = 'growth_of_levels' AND last_year.amount > 0
