"""Five questions to the warehouse, as a marimo notebook.

.venv/bin/marimo edit docs/notebooks/five_questions.py   opens it in the browser, after `make setup-dev` and `make run`
.venv/bin/python docs/notebooks/five_questions.py        runs it from top to bottom
"""

import marimo

app = marimo.App(app_title="xianzhi: five questions")


@app.cell
def _():
    import duckdb
    import marimo as mo

    from pipelines.settings import Settings

    warehouse = duckdb.connect(Settings.from_environment().warehouse_path, read_only=True)
    mo.md(
        """
        # Five questions to the warehouse

        Each answer has the words that it stands on, or the id that `xianzhi explain` takes. What is suspect, bounded or
        only aimed at is left out where it would mislead.
        """
    )
    return mo, warehouse


@app.cell
def _(mo, warehouse):
    products = warehouse.sql("""
        SELECT s.ref_area_name AS place, s.time_period AS year, s.obs_value / 1e8 AS product, s.n_sources AS sources,
               o.quote
        FROM marts.indicator_series AS s JOIN observations AS o USING (observation_id)
        WHERE s.indicator = 'GDP' AND s.measure = 'level' AND s.breakdown = '{}' AND s.bound = 'exact'
          AND s.obs_status != 'Q' AND length(s.time_period) = 4
        QUALIFY row_number() OVER (PARTITION BY s.ref_area ORDER BY s.time_period DESC) = 1
        ORDER BY product DESC
    """).pl()
    mo.vstack([mo.md("## 1. How large is each economy, in 亿元, in the latest year that is told?"), products])
    return (products,)


@app.cell
def _(mo, warehouse):
    targets = warehouse.sql("""
        SELECT ref_area_name AS place, indicator_name AS indicator, target_period AS due, target_value AS target,
               actual_value AS actual, actual_period AS as_of, round(100 * share_reached, 1) AS percent_reached,
               years_left, target_quote
        FROM marts.target_progress
        WHERE share_reached IS NOT NULL
        ORDER BY percent_reached, place, indicator
    """).pl()
    mo.vstack([mo.md("## 2. How far are the targets, and how long is there to go?"), targets])
    return (targets,)


@app.cell
def _(mo, warehouse):
    growth = warehouse.sql("""
        WITH growth AS (
            SELECT indicator_name, breakdown, obs_value, observation_id
            FROM marts.indicator_series
            WHERE ref_area_name = '泉州市' AND time_period = '2025-01/2025-06' AND measure = 'growth'
              AND bound = 'exact' AND obs_status != 'Q'
        )
        SELECT indicator_name AS indicator, breakdown AS part, obs_value AS percent,
               obs_value - (
                   SELECT obs_value FROM growth WHERE indicator_name = '地区生产总值' AND breakdown = '{}'
               ) AS points_above_product,
               observation_id
        FROM growth
        ORDER BY percent DESC, indicator
    """).pl()
    mo.vstack([mo.md("## 3. What grew faster than the product of 泉州 in the first half of 2025?"), growth])
    return (growth,)


@app.cell
def _(mo, warehouse):
    ranked = warehouse.sql("""
        SELECT entity_name AS place, count(DISTINCT list_name) AS lists, min(rank) AS best_rank,
               max(streak_years) AS longest_streak, arg_min(quote, rank) AS words
        FROM rankings
        WHERE nature = 'actual'
        GROUP BY entity_name
        HAVING lists > 1
        ORDER BY lists DESC, best_rank, place
    """).pl()
    mo.vstack([mo.md("## 4. Which places stand on several lists?"), ranked])
    return (ranked,)


@app.cell
def _(mo, warehouse):
    trust = warehouse.sql("""
        SELECT d.file_name AS document, count(*) AS numbers,
               round(100 * avg((o.obs_status = 'Q')::INTEGER), 1) AS percent_suspect,
               round(100 * avg((o.period_basis IN ('inferred', 'unknown'))::INTEGER), 1) AS percent_period_weak,
               (
                   SELECT count(*) FROM number_ledger AS l
                   WHERE l.doc_id = d.doc_id AND l.disposition = 'unassigned'
               ) AS not_understood
        FROM documents AS d JOIN observations AS o USING (doc_id)
        GROUP BY d.doc_id, d.file_name
        ORDER BY percent_suspect DESC, percent_period_weak DESC, document
    """).pl()
    mo.vstack([mo.md("## 5. Which documents ask for care?"), trust])
    return (trust,)


if __name__ == "__main__":
    app.run()
