"""What the Dagster UI shows of a table: columns, a sample, counts, checks, the page of the atlas.

Belongs here: plain data of this project in Dagster's types. Does not belong here: the assets (`assets.py`), what is
measured (`checks.py`), or charts (`ui_charts.py`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import polars as pl

from pipelines.atlas import AtlasReport
from pipelines.atlas.addresses import SHOWN_ON
from pipelines.checks import Check, Finding
from pipelines.flow import Flow, Report
from pipelines.publication import Publication
from pipelines.sql_prompt import open_warehouse
from pipelines.stages import REFERENCE
from pipelines.ui_charts import CELL_WIDTH, bars, chart_of, markdown_table, warehouse_charts
from schemas.projections import summary
from schemas.tables import TABLES
from warehouse.build import BuildReport
from warehouse.marts import Mart, origins_of_marts, read_marts

SAMPLE_ROWS = 5
SAMPLE_COLUMNS = 12
# Tables with a row for each table, which are worth reading as a whole.
SHOWN_WHOLE = ("quality.differences",)
ALL_ROWS = 100
# What a table is counted by in its chart, where it is not the rule that read a row.
COUNTED_BY = {"documents": "doc_type", "number_ledger": "disposition"}
# Above so many observations, to look into the views takes longer than all else that a run does for a new document.
VIEWS_SHOWN_UP_TO = 20_000

Metadata = dict[str, Any]


def column_schema(name: str) -> dg.TableSchema:
    """The columns of a published table, with descriptions and constraints."""
    data = summary(TABLES[name])
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column["name"],
                column["type"],
                column["description"],
                dg.TableColumnConstraints(nullable=column["nullable"], unique=column["unique"], other=column["other"]),
            )
            for column in data["columns"]
        ],
        constraints=dg.TableConstraints(other=data["constraints"]),
    )


def mart_schema(mart: Mart, types: Mapping[str, str] | None = None) -> dg.TableSchema:
    """The columns of a view, with what they mean and which table they are carried over from.

    Args:
        mart: The view.
        types: Their types, which are those of the query: known when it has been built.
    """
    origins = origins_of_marts()[mart.full_name]
    return dg.TableSchema(
        [
            dg.TableColumn(
                name,
                _short((types or {}).get(name, "as built")),
                f"{meaning} From {origins[name]}." if name in origins else meaning,
            )
            for name, meaning in mart.columns.items()
        ]
    )


def _short(type_name: str) -> str:
    """The name of a type without the fields of a structure, which would take the place of all descriptions.

    >>> _short("STRUCT(value DECIMAL(38,6), unit VARCHAR)[]"), _short("DECIMAL(38,6)")
    ('STRUCT[]', 'DECIMAL(38,6)')
    """
    return re.sub(r"STRUCT\(.*\)", "STRUCT", type_name)


def mart_metadata(connection: duckdb.DuckDBPyConnection, mart: Mart) -> Metadata:
    """The columns of a view as they are built, and where they come from."""
    described = connection.sql(f"SELECT column_name, column_type FROM (DESCRIBE {mart.full_name})").fetchall()
    deps = {
        column: [dg.TableColumnDep(dg.AssetKey(table.split(".")), column)]
        for column, table in origins_of_marts()[mart.full_name].items()
    }
    return {
        "dagster/column_schema": mart_schema(mart, dict(described)),
        "dagster/column_lineage": dg.TableColumnLineage(deps),
    }


def stage_metadata(flow: Flow, name: str, report: Report) -> Metadata:
    """What one stage holds now, and what it did in this run."""
    rows, refused = flow.rows(name), flow.rows(name, "rejected")
    refused_count = 0 if refused is None else refused.select(pl.len()).collect().item()
    metadata: Metadata = {
        "dagster/row_count": 0 if rows is None else rows.select(pl.len()).collect().item(),
        "refused": refused_count,
    } | atlas_link(flow, name)
    if rows is not None and (column := _counted_by(name)):
        metadata[f"by_{column}"] = chart_of(rows, column, "rows")
    if refused is not None and refused_count:
        metadata["refusals"] = chart_of(refused, "rule", "refused")
    if rows is not None:
        metadata["sample"] = sample(rows)
        if name not in TABLES:
            columns = [dg.TableColumn(column, str(dtype)) for column, dtype in rows.collect_schema().items()]
            metadata["dagster/column_schema"] = dg.TableSchema(columns)
    return metadata | {
        "work": report.describe(),
        "documents_worked_off": report.documents,
        "documents_failed": report.failed,
        "shards": report.shards,
        "shards_made": report.made,
        "seconds": round(report.seconds, 3),
    }


def _counted_by(name: str) -> str | None:
    """The column by whose words the rows of a table are counted in its chart."""
    if name not in TABLES:
        return None
    return COUNTED_BY.get(name, "rule" if "rule" in TABLES[name].column_names else None)


def atlas_link(flow: Flow, name: str) -> Metadata:
    """The page of the atlas that shows a table, where there is one: its path, or its address where the site is served.

    The atlas is the last asset of a run: of a run that will write it, the link holds when the run has ended.
    """
    settings = flow.settings
    page = settings.atlas_path / SHOWN_ON[name] if name in SHOWN_ON else None
    if page is None or (len(flow.inventory.paths) > settings.atlas_documents and not page.is_file()):
        return {}
    if settings.atlas_url:
        return {"atlas": dg.MetadataValue.url(f"{settings.atlas_url.rstrip('/')}/{SHOWN_ON[name]}")}
    return {"atlas": dg.MetadataValue.path(page)}


def sample(rows: pl.LazyFrame, count: int = SAMPLE_ROWS) -> dg.MarkdownMetadataValue:
    """The first rows, as a table."""
    plain = [name for name, dtype in rows.collect_schema().items() if not dtype.is_nested()][:SAMPLE_COLUMNS]
    # A text of a whole document is cut before it is collected.
    cut = [pl.col(name).cast(pl.Utf8).str.slice(0, 4 * CELL_WIDTH).alias(name) for name in plain]
    return dg.MetadataValue.md(markdown_table(rows.head(count).select(cut).collect().iter_rows(named=True)))


def changes_metadata(flow: Flow) -> Metadata:
    """What lies in the seeds folder, beside what the last build was made of."""
    inventory = flow.inventory
    files = sum(map(len, inventory.paths.values()))
    return {
        "seen": len(inventory.paths),
        "files": files,
        "changes": inventory.since(flow.published.inventory()).describe(),
    }


def reference_metadata(flow: Flow, name: str, path: Path) -> Metadata:
    """A table of the registry."""
    rows = pl.scan_parquet(path, glob=False)
    count = rows.select(pl.len()).collect().item()
    return {"dagster/row_count": count, "sample": sample(rows)} | atlas_link(flow, name)


def publication_metadata(flow: Flow, publication: Publication, names: Iterable[str]) -> Iterator[tuple[str, Metadata]]:
    """What became of the tables and views of the file; `warehouse` is the file itself."""
    path, report = flow.settings.warehouse_path, publication.report
    marts = {mart.full_name: mart for mart in read_marts()}
    with open_warehouse(path) as connection:
        [(observations,)] = connection.sql("SELECT count(*) FROM observations").fetchall()
        few = observations <= VIEWS_SHOWN_UP_TO
        for name in names:
            metadata: Metadata = {"built": report is not None, "build_key": publication.key} | atlas_link(flow, name)
            # Also of a file that was not built anew: the UI shows what the last run tells, and nothing of those before.
            if name == "warehouse":
                metadata |= {"file": dg.MetadataValue.path(path), "bytes": path.stat().st_size}
                metadata |= warehouse_charts(connection) if few or report is not None else {}
                metadata |= build_metadata(report) if report is not None else {}
            elif name in TABLES:
                count = ALL_ROWS if name in SHOWN_WHOLE else SAMPLE_ROWS
                metadata["dagster/row_count"] = connection.sql(f"SELECT count(*) FROM {name}").fetchall()[0][0]
                metadata["sample"] = sample(connection.sql(f"FROM {name} LIMIT {count}").pl().lazy(), count)
            elif few and report is not None:
                # Asked once: to count the rows of a view takes as long as to make them.
                rows = connection.sql(f"FROM {name}").pl()
                metadata |= {"dagster/row_count": rows.height, "sample": sample(rows.lazy())}
            if name in marts:
                metadata |= mart_metadata(connection, marts[name])
            yield name, metadata


def build_metadata(report: BuildReport) -> Metadata:
    """What a build has put into the file, beside the registry, which is larger than all else."""
    counts = [(table, count) for table, count in report.rows.items() if table not in REFERENCE]
    counts.sort(key=lambda counted: -counted[1])
    return {"tables": bars(counts, "table", "rows"), "seconds": round(report.seconds, 3)}


def atlas_metadata(target: Path, report: AtlasReport | None, *, left_to_the_command: bool = False) -> Metadata:
    """Where the site is, and what was written if it was made anew; a run leaves the site of many documents alone."""
    metadata: Metadata = {"built": report is not None, "first_page": dg.MetadataValue.path(target / "index.html")}
    if report is not None:
        metadata |= {"pages": report.pages, "bytes": report.byte_count, "seconds": round(report.seconds, 3)}
    if left_to_the_command:
        metadata["left_alone"] = "more documents than XIANZHI_ATLAS_DOCUMENTS: `xianzhi atlas` writes the site"
    return metadata


def check_spec(check: Check) -> dg.AssetCheckSpec:
    """A check before it has run; one of severity `error` keeps the assets after it from running when it fails."""
    return dg.AssetCheckSpec(
        check.name, asset=check.table.split("."), description=check.description, blocking=check.severity == "error"
    )


def check_result(finding: Finding) -> dg.AssetCheckResult:
    """A check after it has run, with the rows that failed."""
    metadata: Metadata = {"rows": finding.row_count, "failed": finding.failed_count}
    if finding.failing:
        metadata["failing"] = dg.MetadataValue.md(markdown_table(finding.failing))
    return dg.AssetCheckResult(
        passed=finding.passed,
        asset_key=finding.check.table.split("."),
        check_name=finding.check.name,
        description=finding.describe(),
        severity=dg.AssetCheckSeverity.ERROR if finding.check.severity == "error" else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )
