import json
import multiprocessing
import multiprocessing.synchronize
import os
import signal
from pathlib import Path

import polars as pl
import pytest

from pipelines.lake import BrokenStateError, Lake, LakeLocked, raw_key

FRAME = pl.DataFrame({"doc_id": ["a", "b"], "value": [1, 2]})


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def leftovers(lake: Lake) -> list[str]:
    """Files below the lake that are neither shard nor state."""
    return [str(path) for path in (lake.root / ".writing").rglob("*")] if (lake.root / ".writing").exists() else []


def test_a_shard_comes_back_as_it_was(lake: Lake):
    assert lake.write("facts", "k", {"facts": FRAME, "rejected": FRAME.clear()})
    assert lake.has("facts", "k")
    assert lake.keys("facts") == ["k"]
    assert lake.read("facts", "k", "facts").equals(FRAME)
    assert lake.read("facts", "k", "rejected").schema == FRAME.schema
    assert leftovers(lake) == []


def test_a_shard_that_exists_is_not_touched(lake: Lake):
    lake.write("facts", "k", {"facts": FRAME})
    assert not lake.write("facts", "k", {"facts": FRAME.head(1)})
    assert lake.read("facts", "k", "facts").height == 2


def test_a_write_that_fails_leaves_nothing(lake: Lake, monkeypatch: pytest.MonkeyPatch):
    class Unwritable:
        def write_parquet(self, file: Path) -> None:
            file.write_bytes(b"half")
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        lake.write("facts", "k", {"facts": FRAME, "late": Unwritable()})
    assert not lake.has("facts", "k")
    assert lake.keys("facts") == []
    assert leftovers(lake) == []


def test_a_shard_that_another_process_made_meanwhile_counts(lake: Lake, monkeypatch: pytest.MonkeyPatch):
    lake.write("facts", "k", {"facts": FRAME})
    answers = iter([False, True])
    monkeypatch.setattr(lake, "has", lambda stage, key: next(answers))
    assert not lake.write("facts", "k", {"facts": FRAME.head(1)})
    assert lake.read("facts", "k", "facts").height == 2


@pytest.mark.parametrize("left", [0, 11, 100])
def test_a_shard_that_was_cut_short_counts_as_missing_and_is_replaced(lake: Lake, left: int):
    lake.write("facts", "k", {"facts": FRAME, "rejected": FRAME.head(0)})
    file = lake.path("facts", "k", "rejected")
    file.write_bytes(file.read_bytes()[:left])
    fresh = Lake(lake.root)
    assert not fresh.has("facts", "k")
    assert fresh.keys("facts") == []
    assert fresh.write("facts", "k", {"facts": FRAME.head(1), "rejected": FRAME})
    assert fresh.read("facts", "k", "rejected").height == 2
    assert leftovers(lake) == []


def test_a_removed_shard_is_gone(lake: Lake):
    lake.write("facts", "k", {"facts": FRAME})
    lake.remove("facts", "k")
    lake.remove("facts", "never there")
    assert not lake.has("facts", "k")
    assert leftovers(lake) == []


def test_state_is_replaced_as_a_whole(lake: Lake):
    assert lake.read_state("seen") is None
    lake.write_state("seen", {"昆山": [1]})
    lake.write_state("seen", {"昆山": [1, 2]})
    assert lake.read_state("seen") == {"昆山": [1, 2]}
    with pytest.raises(TypeError):
        lake.write_state("seen", {"not": object()})
    assert json.loads((lake.root / "state" / "seen.json").read_text(encoding="utf-8")) == {"昆山": [1, 2]}


@pytest.mark.parametrize("content", [b"", b'{"paths', b"\xff", b"[" * 100_000])
def test_a_broken_state_is_named(content: bytes, lake: Lake):
    lake.write_state("seen", {})
    file = lake.root / "state" / "seen.json"
    file.write_bytes(content)
    with pytest.raises(BrokenStateError, match=f"{file} is broken"):
        lake.read_state("seen")


def test_raw_key_does_not_depend_on_order():
    assert raw_key(["b", "a"]) == raw_key(["a", "b"]) != raw_key(["a"])
    assert len(raw_key(["a"])) == 16


def _hold(root: Path, ready: multiprocessing.synchronize.Event) -> None:
    with Lake(root).lock("run 7"):
        ready.set()
        signal.pause()


def test_one_at_a_time_and_the_lock_dies_with_its_holder(lake: Lake):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=_hold, args=(lake.root, ready))
    holder.start()
    try:
        assert ready.wait(30)
        with pytest.raises(LakeLocked, match=f"run 7, process {holder.pid}"), lake.lock("run 8", timeout=0.1):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.join(10)
        with lake.lock("run 8", timeout=5):
            assert "run 8" in (lake.root / ".holder").read_text(encoding="utf-8")
    finally:
        holder.kill()
