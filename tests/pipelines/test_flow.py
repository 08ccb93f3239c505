"""What the flow remembers: why a stage is stale, and which shards of older code may go."""

import io
import json
import os

import polars as pl
import pytest
from rich.console import Console

from pipelines.flow import SEEN, Flow
from pipelines.lake import BrokenStateError
from pipelines.publication import publish
from pipelines.published_build import PUBLISHED_BUILD, PUBLISHED_INVENTORY
from pipelines.recap import print_status
from pipelines.retention import prune
from pipelines.settings import Settings
from pipelines.stages import REGISTRY, STAGES, ingredients
from tests.conftest import write_page
from tests.pipelines.builds import contents, worked_off

NOTHING = {"facts": pl.DataFrame({"doc_id": []})}


def read(settings: Settings) -> tuple[Flow, str]:
    """One document in the lake, and the key of its batch."""
    write_page(settings.seeds, "a.txt")
    flow = Flow(settings)
    flow.read(flow.now())
    [batch] = flow.members()
    return flow, batch


def test_shards_of_older_code_go_but_for_the_newest(settings: Settings) -> None:
    flow, batch = read(settings)
    keys = [f"{batch}-{version}" for version in ("first", "second", "third", "fourth")]
    for age, key in enumerate(keys):
        flow.lake.write("facts", key, NOTHING)
        os.utime(settings.lake_root / "facts" / key, (age, age))
    flow.lake.write("facts", flow.key("facts", batch), NOTHING)
    assert prune(flow) == 2
    assert flow.lake.keys("facts") == sorted([*keys[2:], flow.key("facts", batch)])
    assert prune(flow) == 0


def test_what_was_read_is_never_pruned(settings: Settings) -> None:
    flow, _ = read(settings)
    write_page(settings.seeds, "a.txt", product="7")
    flow.read(flow.now())
    before = flow.lake.keys("raw_documents")
    assert len(before) == 2
    prune(flow)
    assert flow.lake.keys("raw_documents") == before


def test_a_stage_is_stale_because_of_what_it_is_made_with(settings: Settings) -> None:
    flow, _ = read(settings)
    assert flow.published.changed_since("facts") == []
    flow.published.note()
    assert flow.published.changed_since("observations") == []
    state = flow.lake.read_state(PUBLISHED_BUILD)
    state["made_with"]["facts"][REGISTRY] = "before"
    state["made_with"]["clean_documents"]["pipelines.cleaning"] = "before"
    flow.lake.write_state(PUBLISHED_BUILD, state)
    assert flow.published.changed_since("raw_documents") == []
    assert flow.published.changed_since("clean_documents") == ["pipelines.cleaning"]
    assert flow.published.changed_since("facts") == ["pipelines.cleaning", REGISTRY]
    assert flow.published.changed_since("observations") == ["pipelines.cleaning", REGISTRY]


def test_every_ingredient_of_every_stage_has_a_version() -> None:
    assert all(all(ingredients(name).values()) for name in STAGES)


@pytest.mark.parametrize("content", [b"{", b"[]"])
def test_a_broken_record_is_named_and_the_next_run_repairs_it(
    content: bytes, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    write_page(settings.seeds, "a.txt")
    publish(worked_off(settings))
    lake = Flow(settings).lake
    records = [lake.state_file(name) for name in (SEEN, PUBLISHED_INVENTORY, PUBLISHED_BUILD)]
    before = {file: json.loads(file.read_bytes()) for file in records}
    for file in records:
        file.write_bytes(content)
    with pytest.raises(BrokenStateError, match=r"seen\.json is broken: a whole run"):
        publish(Flow(settings))
    told = io.StringIO()
    print_status(Console(file=told), settings)
    assert "1 new" in told.getvalue()
    assert "The published file is stale" in told.getvalue()
    for file in records[1:]:
        assert (
            f"{file} is broken: a whole run (`make run`) writes it anew; until then it counts as not there"
            in caplog.text
        )
    assert publish(worked_off(settings)).report is not None
    for file in records[:2]:
        assert json.loads(file.read_bytes()) == before[file]
    assert publish(worked_off(settings)).report is None


@pytest.mark.parametrize("lost", [None, b"{"])
def test_what_is_gone_is_withdrawn_also_when_nobody_knows_what_was_there(
    lost: bytes | None, settings: Settings
) -> None:
    page = write_page(settings.seeds, "a.txt")
    flow = worked_off(settings)
    publish(flow)
    page.unlink()
    file = flow.lake.state_file(PUBLISHED_INVENTORY)
    file.write_bytes(lost) if lost else file.unlink()
    publish(worked_off(settings))
    assert contents(settings.warehouse_path)["observations"].is_empty()
