-- Every actual value and estimate that has a place and a period, with its order of preference among all that is said of
-- the same place, indicator, breakdown, measure and period. marts.indicator_series shows the first of each; here are all
-- of them, to see why one was chosen.
--
-- observation_id: The observation.
-- doc_id: Its document.
-- origin_id: The document that it is a copy of, or itself.
-- published_at: When that document was published.
-- section: body or related (a snippet of another page).
-- ref_area: GB/T 2260 code of the place.
-- ref_area_name: Its official full name.
-- indicator: Code in indicators; NULL where the registry has none.
-- indicator_name: Standard Chinese name, or the words of the text.
-- breakdown: JSON object, which part the number is for; {} for the whole.
-- measure: level, growth, change, share, multiple or ratio.
-- time_period: ISO 8601 period, years inclusive.
-- value: The value as written.
-- unit: Its unit as written.
-- obs_value: The value in the base unit; the lower end of a range.
-- obs_value_high: Upper end of a range, NULL otherwise.
-- unit_measure: Base unit of obs_value.
-- bound: exact, approx, at_least, at_most or range.
-- nature: actual or estimate.
-- period_basis: How its period is known.
-- obs_status: SDMX observation status; Q is suspect.
-- preference: Sort key, the smallest is the best: not suspect, then a stated period, an exact number, a normal status, the
--   page's own text, the latest publication. Of two that are equal, the smaller observation_id is taken.
-- wording: The sentence without white space: the same wording in two documents is one source, copied. doc_id where there
--   is no sentence.
CREATE VIEW marts.candidate_values AS
SELECT
    observation_id, doc_id, origin_id, published_at, section, ref_area, ref_area_name, indicator, indicator_name, breakdown, measure,
    time_period, value, unit, obs_value, obs_value_high, unit_measure, bound, nature, period_basis, obs_status,
    -- One digit for each criterion, the more important first, then the age of the publication in seconds.
    (
        ((obs_status = 'Q')::BIGINT + 1) * 10000
        + coalesce(list_position(['explicit', 'relative', 'context', 'inferred'], period_basis), 9) * 1000
        + coalesce(list_position(['exact', 'approx', 'range', 'at_least', 'at_most'], bound), 9) * 100
        + coalesce(list_position(['A', 'P', 'E', 'F', 'Q'], obs_status), 9) * 10
        + coalesce(list_position(['body', 'related'], section), 9)
    ) * 1000000000000
        + coalesce(500000000000 - epoch_ms(published_at) // 1000, 999999999999) AS preference,
    coalesce(regexp_replace(sentence, '\s+', '', 'g'), doc_id) AS wording
FROM main.observations
JOIN (SELECT doc_id, coalesce(copy_of, doc_id) AS origin_id, published_at FROM main.documents) AS documents
    USING (doc_id)
WHERE nature <> 'target' AND ref_area IS NOT NULL AND time_period IS NOT NULL;
