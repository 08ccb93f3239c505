-- The items of each plan as a tree, one row each: ORDER BY doc_id, sort_key gives the plan as it stands in the document. A
-- plan that is printed in several documents has a tree in each.
--
-- item_id: The item, as in plan_items.
-- doc_id: The document that prints the plan.
-- ref_area: GB/T 2260 code of the place that the document is about.
-- plan: Title of the plan.
-- level: goal_year, demonstration, task, action_plan or other.
-- number: Its number as digits; NULL when it has none.
-- title: What it is, in the words of the plan.
-- deadline: Year by which it is to be done; NULL when not told.
-- depth: 1 at the top of the plan, 2 for what stands under it, and so on.
-- path: Titles from the top down to the item, which is the last.
-- path_numbers: Their numbers, '' for none.
-- sort_key: Positions in the document of the items of the path: whatever stands under an item follows it.
-- n_children: Number of items directly under it.
-- parent_id: The item above it; NULL at the top.
-- is_orphan: Whether the item above it is not among the published items, or the way up goes round in a circle: such an
--   item is shown at the top, so that none is lost.
CREATE VIEW marts.plan_tree AS
WITH RECURSIVE items AS (
    SELECT
        item_id, parent_id, title, coalesce(number, '') AS number, raw_start,
        parent_id IS NULL OR parent_id NOT IN (SELECT item_id FROM main.plan_items) AS is_top
    FROM main.plan_items
),
-- From the top down, a level of all plans at a time; nobody comes to what goes round in a circle, or hangs below one.
reached AS (
    SELECT item_id, [title] AS path, [number] AS path_numbers, [raw_start] AS sort_key
    FROM items WHERE is_top
    UNION ALL
    SELECT
        items.item_id, list_append(path, title), list_append(path_numbers, items.number), list_append(sort_key, raw_start)
    FROM reached JOIN items ON items.parent_id = reached.item_id
),
children AS (SELECT parent_id AS item_id, count(*) AS n_children FROM main.plan_items GROUP BY parent_id),
placed AS (
    SELECT
        plan_items.* EXCLUDE (doc_id), documents.doc_id, ref_area,
        coalesce(path, [title]) AS path,
        coalesce(path_numbers, [coalesce(number, '')]) AS path_numbers,
        coalesce(sort_key, [raw_start]) AS sort_key,
        coalesce(n_children, 0) AS n_children
    FROM main.plan_items
    JOIN (SELECT doc_id, ref_area FROM main.documents) AS documents USING (doc_id)
    LEFT JOIN reached USING (item_id)
    LEFT JOIN children USING (item_id)
)
SELECT
    item_id, doc_id, ref_area, plan, level, number, title, deadline, len(path) AS depth, path, path_numbers, sort_key,
    n_children, parent_id, parent_id IS NOT NULL AND len(path) = 1 AS is_orphan
FROM placed;
