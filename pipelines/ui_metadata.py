"""What the Dagster UI shows of a table: columns, a sample, counts, checks.

Belongs here: plain data of this project in Dagster's types. Does not belong here: the assets (`assets.py`), or what is
measured (`checks.py`).
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from pipelines.atlas import AtlasReport
from pipelines.checks import Check, Finding
from pipelines.flow import Flow, Report
from pipelines.publication import Publication
from pipelines.sql_prompt import open_warehouse
from schemas.projections import summary
from schemas.tables import TABLES
from warehouse.marts import Mart

SAMPLE_ROWS = 5
SAMPLE_COLUMNS = 12
# Tables with a row for each table, which are worth reading as a whole.
SHOWN_WHOLE = ("quality.differences",)
ALL_ROWS = 100
CELL_WIDTH = 60
# What has a meaning in Markdown.
MARKS = re.compile(r"[\\`*_\[\]()<>&|!#~]")
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


def mart_schema(mart: Mart) -> dg.TableSchema:
    """The columns of a view, with what they mean; their types are those of the query."""
    return dg.TableSchema([dg.TableColumn(name, description=meaning) for name, meaning in mart.columns.items()])


def stage_metadata(flow: Flow, name: str, report: Report) -> Metadata:
    """What one stage did in this run, and what it holds now."""
    rows = flow.rows(name)
    refused = flow.rows(name, "rejected")
    metadata: Metadata = {
        "dagster/row_count": 0 if rows is None else rows.select(pl.len()).collect().item(),
        "refused": 0 if refused is None else refused.select(pl.len()).collect().item(),
        "work": report.describe(),
        "documents_worked_off": report.documents,
        "documents_failed": report.failed,
        "shards": report.shards,
        "shards_made": report.made,
        "seconds": round(report.seconds, 3),
    }
    if rows is not None:
        metadata["sample"] = sample(rows)
        if name not in TABLES:
            columns = [dg.TableColumn(column, str(dtype)) for column, dtype in rows.collect_schema().items()]
            metadata["dagster/column_schema"] = dg.TableSchema(columns)
    return metadata


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
        "changes": inventory.since(flow.published_inventory()).describe(),
    }


def reference_metadata(path: Path) -> Metadata:
    """A table of the registry."""
    rows = pl.scan_parquet(path)
    return {"dagster/row_count": rows.select(pl.len()).collect().item(), "sample": sample(rows)}


def publication_metadata(flow: Flow, publication: Publication, names: Iterable[str]) -> Iterator[tuple[str, Metadata]]:
    """What became of the tables and views of the file; `warehouse` is the file itself."""
    path, report = flow.settings.warehouse_path, publication.report
    with open_warehouse(path) as connection:
        for name in names:
            metadata: Metadata = {"built": report is not None, "build_key": publication.key}
            if name == "warehouse":
                metadata |= {"file": dg.MetadataValue.path(path), "bytes": path.stat().st_size}
            if report is not None and name == "warehouse":
                counts = [{"table": table, "rows": count} for table, count in report.rows.items()]
                metadata |= {"tables": dg.MetadataValue.md(markdown_table(counts)), "seconds": round(report.seconds, 3)}
            elif report is not None and (name in TABLES or report.rows["observations"] <= VIEWS_SHOWN_UP_TO):
                rows = ALL_ROWS if name in SHOWN_WHOLE else SAMPLE_ROWS
                metadata["dagster/row_count"] = connection.sql(f"SELECT count(*) FROM {name}").fetchall()[0][0]
                metadata["sample"] = sample(connection.sql(f"FROM {name} LIMIT {rows}").pl().lazy(), rows)
            yield name, metadata


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
        severity=dg.AssetCheckSeverity.ERROR if finding.check.severity == "error" else dg.AssetCheckSeverity.WARN,
        metadata=metadata,
    )


def markdown_table(rows: Iterable[dict[str, Any]]) -> str:
    """Rows as a Markdown table; long texts are cut, so that a page stays readable."""
    rows = list(rows)
    if not rows:
        return "no rows"
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([_cell(row.get(name)) for name in names] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= CELL_WIDTH else f"{text[: CELL_WIDTH - 1]}…"
    # A document's words must not become a picture, a link or an element of the page.
    return MARKS.sub(r"\\\g<0>", text)
