"""What the UI is told of the assets of a run over the samples: charts that add up, links that lead somewhere."""

import re
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipelines.atlas.addresses import SHOWN_ON
from pipelines.flow import Flow
from pipelines.launch import run_refresh
from pipelines.run_record import RunRecord
from pipelines.settings import Settings
from pipelines.ui_charts import MOST_BARS, bars
from pipelines.ui_metadata import atlas_link, mart_metadata
from tests.conftest import write_page
from warehouse.marts import origins_of_marts, read_marts


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, project_seeds: Path) -> Settings:
    return Settings(seeds=project_seeds, data=tmp_path_factory.mktemp("ui") / "data")


@pytest.fixture(scope="module")
def told(samples: Settings) -> RunRecord:
    record = run_refresh(samples)
    assert record.success, record.error
    return record


@pytest.fixture
def published(samples: Settings, told: RunRecord) -> Any:
    with duckdb.connect(samples.warehouse_path, read_only=True) as connection:
        yield connection


def counts(chart: Any) -> list[int]:
    """The numbers behind the bars of a chart."""
    return [int(number.replace(",", "")) for number in re.findall(r"\| ([\d,]+) \| [\d.]+% \|", str(chart))]


def test_charts_of_the_warehouse_add_up(told: RunRecord, published: duckdb.DuckDBPyConnection) -> None:
    metadata = told.materialized["warehouse"]
    [(numbers, unassigned)] = published.sql(
        "SELECT count(*), count(*) FILTER (disposition = 'unassigned') FROM number_ledger"
    ).fetchall()
    assert (
        metadata["facts"] == sum(counts(metadata["facts_by_kind"])) == sum(counts(metadata["facts_by_document"])) > 400
    )
    assert metadata["numbers"] == sum(counts(metadata["coverage"])) == numbers
    assert metadata["numbers_not_understood"] == unassigned
    assert metadata["numbers_accounted_for_percent"] == round(100 - 100 * unassigned / numbers, 2)
    assert metadata["refused"] == sum(counts(metadata["refusals"])) > 0
    assert "the first build" in str(metadata["run_on_run"])


def test_every_table_has_its_chart(told: RunRecord, published: duckdb.DuckDBPyConnection) -> None:
    for name, column in (("observations", "rule"), ("number_ledger", "disposition"), ("documents", "doc_type")):
        [(rows,)] = published.sql(f"SELECT count(*) FROM {name}").fetchall()
        assert sum(counts(told.materialized[name][f"by_{column}"])) == rows


def test_links_lead_to_pages_of_the_site(samples: Settings, told: RunRecord) -> None:
    for name, address in SHOWN_ON.items():
        assert (samples.atlas_path / address).is_file(), name
        shown = told.materialized[name.replace(".", "/")]["atlas"]
        assert str(samples.atlas_path / address) in str(shown)


def test_a_site_that_is_served_is_linked_and_one_that_is_not_there_is_not(settings: Settings) -> None:
    write_page(settings.seeds, "a.txt")
    served = Flow(settings.model_copy(update={"atlas_url": "https://atlas.example.org/xianzhi/"}))
    assert atlas_link(served, "rankings") == {
        "atlas": dg.MetadataValue.url("https://atlas.example.org/xianzhi/rankings.html")
    }
    left_alone = Flow(settings.model_copy(update={"atlas_documents": 0}))
    left_alone.scan()
    assert atlas_link(left_alone, "rankings") == {}
    assert atlas_link(served, "facts") == {}


def test_a_column_of_a_view_has_no_value_that_its_origin_lacks(published: duckdb.DuckDBPyConnection) -> None:
    claims = [(mart, column, table) for mart, of in origins_of_marts().items() for column, table in of.items()]
    assert len(claims) > 50
    for mart, column, table in claims:
        # A view may have nothing where its outer join finds nothing.
        query = f"SELECT {column}::VARCHAR FROM {mart} EXCEPT SELECT {column}::VARCHAR FROM {table} EXCEPT SELECT NULL"
        assert published.sql(query).fetchall() == [], (mart, column, table)


def test_columns_of_views_have_the_types_of_the_query(published: duckdb.DuckDBPyConnection) -> None:
    [series] = [mart for mart in read_marts() if mart.name == "indicator_series"]
    schema = mart_metadata(published, series)["dagster/column_schema"]
    columns = {column.name: column for column in schema.columns}
    assert list(columns) == list(series.columns)
    assert re.match("DECIMAL", columns["obs_value"].type)
    assert columns["obs_value"].description.endswith("From marts.candidate_values.")


def test_long_charts_say_how_much_they_leave_out() -> None:
    chart = bars([(f"n{number}", 2) for number in range(MOST_BARS + 3)], "name", "rows")
    assert "| … 3 more | | 6 | 16.7% |" in (chart.value or "")
    assert bars([], "name", "rows").value == "no rows"
