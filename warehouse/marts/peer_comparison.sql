-- The best value of each place (that of marts.indicator_series) beside those of the places at the same administrative
-- level, for the same indicator, breakdown, measure, base unit and period. Only what can be compared is here: actual values
-- of indicators of the registry (“projects” are not the same in two texts) that are not suspect, exact or approximate. Where
-- the best value of a place is none of these, the place is left out. The peers are the places that documents tell of and
-- not all that there are: look at n_peers before quoting a rank. A table that every build makes anew.
--
-- ref_area: GB/T 2260 code of the place.
-- ref_area_name: Its official full name.
-- level: Its level in the administrative division; peers are of the same.
-- indicator: Code in indicators.
-- indicator_name: Standard Chinese name.
-- breakdown: JSON object, which part the number is for; {} for the whole.
-- measure: level, growth, change, share, multiple or ratio.
-- time_period: ISO 8601 period, years inclusive.
-- unit_measure: Base unit of obs_value.
-- obs_value: The value of the place in the base unit.
-- bound: exact or approx; a rank by an approx value can be off.
-- obs_status: SDMX observation status: A normal, P provisional.
-- observation_id: The observation that the value comes from.
-- rank: Rank of the value from the highest, 1 is first; equal values share a rank. For an indicator that should fall, the
--   last is the best.
-- n_peers: Number of places that are compared, this one included.
-- n_approx: How many of their values are approx.
-- peer_median: Median of their values.
-- ratio_to_median: obs_value / peer_median, only for a level and a median above zero.
-- A table: to rank what one place tells, a view would look for the best values of all its peers with every question.
CREATE TABLE marts.peer_comparison AS
WITH best_values AS (
    SELECT
        ref_area, min(ref_area_name) AS ref_area_name, indicator, indicator_name, breakdown, measure, time_period,
        min_by({
            'unit_measure': unit_measure, 'obs_value': obs_value, 'bound': bound,
            'nature': nature, 'obs_status': obs_status, 'observation_id': observation_id
        }, preference || ' ' || observation_id) AS best
    FROM marts.candidate_values
    WHERE indicator IS NOT NULL
    GROUP BY ref_area, indicator, indicator_name, breakdown, measure, time_period
),
comparable AS (
    SELECT * EXCLUDE (best, code), unnest(best)
    FROM best_values
    JOIN (SELECT code, level FROM main.places) AS places ON code = ref_area
    WHERE best.nature = 'actual' AND best.obs_status <> 'Q' AND best.bound IN ('exact', 'approx')
)
SELECT
    ref_area, ref_area_name, level, indicator, indicator_name, breakdown, measure, time_period, unit_measure, obs_value,
    bound, obs_status, observation_id,
    rank() OVER peers AS rank,
    count(*) OVER peers AS n_peers,
    count(*) FILTER (bound = 'approx') OVER peers AS n_approx,
    median(obs_value) OVER peers AS peer_median,
    CASE WHEN measure = 'level' AND peer_median > 0
        THEN round(obs_value::DOUBLE / peer_median::DOUBLE, 4) END AS ratio_to_median
FROM comparable
-- One order for rank and totals, so that it is sorted once.
WINDOW peers AS (
    PARTITION BY level, indicator, indicator_name, breakdown, measure, time_period, unit_measure
    ORDER BY obs_value DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
);
