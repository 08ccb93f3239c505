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
    SELECT item_id, doc_id, parent_id, title, coalesce(number, '') AS number, raw_start FROM main.plan_items
),
-- Each item with itself and all that stand above it; no plan is as deep as 20, only a circle is.
climb AS (
    SELECT item_id, item_id AS above_id, parent_id, 1 AS step FROM items
    UNION ALL
    SELECT climb.item_id, above.item_id, above.parent_id, step + 1
    FROM climb JOIN items AS above ON above.item_id = climb.parent_id
    WHERE step < 20
),
ways AS (
    SELECT
        plan_items.item_id,
        plan_items.doc_id,
        ref_area,
        plan_items.plan,
        plan_items.level,
        plan_items.number,
        plan_items.title,
        plan_items.deadline,
        plan_items.parent_id,
        plan_items.raw_start,
        max(step) = 20 AS is_circle,
        list(above.title ORDER BY step DESC) AS path,
        list(above.number ORDER BY step DESC) AS path_numbers,
        list(above.raw_start ORDER BY step DESC) AS sort_key
    FROM main.plan_items
    JOIN (SELECT doc_id, ref_area FROM main.documents) AS documents USING (doc_id)
    JOIN climb ON climb.item_id = plan_items.item_id
    JOIN items AS above ON above.item_id = climb.above_id
    GROUP BY ALL
),
children AS (SELECT parent_id AS item_id, count(*) AS n_children FROM main.plan_items GROUP BY parent_id),
placed AS (
    SELECT * REPLACE (
        CASE WHEN is_circle THEN [title] ELSE path END AS path,
        CASE WHEN is_circle THEN [coalesce(number, '')] ELSE path_numbers END AS path_numbers,
        CASE WHEN is_circle THEN [raw_start] ELSE sort_key END AS sort_key
    )
    FROM ways
)
SELECT
    item_id, doc_id, ref_area, plan, level, number, title, deadline, len(path) AS depth, path, path_numbers, sort_key,
    coalesce(n_children, 0) AS n_children, parent_id, parent_id IS NOT NULL AND len(path) = 1 AS is_orphan
FROM placed
LEFT JOIN children USING (item_id);
