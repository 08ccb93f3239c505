-- The best actual value of each place, indicator, breakdown, measure and period, one row each; targets are in
-- marts.target_progress. “Best” is, in this order: not suspect, a period that is stated rather than inferred, an exact
-- number, a normal rather than a provisional or estimated one, the page's own text rather than a snippet of another page,
-- the latest publication. marts.candidate_values shows all that it was chosen from.
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
-- n_sources: In how many documents, where documents that say a statement in the very same sentence count as one: the
--   others are copies.
-- n_documents: In how many documents, copies included.
-- alternatives: The other statements, best first, each with value, bound, number of sources and one observation;
--   an empty list when all agree.
CREATE VIEW marts.indicator_series AS
-- What is shown of the best observation is carried along with its preference: to look it up at the end would mean to read
-- all observations, whatever a query asks for.
WITH wordings AS (
    SELECT
        ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, time_period,
        obs_value, obs_value_high, unit_measure, bound, wording,
        min(preference || ' ' || observation_id) AS preferred,
        min_by({
            'value': value, 'unit': unit, 'nature': nature, 'obs_status': obs_status, 'period_basis': period_basis,
            'observation_id': observation_id, 'doc_id': doc_id, 'published_at': published_at
        }, preference || ' ' || observation_id) AS shown,
        min(origin_id) AS source,
        list(doc_id) AS doc_ids
    FROM marts.candidate_values
    GROUP BY ALL
),
-- One row for each different statement: the same number in ten documents is one statement with ten sources.
statements AS (
    SELECT
        ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, time_period,
        obs_value, obs_value_high, unit_measure, bound,
        min(preferred) AS preferred,
        min_by(shown, preferred) AS shown,
        list(DISTINCT source) AS sources,
        flatten(list(doc_ids)) AS doc_ids
    FROM wordings
    GROUP BY ALL
),
grouped AS (
    SELECT
        ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, time_period,
        min_by(shown, preferred) AS shown,
        count(*) AS n_values,
        len(list_distinct(flatten(list(sources)))) AS n_sources,
        len(list_distinct(flatten(list(doc_ids)))) AS n_documents,
        list({
            'obs_value': obs_value, 'obs_value_high': obs_value_high, 'unit_measure': unit_measure,
            'bound': bound, 'n_sources': len(sources), 'observation_id': shown.observation_id
        } ORDER BY preferred) AS stated
    FROM statements
    GROUP BY ALL
)
SELECT
    ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, time_period,
    stated[1].obs_value AS obs_value, stated[1].obs_value_high AS obs_value_high,
    stated[1].unit_measure AS unit_measure, shown.value, shown.unit, stated[1].bound AS bound,
    shown.nature, shown.obs_status, shown.period_basis, shown.observation_id, shown.doc_id, shown.published_at,
    n_values, n_sources, n_documents, stated[2:] AS alternatives
FROM grouped;
