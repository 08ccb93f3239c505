-- What the checks look at, made once: the checks with one row a part, and the observations that can be compared.
CREATE TEMP TABLE checked_parts AS
SELECT name, kind, whole, unnest(parts) AS part, generate_subscripts(parts, 1) AS position, len(parts) AS n_parts
FROM main.cross_checks;

CREATE TEMP VIEW checked_pairs AS
SELECT name, kind, whole, parts[1] AS first_part, parts[2] AS second_part FROM main.cross_checks WHERE len(parts) = 2;

-- Every number with a place that is checked (`checked_areas`) and a period, with how finely it is written and how good it is; lower is better.
CREATE TEMP TABLE stated AS
SELECT
    observation_id, doc_id, ref_area, ref_area_name, indicator, indicator_name, breakdown, measure, nature, time_period,
    obs_value, obs_value_high, observations.unit_measure, bound, obs_value::DOUBLE AS amount, published_at,
    -- What a rule doubts already by itself must not cast a doubt on its neighbours.
    obs_status = 'Q' AS doubted,
    coalesce(factor, 1)::DOUBLE * pow(10, -length(rtrim(split_part(value::VARCHAR, '.', 2), '0'))) AS step,
    10000 * (obs_status = 'Q')::INTEGER
        + 1000 * list_position(['explicit', 'relative', 'context', 'inferred'], period_basis)
        + 100 * list_position(['exact', 'approx', 'range', 'at_least', 'at_most'], bound)
        + 10 * list_position(['A', 'P', 'E', 'F', 'Q'], obs_status)
        + list_position(['body', 'related'], section) AS preference
FROM main.observations
JOIN (SELECT doc_id, published_at FROM main.documents) AS documents USING (doc_id)
LEFT JOIN (SELECT text, factor FROM main.units) AS units ON units.text = unit
WHERE ref_area IN (SELECT code FROM checked_areas) AND time_period IS NOT NULL;

-- Values of whole indicators that are known well enough to be compared.
CREATE TEMP TABLE comparable AS
SELECT stated.*, indicators.behaviour, indicators.dimension, indicators.unit_measure AS indicator_unit_measure
FROM stated
JOIN main.indicators ON indicators.code = stated.indicator
WHERE nature = 'actual' AND breakdown = '{}' AND bound IN ('exact', 'approx') AND NOT doubted;

-- One level for each document, place, indicator and period: sums are held against each other within a document.
CREATE TEMP TABLE levels AS
SELECT * FROM comparable
WHERE measure IN ('level', 'share', 'ratio') AND unit_measure = indicator_unit_measure
QUALIFY row_number() OVER (
    PARTITION BY doc_id, ref_area, indicator, time_period ORDER BY preference, observation_id
) = 1;

-- One level for each place, indicator and period.
CREATE TEMP TABLE best_levels AS
SELECT * FROM levels
QUALIFY row_number() OVER (
    PARTITION BY ref_area, indicator, time_period ORDER BY preference, published_at DESC NULLS LAST, observation_id
) = 1;

CREATE TEMP TABLE targets AS
SELECT stated.*
FROM stated
JOIN main.indicators ON indicators.code = stated.indicator AND indicators.unit_measure = stated.unit_measure
WHERE nature = 'target' AND breakdown = '{}' AND measure IN ('level', 'share', 'ratio') AND NOT doubted
QUALIFY row_number() OVER (
    PARTITION BY doc_id, ref_area, indicator, time_period ORDER BY preference, observation_id
) = 1;

-- 1161000000 and CNY as 11.61亿 CNY, for reasons.
CREATE TEMP MACRO in_words(amount, unit) AS concat(
    CASE
        WHEN abs(amount) >= 1e12 THEN format('{:.6g}万亿', amount / 1e12)
        WHEN abs(amount) >= 1e8 THEN format('{:.6g}亿', amount / 1e8)
        WHEN abs(amount) >= 1e4 THEN format('{:.6g}万', amount / 1e4)
        ELSE format('{:.6g}', amount)
    END, ' ', unit);
