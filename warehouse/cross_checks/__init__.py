"""Cross-checks of the loaded observations: what several numbers say together, and where documents disagree.

Belongs here: running the kinds of checks (one SQL file each) over the unfinished file, and marking what they doubt.
Does not belong here: which checks there are, with their tolerances (`schemas/registry/cross_checks.csv`), and rules
about one row by itself (`pipelines/validation/rules.py`).

Every file is one SELECT with the columns of `_FOUND`. It sees the tables of the file and what `prepared.sql` makes of
them. Amounts are compared as floating-point numbers: tolerances are far wider than what that loses.
"""

from pathlib import Path

import duckdb
import polars as pl

from schemas.projections import qualified
from schemas.tables import CHECK_RESULTS, CONFLICTS, FINDINGS
from warehouse.shard_views import DOUBTED

FOLDER = Path(__file__).parent
PREPARED = "prepared.sql"
# Runs first: the check of agreement looks at what it finds.
CONFLICTING = "conflicts.sql"
_FOUND = "check_name, ref_area, time_period, observation_ids, deviation, reason"
_EVERYWHERE = "CREATE TEMP TABLE checked_areas AS SELECT code FROM main.places"
# A check holds numbers of one place against each other, or those of a place against those of one that it belongs to. So
# whatever concerns a touched place concerns no other than those inside of it and around it; all that is said of these
# alone is found again, the rest stays.
_AROUND_TOUCHED = """
    CREATE TEMP TABLE checked_areas AS
    WITH RECURSIVE around AS (
        SELECT ref_area AS code FROM touched_areas
        UNION
        SELECT parent_code FROM around JOIN main.places USING (code) WHERE parent_code IS NOT NULL
    ),
    inside AS (
        SELECT ref_area AS code FROM touched_areas
        UNION
        SELECT places.code FROM inside JOIN main.places ON places.parent_code = inside.code
    )
    FROM around UNION FROM inside;
    DELETE FROM quality.conflicts WHERE ref_area IN (SELECT code FROM checked_areas);
    DELETE FROM quality.findings WHERE finding_id NOT IN (
        SELECT finding_id
        FROM (SELECT finding_id, unnest(observation_ids) AS observation_id FROM quality.findings)
        JOIN main.observations USING (observation_id)
        WHERE observations.ref_area NOT IN (SELECT code FROM checked_areas WHERE code IS NOT NULL)
    )
"""
_MARK_TABLE = """
    UPDATE main.observations
    SET obs_status = 'Q', doubts = concat_ws('|', observations.doubts, doubted.doubts)
    FROM doubted
    WHERE doubted.observation_id = observations.observation_id
"""
_MARK_VIEW = f"""
    INSERT INTO {DOUBTED}
    SELECT observation_id, 'Q', concat_ws('|', observations.doubts, doubted.doubts)
    FROM main.observations JOIN doubted USING (observation_id)
"""


def cross_check(connection: duckdb.DuckDBPyConnection, everywhere: bool = True, viewed: bool = False) -> pl.DataFrame:
    """Fill `quality.conflicts` and `quality.findings`, and mark the observations that a check doubts.

    Args:
        connection: A connection whose default database is the unfinished file, with its tables loaded.
        everywhere: False when the file has the conflicts and findings of the build before, and something else is told
            only of the places in the temporary table `touched_areas`.
        viewed: Whether the observations are a view over shards.

    Returns:
        A row of `quality.check_results` for each cross-check.
    """
    connection.execute(_EVERYWHERE if everywhere else _AROUND_TOUCHED)
    connection.execute(_statement(PREPARED))
    conflicts = ", ".join(CONFLICTS.column_names)
    connection.execute(
        f"INSERT INTO {qualified(CONFLICTS)} ({conflicts}) SELECT {conflicts} FROM ({_statement(CONFLICTING)}) "
        "ORDER BY observation_id, other_observation_id"
    )
    kinds = [path.name for path in sorted(FOLDER.glob("*.sql")) if path.name not in (PREPARED, CONFLICTING)]
    found = " UNION ALL ".join(f"SELECT {_FOUND} FROM ({_statement(name)})" for name in kinds)
    names = ", ".join(FINDINGS.column_names)
    connection.execute(
        f"""
        INSERT INTO {qualified(FINDINGS)} ({names})
        SELECT
            sha256(concat_ws('|', check_name, array_to_string(observation_ids, '|')))[1:16] AS finding_id,
            check_name,
            CASE WHEN found.deviation > doubt_above THEN 'doubt' ELSE 'note' END AS effect,
            ref_area, time_period, observation_ids,
            least(found.deviation, 1e12)::DECIMAL(38,6) AS deviation,
            reason
        FROM ({found}) AS found
        JOIN main.cross_checks ON cross_checks.name = check_name
        WHERE found.deviation > note_above AND isfinite(found.deviation)
        ORDER BY check_name, finding_id
        """
    )
    _doubt(connection)
    connection.execute(_MARK_VIEW if viewed else _MARK_TABLE)
    return _results(connection)


def _statement(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").strip().rstrip(";")


def _doubt(connection: duckdb.DuckDBPyConnection) -> None:
    """Find what a check doubts, and every other row that states the same in the same document."""
    connection.execute(
        """
        CREATE TEMP TABLE doubted AS
        WITH named AS (
            SELECT unnest(observation_ids) AS observation_id, check_name
            FROM quality.findings WHERE effect = 'doubt'
        )
        SELECT same.observation_id, string_agg(DISTINCT check_name, '|' ORDER BY check_name) AS doubts
        FROM named
        JOIN main.observations AS one USING (observation_id)
        JOIN main.observations AS same ON same.doc_id = one.doc_id AND same.ref_area = one.ref_area
            AND same.indicator = one.indicator AND same.breakdown = one.breakdown AND same.measure = one.measure
            AND same.nature = one.nature AND same.obs_value = one.obs_value
            AND same.time_period IS NOT DISTINCT FROM one.time_period
        -- What a person has accepted is not doubted again.
        WHERE NOT EXISTS (
            FROM quality.corrections
            WHERE action = 'accept' AND list_contains(string_split(same.correction, '|'), correction_id)
        )
        GROUP BY same.observation_id
        """
    )


def _results(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    rows = connection.execute(
        """
        SELECT
            'observations', 'cross:' || name, 'warn', count(finding_id) = 0,
            (SELECT count(*) FROM main.observations), count(finding_id), description
        FROM main.cross_checks LEFT JOIN quality.findings ON check_name = name AND effect = 'doubt'
        GROUP BY name, description ORDER BY name
        """
    ).fetchall()
    return pl.DataFrame(rows, schema=CHECK_RESULTS.polars_schema(), orient="row")
