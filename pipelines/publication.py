"""From the lake to the published file: what goes in, whether anything would be different, and what the checks found.

Belongs here: gathering what a build is made of. Does not belong here: making the file (`warehouse/build.py`), or the
rows themselves (the stages).
"""

import json
from dataclasses import dataclass

import polars as pl

from pipelines.checks import Finding, as_check_results, finding_of_corrections, findings, total
from pipelines.copies import SIGNATURES, copies
from pipelines.flow import CHECKS, Flow
from pipelines.patch import basis, start
from pipelines.retention import prune
from pipelines.sql_prompt import open_warehouse
from pipelines.stages import PUBLISHED, STAGES
from pipelines.validation.refusal import REJECTED_SCHEMA
from schemas.tables import TABLES
from warehouse.build import BuildReport, build
from warehouse.sources import Source


@dataclass(frozen=True)
class Publication:
    """What became of a build.

    Attributes:
        key: checksum of what the published file is made of.
        report: the build; None if the published file is made of the same already.
    """

    key: str
    report: BuildReport | None


def find(flow: Flow, name: str) -> list[Finding]:
    """What the checks of a published table find in the rows that are about to be published."""
    # The asset of the table asks, and then the build.
    if name not in flow.findings:
        flow.findings[name] = _find(flow, name)
    return flow.findings[name]


def _find(flow: Flow, name: str) -> list[Finding]:
    rows, refused = flow.rows(name), flow.rows(name, "rejected")
    records = 0 if refused is None else refused.filter(table_name=name).select("record").collect().n_unique()
    return findings(name, TABLES[name].empty().lazy() if rows is None else rows, _counts(flow, name), records)


def publish(flow: Flow) -> Publication:
    """Build the file, unless the published one is made of exactly this."""
    key = flow.published.wanted_key()
    if key == flow.published.key():
        return Publication(key, None)
    tables: dict[str, Source] = {name: flow.paths(name) for name in PUBLISHED}
    tables |= {name: [flow.lake.path(*address)] for name, address in flow.reference().items()} | {
        "documents": _documents(flow)
    }
    corrections = flow.correction_results()
    applied = as_check_results([finding_of_corrections(corrections)])
    checks = pl.concat([*(_checks(flow, name) for name in PUBLISHED), applied])
    tables["quality.corrections"] = corrections
    started = start(flow)
    # Whoever made the shards is not needed any more, and the build has a use for their memory.
    flow.close()
    report = build(
        tables,
        _refused(flow),
        checks,
        flow.settings.warehouse_path,
        doc_ids=flow.inventory.paths.keys(),
        keep=flow.settings.keep_builds,
        touched=started.touched,
        views=flow.settings.publish == "views",
        memory=flow.settings.build_memory,
    )
    flow.published.note(basis(flow, started))
    prune(flow)
    return Publication(key, report)


def check_results_of(flow: Flow) -> pl.DataFrame:
    """All rows of `quality.check_results` of the published file."""
    with open_warehouse(flow.settings.warehouse_path) as connection:
        return connection.sql("FROM quality.check_results").pl()


def _documents(flow: Flow) -> pl.DataFrame:
    """The documents, with the paths that they have now, and which of them are copies of others."""
    rows = flow.rows("documents")
    if rows is None:
        return TABLES["documents"].empty()
    found = [(doc_id, path) for doc_id, paths in flow.inventory.paths.items() for path in paths]
    paths = pl.DataFrame(found, schema={"doc_id": pl.String, "paths": pl.String}, orient="row")
    paths = paths.group_by("doc_id", maintain_order=True).agg("paths")
    path = pl.col("paths").list.first()
    documents = rows.collect()
    signed = flow.rows("signatures")
    copied = copies(signed.collect() if signed is not None else SIGNATURES.to_frame(), documents)
    return (
        documents.drop("paths", "copy_of")
        .join(paths, on="doc_id", how="left", maintain_order="left")
        .join(copied, on="doc_id", how="left", maintain_order="left")
        .with_columns(source_path=path, file_name=path.str.split("/").list.last())
    )


def _refused(flow: Flow) -> pl.DataFrame:
    """What all stages refused, and the files that could not even be opened."""
    parts = [rows.collect() for name in STAGES if (rows := flow.rows(name, "rejected")) is not None]
    unopened = [
        {
            "stage": "reading",
            "table_name": "raw_documents",
            "rule": "unreadable",
            "reason": f"The file cannot be opened: {reason}. Check its permissions.",
            "record": json.dumps({"source_path": path}, ensure_ascii=False),
        }
        for path, reason in flow.inventory.unreadable
    ]
    return pl.concat([*parts, pl.DataFrame(unopened, schema=REJECTED_SCHEMA)])


def _counts(flow: Flow, name: str) -> pl.DataFrame:
    """The counts of all constraints and rules of a table."""
    counts = flow.rows(name, CHECKS)
    return as_check_results([]) if counts is None else total(counts.collect())


def _checks(flow: Flow, name: str) -> pl.DataFrame:
    """Every constraint and rule of a table, and the checks that only the whole table shows."""
    whole = [finding for finding in find(flow, name) if finding.check.of_whole_table]
    return pl.concat([_counts(flow, name), as_check_results(whole)])
