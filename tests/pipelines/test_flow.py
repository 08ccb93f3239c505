"""What the flow remembers: why a stage is stale, and which shards of older code may go."""

import os

import polars as pl

from pipelines.flow import PUBLISHED_BUILD, Flow
from pipelines.retention import prune
from pipelines.settings import Settings
from pipelines.stages import REGISTRY, STAGES, ingredients
from tests.conftest import write_page

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
    assert flow.changed_since("facts") == []
    flow.note_published()
    assert flow.changed_since("observations") == []
    state = flow.lake.read_state(PUBLISHED_BUILD)
    state["made_with"]["facts"][REGISTRY] = "before"
    state["made_with"]["clean_documents"]["pipelines.cleaning"] = "before"
    flow.lake.write_state(PUBLISHED_BUILD, state)
    assert flow.changed_since("raw_documents") == []
    assert flow.changed_since("clean_documents") == ["pipelines.cleaning"]
    assert flow.changed_since("facts") == ["pipelines.cleaning", REGISTRY]
    assert flow.changed_since("observations") == ["pipelines.cleaning", REGISTRY]


def test_every_ingredient_of_every_stage_has_a_version() -> None:
    assert all(all(ingredients(name).values()) for name in STAGES)
