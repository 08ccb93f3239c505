"""The Dagster assets: one a stage or published table, named like it.

Belongs here: keys, dependencies, groups, descriptions. Does not belong here: logic. Work is planned in `flow.py`,
done by the stage packages, checked in `checks.py`, published by `publication.py`; what the UI shows of it is
`ui_metadata.py`.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import dagster as dg

from pipelines.atlas import build_atlas, is_atlas_of
from pipelines.checks import CORRECTIONS_APPLY, OF_THE_FILE, checks_of, finding_of_corrections, findings_of_file
from pipelines.flow import Flow
from pipelines.publication import check_results_of, find, publish
from pipelines.settings import Settings
from pipelines.stages import KINDS, PUBLISHED, REFERENCE, STAGES, registry_version, version
from pipelines.ui_metadata import (
    ALL_ROWS,
    atlas_metadata,
    changes_metadata,
    check_result,
    check_spec,
    column_schema,
    mart_schema,
    publication_metadata,
    reference_metadata,
    sample,
    stage_metadata,
)
from pipelines.versions import code_version
from schemas.tables import TABLES
from warehouse.marts import read_marts

OWNERS = ["team:xianzhi"]
DESCRIPTIONS = {
    "raw_documents": "Every file of the seeds folder, decoded, nothing changed; refused files with the reason.",
    "clean_documents": "Title, time, publisher and blocks of each document, with a map back to the raw text.",
    "signatures": "A MinHash signature of each document's body, by which copies of one article are found.",
    "facts": "What the documents state: observations, rankings and a ledger of every number, not yet validated.",
}
CORRECTIONS = "quality.corrections"
QUALITY = tuple(name for name, table in TABLES.items() if table.schema == "quality" and name != CORRECTIONS)
MARTS = tuple(read_marts())
# The daily run looks at everything, also when nothing is new.
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=48), warn_window=timedelta(hours=26))


@dg.resource(description="The documents on their way through the lake; held by one run at a time.")
def flow(context: dg.InitResourceContext) -> Iterator[Flow]:
    """Lock the lake for the run: two at once would do the same work twice."""
    settings = Settings.from_environment()
    lock = Flow(settings).lake.lock(f"run {context.run.run_id if context.run else None}")
    with lock, closing(Flow(settings)) as documents_flow:
        yield documents_flow


def stage_assets() -> list[dg.AssetsDefinition]:
    """The assets before validation: documents as they are read, cleaned, and understood."""

    def build(name: str) -> dg.AssetsDefinition:
        @dg.asset(
            name=name,
            deps=_before(name),
            group_name=STAGES[name].group,
            owners=OWNERS,
            kinds={"polars", "parquet"},
            description=DESCRIPTIONS[name],
            code_version=version(name),
        )
        def stage_asset(flow: dg.ResourceParam[Flow]) -> dg.MaterializeResult:
            if name != "raw_documents":
                return dg.MaterializeResult(metadata=stage_metadata(flow, name, flow.work_off(name)))
            report = flow.read(flow.now())
            return dg.MaterializeResult(metadata=stage_metadata(flow, name, report) | changes_metadata(flow))

        return stage_asset

    return [build(name) for name in STAGES if name not in PUBLISHED]


def published_assets() -> list[dg.AssetsDefinition]:
    """The published tables: rows that keep every rule, with their checks; the others are in `quality.rejected`."""

    def build(name: str) -> dg.AssetsDefinition:
        @dg.asset(
            name=name,
            deps=_before(name),
            group_name=STAGES[name].group,
            owners=OWNERS,
            kinds={"polars", "parquet"},
            description=TABLES[name].description,
            code_version=version(name),
            metadata={"dagster/column_schema": column_schema(name)},
            freshness_policy=FRESHNESS,
            check_specs=[check_spec(check) for check in checks_of(name)],
        )
        def table_asset(flow: dg.ResourceParam[Flow]) -> dg.MaterializeResult:
            report = flow.work_off(name)
            return dg.MaterializeResult(
                metadata=stage_metadata(flow, name, report),
                check_results=[check_result(finding) for finding in find(flow, name)],
            )

        return table_asset

    return [build(name) for name in PUBLISHED]


@dg.multi_asset(
    name="registry",
    specs=[
        dg.AssetSpec(
            name,
            group_name="reference",
            owners=OWNERS,
            kinds={"csv"},
            description=TABLES[name].description,
            code_version=code_version("schemas"),
            metadata={"dagster/column_schema": column_schema(name)},
        )
        for name in REFERENCE
    ],
)
def reference(flow: dg.ResourceParam[Flow]) -> Iterator[dg.MaterializeResult]:
    """The registry as tables; making them proves it sound."""
    for name, address in flow.reference().items():
        data_version = dg.DataVersion(registry_version())
        yield dg.MaterializeResult(
            asset_key=name, data_version=data_version, metadata=reference_metadata(flow, name, flow.lake.path(*address))
        )


@dg.asset(
    key=CORRECTIONS.split("."),
    deps=list(KINDS),
    group_name="quality",
    owners=OWNERS,
    kinds={"yaml"},
    description=TABLES[CORRECTIONS].description,
    metadata={"dagster/column_schema": column_schema(CORRECTIONS)},
    check_specs=[check_spec(CORRECTIONS_APPLY)],
)
def corrections(flow: dg.ResourceParam[Flow]) -> dg.MaterializeResult:
    """Look at what became of the corrections in all shards."""
    results = flow.correction_results()
    return dg.MaterializeResult(
        metadata={"dagster/row_count": results.height, "sample": sample(results.lazy(), ALL_ROWS)},
        check_results=[check_result(finding_of_corrections(results))],
    )


def _before(name: str) -> list[str]:
    """The stages that a stage reads, and the reference tables that its rows refer to."""
    keys = TABLES[name].foreign_keys if name in PUBLISHED else ()
    return sorted({before for before, _ in STAGES[name].inputs} | ({key.table for key in keys} & set(REFERENCE)))


def _warehouse_specs() -> Iterator[dg.AssetSpec]:
    yield dg.AssetSpec(
        "warehouse",
        deps=[*PUBLISHED, *REFERENCE, "signatures", dg.AssetKey(CORRECTIONS.split("."))],
        group_name="warehouse",
        owners=OWNERS,
        kinds={"duckdb"},
        description="The published file, xianzhi.duckdb: built beside the old one, checked, and swapped in as a whole.",
        freshness_policy=FRESHNESS,
    )
    for name in QUALITY:
        yield dg.AssetSpec(
            name.split("."),
            deps=list(PUBLISHED),
            group_name="quality",
            owners=OWNERS,
            kinds={"duckdb"},
            description=TABLES[name].description,
            metadata={"dagster/column_schema": column_schema(name)},
        )
    for mart in MARTS:
        yield dg.AssetSpec(
            mart.full_name.split("."),
            deps=[dg.AssetKey(name.split(".")) for name in mart.tables],
            group_name="marts",
            owners=OWNERS,
            kinds={"duckdb", "sql"},
            description=mart.description,
            metadata={"dagster/column_schema": mart_schema(mart)},
        )


@dg.multi_asset(
    name="warehouse",
    specs=list(_warehouse_specs()),
    check_specs=[check_spec(check) for check in OF_THE_FILE.values()],
)
def warehouse(flow: dg.ResourceParam[Flow]) -> Iterator[dg.MaterializeResult]:
    """Build the file, if anything in it would be different."""
    publication = publish(flow)
    names = ("warehouse", *QUALITY, *(mart.full_name for mart in MARTS))
    for name, metadata in publication_metadata(flow, publication, names):
        findings = findings_of_file(check_results_of(flow)) if name == "warehouse" else []
        yield dg.MaterializeResult(
            asset_key=name.split("."),
            data_version=dg.DataVersion(publication.key),
            metadata=metadata,
            check_results=[check_result(finding) for finding in findings],
        )


@dg.asset(
    deps=["warehouse", *(dg.AssetKey(name.split(".")) for name in (*QUALITY, *(mart.full_name for mart in MARTS)))],
    group_name="atlas",
    owners=OWNERS,
    kinds={"jinja", "html"},
    description="A static site on which people look at places, documents and numbers, and at the words behind them: "
    "open index.html.",
    code_version=code_version("pipelines.atlas"),
)
def atlas(flow: dg.ResourceParam[Flow]) -> dg.MaterializeResult:
    """Write the site, unless the one that is there shows this file, or the documents are too many for a run."""
    warehouse, target = flow.settings.warehouse_path, flow.settings.atlas_path
    many = len(flow.inventory.paths) > flow.settings.atlas_documents
    report = None if many or is_atlas_of(warehouse, target) else build_atlas(warehouse, target)
    return dg.MaterializeResult(metadata=atlas_metadata(target, report, left_to_the_command=many))
