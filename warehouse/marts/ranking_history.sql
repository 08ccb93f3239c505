-- Who held which place in a list, one row for each list, entity and edition, with the place in the edition before that is
-- known. Statements without an edition are kept, but have no place before. Targets are left out.
--
-- list_name: Name of the list.
-- entity_name: Full name of who is ranked.
-- entity_code: Its GB/T 2260 code when it is a place.
-- edition: Year of the list; NULL when no document says.
-- rank: The place held, 1 is first; the best stated one when documents differ; NULL when only a group is told.
-- within_top: 100 for “among the first 100”, the narrowest that is told.
-- streak_years: Years in a row that are told, the most.
-- previous_edition: The edition before in which a rank is known; it need not be the year before.
-- previous_rank: The rank in that edition.
-- change: previous_rank - rank: positive is a climb.
-- n_ranks: How many different ranks documents state; more than one is worth a look.
-- n_sources: In how many documents, where copies of one article count as one.
-- publisher: Who makes the list, as far as one document says.
-- doc_ids: The documents.
CREATE VIEW marts.ranking_history AS
WITH editions AS (
    SELECT
        list_name,
        -- Who is ranked, as two keys: a query for one place reaches down to the rankings.
        entity_code,
        CASE WHEN entity_code IS NULL THEN entity_name END AS unlisted,
        edition,
        -- The page's own text counts before snippets of other pages.
        arg_min(entity_name, (section <> 'body', ranking_id)) AS entity_name,
        coalesce(min(rank) FILTER (section = 'body'), min(rank)) AS rank,
        min(within_top) AS within_top,
        max(streak_years) AS streak_years,
        count(DISTINCT rank) AS n_ranks,
        count(DISTINCT origin_id) AS n_sources,
        min(publisher) AS publisher,
        list(DISTINCT doc_id ORDER BY doc_id) AS doc_ids
    FROM main.rankings
    JOIN (SELECT doc_id, coalesce(copy_of, doc_id) AS origin_id FROM main.documents) AS documents USING (doc_id)
    WHERE nature <> 'target'
    GROUP BY list_name, entity_code, unlisted, edition
),
placed AS (
    SELECT *, edition IS NOT NULL AND rank IS NOT NULL AS is_known
    FROM editions
),
followed AS (
    SELECT
        *,
        last_value(CASE WHEN is_known THEN edition END IGNORE NULLS) OVER earlier AS edition_before,
        last_value(CASE WHEN is_known THEN rank END IGNORE NULLS) OVER earlier AS rank_before
    FROM placed
    WINDOW earlier AS (
        PARTITION BY list_name, entity_code, unlisted ORDER BY edition
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT
    list_name, entity_name, entity_code, edition, rank, within_top, streak_years,
    CASE WHEN is_known THEN edition_before END AS previous_edition,
    CASE WHEN is_known THEN rank_before END AS previous_rank,
    CASE WHEN is_known THEN rank_before - rank END AS change,
    n_ranks, n_sources, publisher, doc_ids
FROM followed;
