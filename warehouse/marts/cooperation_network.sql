-- Who works with whom, one row for each pair, kind and event: the parties of one outcome (an alliance, an agreement), who
-- visited whom, and what was seen on a visit. Events of one name are one event within a year. Only what a document says is
-- an edge: a visit whose visitor is not told has none.
--
-- source: The visitor; of the parties of an outcome, that which comes first in the order of characters. The official full
--   name where the words mean one place only, otherwise the words of the text.
-- source_code: GB/T 2260 code of that place; NULL for what is no place.
-- target: Whom it is connected with; names as in source.
-- target_code: GB/T 2260 code of that place.
-- kind: visit (a place was visited), site_visit (a firm, park or body was seen on a visit), or the type of the outcome:
--   alliance, agreement, mechanism, …
-- directed: Whether source goes to target; false for parties of an outcome, who are equals.
-- event: Name of the event; NULL when the text names none.
-- date: Its date as exactly as one document tells: 2024-09-20, 2024-09, 2024; NULL when none does.
-- outcomes: Names of the outcomes that connect the two; empty for visits.
-- n_sources: In how many documents, where documents that say it in the very same sentence count as one.
-- doc_ids: The documents.
CREATE VIEW marts.cooperation_network AS
WITH events AS (
    SELECT doc_id, name, type, max_by(event_date, length(event_date)) AS event_date, any_value(organiser) AS organiser
    FROM main.events
    GROUP BY doc_id, name, type
),
dates AS (SELECT doc_id, name AS event, max_by(event_date, length(event_date)) AS event_date FROM events GROUP BY ALL),
ties AS (
    -- Each two parties of an outcome, both ways round: which comes first is told by their names in full, below.
    SELECT doc_id, sentence, first AS source, second AS target, type AS kind, false AS directed, event, name AS outcome
    FROM (
        SELECT *, unnest(parties) AS first, unnest(list_transform(parties, lambda party: parties)) AS others
        FROM (SELECT * REPLACE (list_distinct(parties) AS parties) FROM main.outcomes WHERE len(parties) > 1)
    ), LATERAL (SELECT unnest(others) AS second)
    UNION ALL
    -- 赴深圳、东莞考察: several places on one visit.
    SELECT doc_id, sentence, organiser, unnest(regexp_split_to_array(place, '[、，,；;]')), 'visit', true, name, NULL
    FROM main.events
    WHERE type = 'visit' AND organiser IS NOT NULL AND place IS NOT NULL
    UNION ALL
    SELECT doc_id, sentence, organiser, organizations.name, 'site_visit', true, event, NULL
    FROM main.organizations
    JOIN (SELECT doc_id, name AS event, organiser FROM events WHERE organiser IS NOT NULL) AS visits USING (doc_id, event)
    WHERE relation = 'visited'
),
-- Words that mean one place: a full name or a short one, of a county or above.
spoken AS (
    SELECT words, min(code) AS code, min(name) AS name
    FROM (
        SELECT code, name, unnest(list_distinct([name, short_name])) AS words
        FROM main.places
        WHERE level <> 'town' AND valid_to IS NULL
    )
    GROUP BY words
    HAVING count(*) = 1
),
named AS (
    SELECT
        doc_id,
        kind,
        directed,
        event,
        event_date,
        outcome,
        coalesce(sentence, doc_id) AS wording,
        coalesce(one.name, source) AS source,
        one.code AS source_code,
        coalesce(other.name, target) AS target,
        other.code AS target_code
    FROM ties
    LEFT JOIN dates USING (doc_id, event)
    LEFT JOIN spoken AS one ON one.words = source
    LEFT JOIN spoken AS other ON other.words = target
),
wordings AS (
    SELECT
        source, source_code, target, target_code, kind, directed, event, left(event_date, 4) AS year, wording,
        max_by(event_date, length(event_date)) AS event_date,
        list(DISTINCT outcome) FILTER (outcome IS NOT NULL) AS outcomes,
        min(doc_id) AS first_doc_id,
        list(DISTINCT doc_id) AS doc_ids
    FROM named
    WHERE source < target OR directed AND source <> target
    GROUP BY ALL
)
SELECT
    source,
    source_code,
    target,
    target_code,
    kind,
    directed,
    event,
    max_by(event_date, length(event_date)) AS date,
    coalesce(list_sort(list_distinct(flatten(list(outcomes) FILTER (outcomes IS NOT NULL)))), []) AS outcomes,
    count(DISTINCT first_doc_id) AS n_sources,
    list_sort(list_distinct(flatten(list(doc_ids)))) AS doc_ids
FROM wordings
GROUP BY source, source_code, target, target_code, kind, directed, event, year;
