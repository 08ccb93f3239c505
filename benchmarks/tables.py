"""Tables of a large warehouse, made up from a seed without reading a document, as shards of Parquet.

Belongs here: rows that keep every rule of the published tables and hang together: quotes stand in the texts, figures of
one place grow smoothly, documents mostly agree. Does not belong here: documents (`documents.py`), measuring anything.
"""

from pathlib import Path

import duckdb
import polars as pl

from pipelines.settings import Settings
from pipelines.validation.reference import reference_tables
from schemas.columns import sql_text
from schemas.tables import TABLES
from warehouse.build import GIVEN

OBSERVATIONS_A_DOCUMENT = 24
DOCUMENTS_A_SHARD = Settings().shard_size
FIRST_YEAR = 2010
YEARS = 14

MADE_UP = f"""
CREATE TABLE told AS
SELECT
    sha256('document ' || number) AS doc_id,
    number,
    n,
    (hash(number, 'place') % n)::BIGINT AS place,
    ({FIRST_YEAR} + 2 + hash(number, 'year') % {YEARS - 2})::BIGINT AS year
FROM range({{documents}}) AS numbers(number), (SELECT count(*) AS n FROM counties);

CREATE TABLE facts AS
WITH drawn AS (
    SELECT
        doc_id, year, turn,
        -- One in ten tells of another place.
        CASE WHEN hash(doc_id, turn, 'other') % 10 = 0 THEN (hash(doc_id, turn) % n)::BIGINT ELSE place END AS place,
        (hash(doc_id, turn, 'indicator') % n_figures)::BIGINT AS figure,
        (hash(doc_id, turn, 'kind') % 100)::BIGINT AS kind,
        (hash(doc_id, turn, 'odd') % 100)::BIGINT AS odd
    FROM told, range({OBSERVATIONS_A_DOCUMENT}) AS turns(turn), (SELECT count(*) AS n_figures FROM figures)
),
dated AS (
    SELECT *, kind < 12 AS is_target, kind BETWEEN 12 AND 40 AS is_growth,
        CASE WHEN kind < 12 THEN year + 2 + odd % 4 ELSE year - (odd % 3) // 2 END AS period
    FROM drawn
)
SELECT
    left(sha256(doc_id || ' ' || turn), 16) AS observation_id, doc_id, turn, code, name, indicator, indicator_name,
    is_target, is_growth, period, odd,
    CASE WHEN is_growth THEN '%' ELSE '亿元' END AS unit,
    -- What a figure is depends on place, indicator and year alone; two in a hundred say something else.
    CASE WHEN is_growth THEN 5.0
        ELSE round((1 + hash(code, indicator) % 3000) * pow(1.05, period - {FIRST_YEAR}), (1 + odd % 2)::INTEGER)
            + CASE WHEN odd < 2 THEN 7 ELSE 0 END
    END::DECIMAL(18, 2) AS value,
    period || '年，' || name AS opening,
    indicator_name || CASE WHEN is_growth THEN '增长' ELSE '达到' END || value || unit AS quote
FROM dated JOIN counties USING (place) JOIN figures USING (figure);

CREATE TABLE placed AS
SELECT
    *,
    opening || quote || '。' AS sentence,
    coalesce(sum(length(sentence)) OVER (
        PARTITION BY doc_id ORDER BY turn ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0)::BIGINT + length(opening) AS raw_start
FROM facts;
"""

FACT = """'body' AS section, quote, raw_start, raw_start + length(quote) AS raw_end, sentence,
            'made up' AS rule, 'made up' AS code_version"""
# What a document states beside its figures stands on the words of the first of them.
FIRST = "FROM placed JOIN told USING (doc_id) WHERE turn = 0"
SELECTED = {
    "documents": """
        SELECT doc_id, 'page' || number || '.txt' AS file_name, file_name AS source_path, [file_name] AS paths,
            CASE WHEN number % 30 = 10 THEN sha256('document ' || (number - 10)) END AS copy_of,
            'text/plain' AS media_type, 'utf-8' AS encoding, 2000 AS byte_count, 900 AS char_count,
            name || '情况' AS title,
            make_timestamp(year + 1, 1 + (number % 12)::BIGINT, 1, 0, 0, 0) AS published_at,
            'day' AS published_precision, 'stated' AS published_basis, 'news' AS doc_type, code AS ref_area,
            'current' AS status, TIMESTAMP '2026-01-01' AS ingested_at
        FROM told JOIN counties USING (place)""",
    "document_texts": """
        SELECT doc_id, string_agg(sentence, '' ORDER BY turn) AS raw_text, 'text 1' AS reader
        FROM placed GROUP BY doc_id""",
    "observations": f"""
        SELECT observation_id, doc_id, code AS ref_area, name AS ref_area_name, 'named' AS place_basis, indicator,
            indicator_name, '{{}}' AS breakdown, CASE WHEN is_growth THEN 'growth' ELSE 'level' END AS measure,
            value, unit, CASE WHEN is_growth THEN value ELSE value * 100000000 END AS obs_value,
            CASE WHEN is_growth THEN 'PERCENT' ELSE 'CNY' END AS unit_measure,
            CASE WHEN is_target OR odd BETWEEN 86 AND 90 THEN 'at_least' WHEN odd > 90 THEN 'approx'
                ELSE 'exact' END AS bound,
            CASE WHEN is_target THEN 'target' ELSE 'actual' END AS nature, period::VARCHAR AS time_period,
            CASE WHEN odd < 60 THEN 'explicit' ELSE 'context' END AS period_basis,
            CASE WHEN is_target THEN 'F' ELSE 'A' END AS obs_status, {FACT}
        FROM placed""",
    "number_ledger": """
        SELECT doc_id, placed.raw_start + length(quote) - length(unit) - length(value::VARCHAR) AS raw_start,
            placed.raw_start + length(quote) - length(unit) AS raw_end,
            value::VARCHAR AS text, 'body' AS section, 'observation' AS disposition, observation_id AS fact_id
        FROM placed""",
    "rankings": f"""
        SELECT left(sha256('ranking ' || number), 20) AS ranking_id, doc_id, '第' || number % 40 || '榜' AS list_name,
            year::VARCHAR AS edition, name AS entity_name, code AS entity_code, (1 + number % 100)::INTEGER AS rank,
            'actual' AS nature, {FACT}
        {FIRST}""",
    "person_roles": f"""
        SELECT left(sha256('role ' || number), 16) AS person_role_id, doc_id,
            '吴' || chr((20000 + hash(place, year // 3, number % 2) % 9000)::INTEGER) AS person,
            name || CASE WHEN number % 2 = 0 THEN '委书记' ELSE '人民政府市长' END AS position, code AS ref_area,
            year || '-06-01' AS role_date, 'spoke' AS role_in_event, {FACT}
        {FIRST}""",
    # Five items of a plan in every document: a task, and four under it.
    "plan_items": f"""
        SELECT left(sha256('item ' || number || ' ' || step), 16) AS item_id, doc_id, '规划' AS plan, 'task' AS level,
            step::VARCHAR AS number, '任务' || step AS title,
            CASE WHEN step > 0 THEN left(sha256('item ' || told.number || ' ' || 0), 16) END AS parent_id, {FACT}
        FROM placed JOIN told USING (doc_id) JOIN range(5) AS steps(step) ON turn = step""",
    "events": f"""
        SELECT left(sha256('event ' || number), 16) AS event_id, doc_id, '考察' AS name, year || '-06-01' AS event_date,
            'day' AS date_precision, other.name AS place, other.code AS place_code, 'visit' AS type,
            placed.name AS organiser, {FACT}
        FROM placed JOIN told USING (doc_id)
        JOIN counties AS other ON other.place = (told.place + 1 + number % 20) % n
        WHERE turn = 0""",
}


def tables(folder: Path, observations: int) -> dict[str, list[Path] | pl.DataFrame]:
    """All tables that a build is given, with so many observations.

    Args:
        folder: where the Parquet files are written.
        observations: how many; there is a document for every 24 of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    reference = reference_tables()
    with duckdb.connect() as connection:
        connection.execute(f"SET temp_directory = {sql_text(str(folder))}")
        counties = pl.col("level") == "county", pl.col("valid_to").is_null()
        for name, number, frame in (
            ("counties", "place", reference["places"].filter(*counties).select("code", "name")),
            (
                "figures",
                "figure",
                reference["indicators"].filter(unit_measure="CNY").select(indicator="code", indicator_name="name_zh"),
            ),
        ):
            connection.register("numbered", frame.with_columns(pl.int_range(pl.len()).alias(number)))
            connection.execute(f"CREATE TABLE {name} AS FROM numbered")
        connection.execute(MADE_UP.format(documents=observations // OBSERVATIONS_A_DOCUMENT))
        return {name: reference.get(name, _written(connection, name, folder)) for name in GIVEN}


def _written(connection: duckdb.DuckDBPyConnection, name: str, folder: Path) -> list[Path]:
    """Write the rows of a table as the lake has them, shard by shard; none where nothing is made up for it."""
    if name not in SELECTED:
        return []
    columns = {column.name: column.type.duckdb for column in TABLES[name].columns}
    made = {row[0] for row in connection.execute(f"DESCRIBE {SELECTED[name]}").fetchall()}
    values = ", ".join(
        f'CAST({name if name in made else "NULL"} AS {kind}) AS "{name}"' for name, kind in columns.items()
    )
    connection.execute(
        f"CREATE TABLE made AS SELECT told.number // {DOCUMENTS_A_SHARD} AS shard, made.* "
        f"FROM (SELECT {values} FROM ({SELECTED[name]})) AS made JOIN told USING (doc_id) "
        "ORDER BY shard"
    )
    numbers = [number for (number,) in connection.execute("SELECT DISTINCT shard FROM made ORDER BY 1").fetchall()]
    for number in numbers:
        rows = connection.sql(f"SELECT {', '.join(columns)} FROM made WHERE shard = {number} ORDER BY doc_id").pl()
        rows.cast(dict(TABLES[name].polars_schema())).write_parquet(folder / f"{name}-{number}.parquet")
    connection.execute("DROP TABLE made")
    return [folder / f"{name}-{number}.parquet" for number in numbers]
