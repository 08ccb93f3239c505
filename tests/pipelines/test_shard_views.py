"""A file of views over the lake's shards shows what one of tables shows, for as long as it is kept."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pytest
import yaml

from pipelines import patch
from pipelines.flow import Flow
from pipelines.publication import publish
from pipelines.retention import prune
from pipelines.settings import Settings
from schemas.tables import FACT_TABLES, OBSERVATIONS, TABLES
from tests.conftest import write_page
from tests.pipelines.builds import assert_same, contents, worked_off
from tests.test_docs import blocks
from warehouse.swap import builds_before, is_whole, restore

VIEWED = ("document_texts", *(table.name for table in FACT_TABLES), "number_ledger")
FIX = {"id": "misprint", "document": "kept.txt", "quote": "5140.6", "action": "fix", "set": {"value": "5140.06"}}
FIX |= {"expect": {"value": "5140.6"}, "reason": "Two decimals.", "by": "tester", "date": "2026-01-31"}
PRODUCT = "SELECT DISTINCT value FROM observations WHERE indicator = 'GDP' AND measure = 'level'"


@dataclass(frozen=True)
class BothWays:
    """The samples, published as tables and as views; one more document of their shard has been withdrawn.

    Attributes:
        tables: the file with tables.
        views: the file with views.
        withdrawn: the document that has gone.
        lake: where the shards of the views are.
    """

    tables: Path
    views: Path
    withdrawn: str
    lake: Path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, project_seeds: Path) -> BothWays:
    folder = tmp_path_factory.mktemp("both")
    settings = Settings(seeds=folder / "seeds", data=folder / "tables")
    shutil.copytree(project_seeds, settings.seeds)
    page = write_page(settings.seeds, "withdrawn.txt")
    publish(worked_off(settings))
    [doc_id] = [doc_id for doc_id, paths in Flow(settings).inventory.paths.items() if page.name in paths]
    page.unlink()
    flow = worked_off(settings)
    viewed = settings.model_copy(update={"data": folder / "views", "publish": "views"})
    shutil.copytree(settings.data, viewed.data, copy_function=shutil.copy2)
    publish(flow)
    publish(worked_off(viewed))
    return BothWays(settings.warehouse_path, viewed.warehouse_path, doc_id, viewed.lake_root)


def test_every_table_and_mart_has_the_same_rows(both: BothWays) -> None:
    expected = contents(both.tables)
    assert sum(frame.height > 0 for frame in expected.values()) > 20
    assert expected["observations"].filter(pl.col("doubts").str.contains("documents_agree")).height > 0
    assert_same(contents(both.views), expected, "publishing as views")


@pytest.mark.parametrize(("page", "query"), blocks("sql"))
def test_every_query_of_the_documentation_gives_the_same_rows(page: str, query: str, both: BothWays) -> None:
    # Without an order, any ten rows may come.
    whole = re.sub(r"\bLIMIT \d+", "", query)
    answers = []
    for path in (both.tables, both.views):
        with duckdb.connect(path, read_only=True) as connection:
            answers.append(sorted(map(repr, connection.execute(whole).fetchall())))
    assert answers[0] == answers[1], page
    assert answers[0]


def test_every_column_has_the_same_type_and_words(both: BothWays) -> None:
    columns = "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
    found = []
    for path in (both.tables, both.views):
        with duckdb.connect(path, read_only=True) as connection:
            found.append(connection.execute(f"{columns} AND schema_name <> 'lake' ORDER BY ALL").fetchall())
    assert found[0] == found[1]
    with duckdb.connect(both.views, read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
    assert not {name for (name,) in tables} & set(VIEWED)


def test_a_document_that_was_withdrawn_is_in_its_shard_and_not_shown(both: BothWays) -> None:
    with duckdb.connect(both.views, read_only=True) as connection:
        shards = connection.execute("SELECT path FROM lake.shards WHERE table_name = 'observations'").fetchall()
        held = pl.scan_parquet([path for (path,) in shards]).filter(doc_id=both.withdrawn).collect()
        assert held.height > 0
        for name in VIEWED:
            assert connection.execute(f"SELECT count(*) FROM {name} WHERE doc_id = ?", [both.withdrawn]).fetchall() == [
                (0,)
            ], name
        status = connection.execute("SELECT status FROM documents WHERE doc_id = ?", [both.withdrawn]).fetchall()
    assert status == [("withdrawn",)]


def test_views_work_under_another_name_of_the_file(both: BothWays) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{both.views}' AS gazetteer (READ_ONLY)")
        for name in ("main.observations", "marts.indicator_series", "marts.target_progress"):
            assert connection.execute(f"FROM gazetteer.{name}").fetchall(), name


def as_views(settings: Settings, **changes: object) -> Settings:
    return settings.model_copy(update={"publish": "views", **changes})


def values(path: Path) -> list[str]:
    """What the published file says of the product."""
    with duckdb.connect(path, read_only=True) as connection:
        return [str(value.normalize()) for (value,) in connection.execute(PRODUCT).fetchall()]


@pytest.mark.slow
def test_a_build_that_is_kept_keeps_its_shards_and_can_be_brought_back(settings: Settings) -> None:
    settings = as_views(settings, keep_builds=1, keep_versions=0)
    write_page(settings.seeds, "kept.txt", product="5140.6")
    publish(worked_off(settings))
    [before] = Flow(settings).lake.keys("observations")
    settings.corrections_path.write_text(yaml.safe_dump([FIX], allow_unicode=True), encoding="utf-8")
    publish(worked_off(settings))
    assert values(settings.warehouse_path) == ["5140.06"]
    # Of a file of tables, it would be gone by now.
    assert before in Flow(settings).lake.keys("observations")
    [kept] = builds_before(settings.warehouse_path)
    assert values(kept) == ["5140.6"]
    restore(kept, settings.warehouse_path)
    assert values(settings.warehouse_path) == ["5140.6"]
    # Two builds later, nobody reads it any more.
    for product in ("1", "2"):
        write_page(settings.seeds, "other.txt", place="太仓市", product=product)
        publish(worked_off(settings))
    assert before not in Flow(settings).lake.keys("observations")
    assert {"5140.06", "2"} <= set(values(settings.warehouse_path))


def test_nothing_is_pruned_while_nobody_can_tell_what_a_build_reads(settings: Settings) -> None:
    settings = as_views(settings, keep_builds=0, keep_versions=0)
    write_page(settings.seeds, "kept.txt")
    flow = worked_off(settings)
    publish(flow)
    flow.lake.write("facts", f"{next(iter(flow.members()))}-older", {"facts": pl.DataFrame({"doc_id": []})})
    with duckdb.connect(settings.warehouse_path):
        assert prune(flow) == 0
    assert prune(flow) == 1


@pytest.mark.slow
def test_a_file_whose_shards_are_gone_is_built_anew(settings: Settings) -> None:
    settings = as_views(settings)
    write_page(settings.seeds, "kept.txt", product="5140.6")
    publish(worked_off(settings))
    assert publish(worked_off(settings)).report is None
    [key] = Flow(settings).lake.keys("observations")
    shutil.rmtree(settings.lake_root / "observations" / key)
    assert not is_whole(settings.warehouse_path)
    # Made again under the same name, it is what the view reads.
    assert publish(worked_off(settings)).report is None
    assert values(settings.warehouse_path) == ["5140.6"]
    moved = settings.model_copy(update={"data": settings.data.with_name("moved")})
    settings.data.rename(moved.data)
    assert publish(worked_off(moved)).report is not None
    assert values(moved.warehouse_path) == ["5140.6"]


@pytest.mark.slow
def test_a_doubt_goes_with_its_document_though_another_of_the_shard_went_before(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patch, "LARGEST_SHARE", 1.0)
    settings = as_views(settings)
    write_page(settings.seeds, "kept.txt", product="5140.6")
    dispute = write_page(settings.seeds, "dispute.txt", product="4140.6")
    other = write_page(settings.seeds, "other.txt", place="太仓市", product="1735")
    found = []
    for gone in (None, other, dispute):
        if gone is not None:
            gone.unlink()
        publish(worked_off(settings))
        with duckdb.connect(settings.warehouse_path, read_only=True) as connection:
            doubts = "SELECT count(*) FILTER (obs_status = 'Q'), count(doubts) FROM observations"
            counts = "SELECT (SELECT count(*) FROM quality.findings), (SELECT count(*) FROM quality.conflicts)"
            found.append((*connection.execute(doubts).fetchall()[0], *connection.execute(counts).fetchall()[0]))
    assert found == [(2, 2, 1, 1), (2, 2, 1, 1), (0, 0, 0, 0)]
    basis = Flow(settings).published.basis()
    assert basis is not None
    assert basis["in_a_row"] == 2


@pytest.mark.slow
def test_another_form_is_another_build(settings: Settings) -> None:
    write_page(settings.seeds, "kept.txt")
    publish(worked_off(settings))
    report = publish(worked_off(as_views(settings))).report
    assert report is not None
    assert report.rows["quality.differences"] == len(TABLES) - 3
    assert publish(worked_off(settings)).report is not None
    with duckdb.connect(settings.warehouse_path, read_only=True) as connection:
        changed = "SELECT sum(added + removed + changed) FROM quality.differences WHERE table_name = 'observations'"
        assert connection.execute(changed).fetchall() == [(0,)]
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert (OBSERVATIONS.name,) in tables
