"""The main job from the files to the published file, on real parts: a story of three runs on one instance."""

import ast
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest
from rich.console import Console

from pipelines import stages
from pipelines.flow import Flow
from pipelines.launch import run_refresh
from pipelines.recap import print_recap, print_status
from pipelines.run_record import RunRecord
from pipelines.settings import Settings
from schemas.tables import FACT_TABLES
from tests.conftest import write_page

MAX_BYTES = 4000


@dataclass
class Chapter:
    """One run of the story, and what was in the file after it."""

    record: RunRecord
    recap: str
    tables: dict[str, list[dict[str, Any]]]
    inode: int

    def column(self, table: str, column: str, **where: Any) -> list[Any]:
        rows = self.tables[table]
        return [row[column] for row in rows if all(row[name] == value for name, value in where.items())]


KINDS = tuple(table.name for table in FACT_TABLES)
TABLES = ("documents", "document_texts", *KINDS, "number_ledger", "rejected", "check_results")


def look(settings: Settings, record: RunRecord) -> Chapter:
    assert record.success, f"{record.failed_step}: {record.error}"
    tables = {}
    with duckdb.connect(settings.warehouse_path, read_only=True) as connection:
        for name in TABLES:
            schema = "quality." if name in ("rejected", "check_results") else ""
            tables[name] = connection.sql(f"FROM {schema}{name}").pl().to_dicts()
    told = io.StringIO()
    print_recap(Console(file=told, width=200), record, settings)
    return Chapter(record, told.getvalue(), tables, settings.warehouse_path.stat().st_ino)


@dataclass
class Story:
    settings: Settings
    first: Chapter
    idle: Chapter
    changed: Chapter
    reader_saw: tuple[list[str], list[str]]


# Another process that keeps the file open: for every line that it gets it tells which documents it sees.
READER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    print(connection.sql("SELECT list(source_path ORDER BY source_path) FROM documents").fetchall()[0][0], flush=True)
"""


def ask(reader: subprocess.Popen[str]) -> list[str]:
    assert reader.stdin
    assert reader.stdout
    print("look", file=reader.stdin, flush=True)
    return ast.literal_eval(reader.stdout.readline())


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    base = tmp_path_factory.mktemp("story")
    settings = Settings(seeds=base / "seeds", data=base / "data", max_file_bytes=MAX_BYTES)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (os.environ | settings.prepare_dagster_home()).items():
            patch.setenv(name, value)
        seeds = settings.seeds
        write_page(seeds, "kept.txt", product="5140.6")
        write_page(seeds, "edited.txt", place="江阴市", product="4960.5")
        write_page(seeds, "removed.txt", place="太仓市", product="1735.2")
        write_page(seeds, "江苏/renamed.txt", place="常熟市", product="2843.7")
        (seeds / "twice.txt").write_bytes((seeds / "kept.txt").read_bytes())
        (seeds / "empty.txt").write_bytes(b"")
        (seeds / "binary.txt").write_bytes(bytes(range(256)) * 4)
        (seeds / "large.txt").write_text("昆山市" * MAX_BYTES, encoding="utf-8")
        (seeds / "no_facts.txt").write_text(
            "关于召开座谈会的通知\n请各单位按时参加，会议地点另行通知。\n", encoding="utf-8"
        )
        (seeds / "README.md").write_text("# how to", encoding="utf-8")
        first = look(settings, run_refresh(settings))
        idle = look(settings, run_refresh(settings))

        reader = subprocess.Popen(
            [sys.executable, "-c", READER, settings.warehouse_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        before = ask(reader)
        write_page(seeds, "edited.txt", place="江阴市", product="5126.1")
        (seeds / "removed.txt").unlink()
        (seeds / "江苏" / "renamed.txt").rename(seeds / "江苏" / "常熟.txt")
        write_page(seeds, "new.txt", place="张家港市", product="3423.4")
        record = run_refresh(settings)
        after = ask(reader)
        reader.communicate()
        yield Story(settings, first, idle, look(settings, record), (before, after))


def test_documents_go_through_and_bad_ones_do_not_stop_them(story: Story):
    paths = story.first.column("documents", "source_path")
    assert sorted(paths) == ["edited.txt", "kept.txt", "no_facts.txt", "removed.txt", "江苏/renamed.txt"]
    assert all(status == "current" for status in story.first.column("documents", "status"))


@pytest.mark.parametrize("file", ["empty.txt", "binary.txt", "large.txt", "no_facts.txt"])
def test_every_bad_input_has_a_row_that_says_why(file: str, story: Story):
    rows = [row for row in story.first.tables["rejected"] if file in row["record"]]
    assert len(rows) == 1
    assert rows[0]["rule"]
    assert rows[0]["reason"]
    assert rows[0]["doc_id"]


def test_figures_are_published(story: Story):
    products = story.first.column("observations", "obs_value", indicator_name="地区生产总值", measure="level")
    assert sorted(products) == [173520000000, 284370000000, 496050000000, 514060000000]


def test_every_quote_stands_at_its_place(story: Story):
    texts = dict(zip(*(story.first.column("document_texts", name) for name in ("doc_id", "raw_text")), strict=True))
    observations = story.first.tables["observations"]
    assert observations
    for row in observations:
        assert texts[row["doc_id"]][row["raw_start"] : row["raw_end"]] == row["quote"]


def test_same_bytes_at_two_paths_are_one_document(story: Story):
    assert story.first.record.materialized["raw_documents"]["seen"] == 8
    assert story.first.column("documents", "paths", source_path="kept.txt") == [["kept.txt", "twice.txt"]]


def test_a_second_run_with_nothing_new_does_no_stage_work(story: Story):
    materialized = story.idle.record.materialized
    for name in ("raw_documents", "clean_documents", "facts", "documents", "observations", "number_ledger"):
        assert materialized[name]["shards_made"] == 0, name
    assert materialized["warehouse"]["built"] is False
    assert story.idle.inode == story.first.inode
    assert story.idle.tables == story.first.tables


def test_only_what_is_new_is_worked_off(story: Story):
    materialized = story.changed.record.materialized
    for name in ("raw_documents", "clean_documents", "facts", "documents", "observations"):
        assert materialized[name]["documents_worked_off"] == 2, name
    assert materialized["raw_documents"]["changes"] == "1 new, 1 changed, 1 renamed, 1 removed, 6 unchanged"


def test_removed_and_replaced_documents_leave_the_published_tables(story: Story):
    paths = story.changed.column("documents", "source_path", status="current")
    assert sorted(paths) == ["edited.txt", "kept.txt", "new.txt", "no_facts.txt", "江苏/常熟.txt"]
    assert story.changed.column("documents", "source_path", status="superseded") == ["edited.txt"]
    assert story.changed.column("documents", "source_path", status="withdrawn") == ["removed.txt"]
    products = story.changed.column("observations", "obs_value", indicator_name="地区生产总值", measure="level")
    assert sorted(products) == [284370000000, 342340000000, 512610000000, 514060000000]
    current = set(story.changed.column("documents", "doc_id", status="current"))
    for table in ("document_texts", *KINDS, "number_ledger"):
        assert set(story.changed.column(table, "doc_id")) <= current, table


def test_what_left_the_tables_stays_in_the_lake(story: Story):
    lake = Flow(story.settings).lake
    kept = {
        doc for key in lake.keys("raw_documents") for doc in lake.read("raw_documents", key, "raw_documents")["doc_id"]
    }
    assert set(story.first.column("documents", "doc_id")) <= kept


def test_unchanged_documents_keep_their_rows(story: Story):
    (kept,) = story.first.column("documents", "doc_id", source_path="kept.txt")
    for table in ("documents", "observations", "number_ledger"):
        before = [row for row in story.first.tables[table] if row["doc_id"] == kept]
        assert before == [row for row in story.changed.tables[table] if row["doc_id"] == kept], table


def test_a_reader_keeps_the_build_it_opened(story: Story):
    before, after = story.reader_saw
    assert before == after == sorted(story.first.column("documents", "source_path"))
    assert story.changed.inode != story.first.inode


def test_refusals_remember_when_they_were_first_seen(story: Story):
    first = {row["rejection_id"]: row for row in story.first.tables["rejected"]}
    later = {row["rejection_id"]: row for row in story.changed.tables["rejected"]}
    again = first.keys() & later.keys()
    assert again
    for key in again:
        assert later[key]["first_seen"] == first[key]["first_seen"] == first[key]["last_seen"] < later[key]["last_seen"]


def test_runs_and_checks_are_in_the_instance(story: Story):
    with dg.DagsterInstance.from_config(str(story.settings.dagster_home)) as instance:
        runs = instance.get_runs()
        assert [run.status for run in runs] == [dg.DagsterRunStatus.SUCCESS] * 3
        assert {run.job_name for run in runs} == {"refresh"}
        assert all(run.remote_job_origin for run in runs), "without an origin the UI cannot start the run again"
        event = instance.get_latest_materialization_event(dg.AssetKey("observations"))
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.metadata["dagster/row_count"].value == len(story.changed.tables["observations"])


def test_checks_are_told_in_dagster_and_in_the_file(story: Story):
    record = story.first.record
    failed = [check for check in record.checks if not check[3] and check[2] == "ERROR"]
    assert failed == []
    assert {check[0] for check in record.checks} == {
        "documents",
        "document_texts",
        *KINDS,
        "number_ledger",
        "quality/corrections",
        "warehouse",
    }
    assert "quote_is_text" in story.first.column("check_results", "check_name", table_name="observations")
    assert not story.first.column("check_results", "check_name", severity="error", passed=False)


@pytest.mark.slow
def test_building_anew_in_other_shards_and_processes_gives_the_same_rows(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    changes = {"data": tmp_path / "data", "engine": "processes", "workers": 2, "shard_size": 3}
    other = story.settings.model_copy(update=changes)
    for name, value in other.prepare_dagster_home().items():
        monkeypatch.setenv(name, value)
    again = look(other, run_refresh(other))
    for table in (*KINDS, "number_ledger", "document_texts"):
        assert again.tables[table] == story.changed.tables[table], table


def line_of(recap: str, start: str) -> str:
    return next(line for line in recap.splitlines() if line.strip().startswith(start))


def test_recap_tells_what_was_done(story: Story):
    recap = story.first.recap
    assert line_of(recap, "Documents") == "Documents  8 seen in 9 files: 9 new; 3 refused, 1 without facts"
    for file, rule in (("empty.txt", "empty_file"), ("large.txt", "too_large"), ("no_facts.txt", "no_facts")):
        assert line_of(recap, file).startswith(f"  {file}  {rule}: ")
    assert f"{len(story.first.tables['observations'])} observations" in line_of(recap, "Published")
    assert line_of(recap, "Checks").endswith("0 failed")
    assert str(story.settings.warehouse_path) in line_of(recap, "File")
    assert "Nothing new" not in recap


def test_recap_tells_when_nothing_was_done(story: Story):
    assert line_of(story.idle.recap, "Documents").startswith("Documents  8 seen in 9 files: 9 unchanged; 3 refused")
    assert line_of(story.idle.recap, "Nothing new")


def test_the_queries_that_the_recap_proposes_run(story: Story):
    queries = [line.strip() for line in story.changed.recap.splitlines() if line.endswith(";")]
    assert len(queries) == 3
    with duckdb.connect(story.settings.warehouse_path, read_only=True) as connection:
        for query in queries:
            assert connection.sql(query).fetchall(), query


def test_a_failed_run_says_where_and_why(story: Story):
    told = io.StringIO()
    record = RunRecord("run-1", False, failed_step="facts", error="ValueError: [red] words", log="/logs")
    print_recap(Console(file=told, width=200), record, story.settings)
    assert "The run failed in step facts:\nValueError: [red] words\nRun run-1; its messages: /logs" in told.getvalue()


def test_status_tells_what_is_new_and_changes_nothing(story: Story):
    def status() -> str:
        told = io.StringIO()
        print_status(Console(file=told, width=200), story.settings)
        return told.getvalue()

    assert "The published file is up to date." in status()
    added = write_page(story.settings.seeds, "later.txt", product="7")
    try:
        assert "new      later.txt" in status()
        assert "The published file is stale" in status()
    finally:
        added.unlink()
    assert "The published file is up to date." in status()


def test_status_tells_what_is_stale_and_why(story: Story, monkeypatch: pytest.MonkeyPatch):
    """A row of the registry changes: what looks things up there is stale, what only reads files is not."""
    monkeypatch.setattr(stages, "registry_version", lambda: "another")
    stages.forget_versions()
    try:
        told = io.StringIO()
        print_status(Console(file=told, width=200), story.settings)
    finally:
        monkeypatch.undo()
        stages.forget_versions()
    lines = {line.split()[0]: line for line in told.getvalue().splitlines() if line.strip()}
    assert lines["clean_documents"].split()[-1] == "schemas/registry"
    assert lines["observations"].split()[-1] == "schemas/registry"
    assert lines["observations"].split()[1] != "0"
    assert "raw_documents" not in lines
    assert "The published file is stale" in told.getvalue()


def test_status_tells_that_an_earlier_build_was_brought_back(story: Story):
    path = story.settings.warehouse_path
    written = path.stat().st_mtime_ns
    os.utime(path, ns=(written - 10**9, written - 10**9))
    try:
        told = io.StringIO()
        print_status(Console(file=told, width=200), story.settings)
        assert "The published file is an earlier build that was brought back" in told.getvalue()
        assert "up to date." not in told.getvalue()
    finally:
        os.utime(path, ns=(written, written))


def test_the_atlas_of_many_documents_is_left_to_the_command(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(settings.seeds, "a.txt", growth="5.2")
    write_page(settings.seeds, "b.txt", growth="5.3")
    for most, written in ((1, False), (2, True)):
        monkeypatch.setenv("XIANZHI_ATLAS_DOCUMENTS", str(most))
        assert run_refresh(settings.model_copy(update={"atlas_documents": most})).success
        assert (settings.atlas_path / "index.html").is_file() is written
