"""How fast the file is built, and how long its marts take, over two million observations: of tables, and of views.

    python -m benchmarks.warehouse FOLDER [--rows 2000000] [--runs 5]

FOLDER keeps the shards and the two files; where these are already, only the marts are measured. The observations are
made up from a seed: places, indicators and years of the registry, a figure told by up to a dozen documents, some as
targets, some with another value, copies, and vague bounds. So are rankings, person roles and items of plans.

Cold: the first query of a new connection in a new process (the system may still hold the file in memory; what it has to
unpack and plan is measured). Warm: the least of the queries after it. Each query is asked of one file right after the
other, so that both are measured under the same load. Prints one JSON object.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks.machine import facts_of_machine
from pipelines.validation.refusal import REJECTED_SCHEMA
from schemas.tables import CHECK_RESULTS, TABLES
from warehouse.build import build

FORMS = ("tables", "views")

# What a user asks of each view: one place, one indicator of all places, one list, one office. `all` is every row.
QUERIES: dict[str, dict[str, str]] = {
    "candidate_values": {
        "place": "SELECT * FROM marts.candidate_values WHERE ref_area = '320583'",
        "all": "SELECT count(*), max(preference) FROM marts.candidate_values",
    },
    "indicator_series": {
        "place": "SELECT * FROM marts.indicator_series WHERE ref_area = '320583'",
        "figure": """SELECT ref_area_name, obs_value, n_sources FROM marts.indicator_series
                     WHERE indicator = 'GDP' AND measure = 'level' AND time_period = '2023'""",
        "indicator": """SELECT ref_area_name, time_period, obs_value FROM marts.indicator_series
                        WHERE indicator = 'GDP' AND measure = 'level'""",
        "all": "SELECT count(*), sum(n_sources) FROM marts.indicator_series",
    },
    "target_progress": {
        "place": "SELECT * FROM marts.target_progress WHERE ref_area = '320583'",
        "indicator": "SELECT * FROM marts.target_progress WHERE indicator = 'GDP' AND measure = 'level'",
        "all": "SELECT count(*), count(reached) FROM marts.target_progress",
    },
    "peer_comparison": {
        "place": "SELECT * FROM marts.peer_comparison WHERE ref_area = '320583'",
        "figure": """SELECT ref_area_name, obs_value, rank FROM marts.peer_comparison
                     WHERE indicator = 'GDP' AND measure = 'level' AND time_period = '2023' AND level = 'county'""",
        "all": "SELECT count(*), max(rank) FROM marts.peer_comparison",
    },
    "ranking_history": {
        "place": "SELECT * FROM marts.ranking_history WHERE entity_code = '320583'",
        "all": "SELECT count(*), max(rank) FROM marts.ranking_history",
    },
    "officeholders": {
        "place": "SELECT * FROM marts.officeholders WHERE ref_area = '320583'",
        "all": "SELECT count(*), max(last_seen) FROM marts.officeholders",
    },
    "plan_tree": {
        "document": "SELECT * FROM marts.plan_tree WHERE doc_id = '{document}' ORDER BY sort_key",
        "all": "SELECT count(*), max(depth) FROM marts.plan_tree",
    },
    "cooperation_network": {
        "place": "SELECT * FROM marts.cooperation_network WHERE source_code = '320583'",
        "all": "SELECT count(*), max(n_sources) FROM marts.cooperation_network",
    },
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=[*QUERIES], default=[*QUERIES], help="the marts to be asked")
    parser.add_argument("--query", help="one query, asked by a process of its own")
    parser.add_argument("--file", type=Path, help="the file that it is asked of")
    arguments = parser.parse_args()
    if arguments.query:
        print(json.dumps(asked(arguments.file, arguments.query, arguments.runs)))
        return
    targets = {form: arguments.folder / f"{form}_of_{arguments.rows}.duckdb" for form in FORMS}
    missing = {form: target for form, target in targets.items() if not target.exists()}
    built = build_files(arguments.folder / f"shards_of_{arguments.rows}", arguments.rows, missing) if missing else {}
    queries = {
        mart: {
            name: {form: in_a_process(target, query, arguments.runs) for form, target in targets.items()}
            for name, query in QUERIES[mart].items()
        }
        for mart in arguments.only
    }
    print(
        json.dumps(
            {
                "what": "build the file as tables and as views, and ask its marts",
                "observations": arguments.rows,
                "load": round(os.getloadavg()[0], 1),
                "build": built,
                "milliseconds": queries,
                **facts_of_machine(),
            }
        )
    )


def in_a_process(target: Path, query: str, runs: int) -> dict[str, float]:
    """Ask a query in a process that has done nothing before."""
    if "{document}" in query:
        # Who asks for a document knows its id.
        with duckdb.connect(target, read_only=True) as connection:
            known = connection.execute("SELECT min(doc_id) FROM plan_items").fetchone()
        query = query.format(document=known[0] if known else "")
    command = [sys.executable, "-m", "benchmarks.warehouse", str(target.parent), "--query", query]
    command += ["--file", str(target), "--runs", str(runs)]
    told: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return told


def asked(target: Path, query: str, runs: int) -> dict[str, float]:
    """Milliseconds of the first answer, of the fastest after it, and on the processor for that one."""
    times = []
    started = time.perf_counter()
    with duckdb.connect(target, read_only=True) as connection:
        for _ in range(runs + 1):
            used = time.process_time()
            rows = len(connection.execute(query).fetchall())
            times.append((time.perf_counter() - started, time.process_time() - used))
            started = time.perf_counter()
    warm = min(times[1:])
    return {
        "rows": rows,
        "cold": round(times[0][0] * 1000),
        "warm": round(warm[0] * 1000),
        "warm_cpu": round(min(used for _, used in times[1:]) * 1000),
    }


def height(source: list[Path] | pl.DataFrame) -> int:
    """Rows of a table that a build is given."""
    if isinstance(source, pl.DataFrame):
        return source.height
    return pl.scan_parquet(source).select(pl.len()).collect().item() if source else 0


def build_files(shards: Path, rows: int, targets: dict[str, Path]) -> dict[str, Any]:
    """Make the shards, and build files from them; by form."""
    from benchmarks.tables import tables

    given = tables(shards, rows)
    return {form: build_file(given, target, form == "views") for form, target in targets.items()}


def build_file(given: dict[str, list[Path] | pl.DataFrame], target: Path, views: bool) -> dict[str, Any]:
    """Build a file from shards."""
    counted = sum(map(height, given.values()))
    used = time.process_time()
    report = build(
        # The documents are known to the flow as a frame.
        given | {"documents": pl.read_parquet(given["documents"])},
        pl.DataFrame(schema=REJECTED_SCHEMA),
        CHECK_RESULTS.empty(),
        target,
        built_at=datetime.fromisoformat("2026-01-01T00:00:00+00:00"),
        views=views,
    )
    return {
        "rows": counted,
        "seconds": round(report.seconds, 1),
        "cpu_seconds": round(time.process_time() - used, 1),
        "rows_a_second": round(counted / report.seconds),
        "megabytes": round(report.byte_count / 1e6),
        "tables": {name: report.rows[name] for name in TABLES if report.rows.get(name)},
    }


if __name__ == "__main__":
    main()
