-- The best actual value of each place, indicator, breakdown, measure and period, one row each; targets are in
-- marts.target_progress. “Best” is, in this order: not suspect, a period that is stated rather than inferred, an exact
-- number, a normal rather than a provisional or estimated one, the page's own text rather than a snippet of another page, the latest publication.
-- Parts of a year and whole years are different periods here: filter on time_period before drawing a line.
--
-- ref_area: GB/T 2260 code of the place.
-- ref_area_name: Its official full name.
-- indicator: Code in indicators; NULL where the registry has none, then indicator_name is the key.
-- indicator_name: Standard Chinese name, or the words of the text.
-- breakdown: JSON object, which part the number is for; {} for the whole.
-- measure: level, growth, change, share, multiple or ratio.
-- time_period: ISO 8601 period, years inclusive.
-- obs_value: The best value in the base unit; the lower end of a range.
-- obs_value_high: Upper end of a range, NULL otherwise.
-- unit_measure: Base unit of obs_value.
-- value: The best value as written.
-- unit: Its unit as written.
-- bound: exact, approx, at_least, at_most or range; only exact is the number itself.
-- nature: actual or estimate.
-- obs_status: SDMX observation status of the best value; Q is suspect.
-- period_basis: How its period is known.
-- observation_id: The observation that it comes from.
-- doc_id: The document of that observation.
-- published_at: When that document was published.
-- n_values: How many different statements there are (value, unit and bound); more than one is worth a look.
-- n_sources: In how many documents.
-- alternatives: The other statements, best first, each with value, bound, number of documents and one observation;
--   an empty list when all agree.
CREATE VIEW marts.indicator_series AS
WITH candidates AS (
    SELECT
        observations.*,
        published_at,
        row_number() OVER (
            PARTITION BY ref_area, indicator, indicator_name, breakdown, measure, time_period
            ORDER BY
                obs_status = 'Q',
                list_position(['explicit', 'relative', 'context', 'inferred'], period_basis),
                list_position(['exact', 'approx', 'range', 'at_least', 'at_most'], bound),
                list_position(['A', 'P', 'E', 'F', 'Q'], obs_status),
                list_position(['body', 'related'], section),
                published_at DESC NULLS LAST,
                observation_id
        ) AS preference
    FROM main.observations
    JOIN (SELECT doc_id, published_at FROM main.documents) AS documents USING (doc_id)
    WHERE nature <> 'target' AND ref_area IS NOT NULL AND time_period IS NOT NULL
),
-- One row for each different statement: the same number in ten documents is one statement with ten sources.
statements AS (
    SELECT
        ref_area, indicator, indicator_name, breakdown, measure, time_period,
        obs_value, obs_value_high, unit_measure, bound,
        min(preference) AS preference,
        arg_min(observation_id, preference) AS observation_id,
        list(DISTINCT doc_id) AS doc_ids
    FROM candidates
    GROUP BY ALL
),
grouped AS (
    SELECT
        ref_area, indicator, indicator_name, breakdown, measure, time_period,
        count(*) AS n_values,
        len(list_distinct(flatten(list(doc_ids)))) AS n_sources,
        coalesce(
            list({
                'obs_value': obs_value, 'obs_value_high': obs_value_high, 'unit_measure': unit_measure,
                'bound': bound, 'n_sources': len(doc_ids), 'observation_id': observation_id
            } ORDER BY preference) FILTER (preference > 1),
            []
        ) AS alternatives
    FROM statements
    GROUP BY ALL
)
SELECT
    best.ref_area, best.ref_area_name, best.indicator, best.indicator_name, best.breakdown, best.measure,
    best.time_period, best.obs_value, best.obs_value_high, best.unit_measure, best.value, best.unit, best.bound,
    best.nature, best.obs_status, best.period_basis, best.observation_id, best.doc_id, best.published_at,
    grouped.n_values, grouped.n_sources, grouped.alternatives
FROM candidates AS best
JOIN grouped
    ON grouped.ref_area = best.ref_area
    AND grouped.indicator IS NOT DISTINCT FROM best.indicator
    AND grouped.indicator_name = best.indicator_name
    AND grouped.breakdown = best.breakdown
    AND grouped.measure = best.measure
    AND grouped.time_period = best.time_period
WHERE best.preference = 1;
