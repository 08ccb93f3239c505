"""A build that starts from the published file has the rows of one from nothing, whatever has happened meanwhile."""

import random
import shutil
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import yaml

from benchmarks.documents import document
from pipelines import patch, publication
from pipelines.flow import Flow
from pipelines.patch import Start
from pipelines.publication import publish
from pipelines.settings import Settings
from tests.conftest import write_page
from tests.pipelines.builds import assert_same, contents, worked_off
from warehouse.swap import builds_before, restore

FIX = {"id": "misprint", "document": "kept.txt", "quote": "5140.6", "action": "fix", "set": {"value": "5140.06"}}
FIX |= {"expect": {"value": "5140.6"}, "reason": "Two decimals.", "by": "tester", "date": "2026-01-31"}


@pytest.fixture(autouse=True)
def any_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of a few documents starts from the file before as well."""
    monkeypatch.setattr(patch, "LARGEST_SHARE", 1.0)


def from_nothing(settings: Settings, aside: Path) -> dict[str, pl.DataFrame]:
    """What a build of tables from nothing gives for the same documents after the same builds."""
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(settings.data, aside, copy_function=shutil.copy2)
    aside_of = {"data": aside, "corrections": settings.corrections_path, "publish": "tables"}
    other = settings.model_copy(update=aside_of)
    flow = Flow(other)
    flow.scan()
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(publication, "start", lambda _: Start())
        publish(flow)
    return contents(other.warehouse_path)


def started_from_the_file(settings: Settings) -> int:
    """How many builds have started from the file before, one after another."""
    basis = Flow(settings).published.basis()
    assert basis is not None
    return int(basis["in_a_row"])


def change(seeds: Path, chance: random.Random, number: int) -> str:
    """Do something to the folder; says what."""
    files = sorted(path for path in seeds.rglob("*.*") if path.name not in ("kept.txt", "corrections.yaml"))
    what = chance.choice(("add", "add", "change", "remove", "rename", "copy", "twice", "dispute", "refused", "correct"))
    chosen = chance.choice(files)
    match what:
        case "add":
            (seeds / document(number)[0]).write_text(document(number)[1], encoding="utf-8")
        case "change":
            chosen.write_text(chosen.read_text(encoding="utf-8").replace("增长", "下降", 1), encoding="utf-8")
        case "remove":
            chosen.unlink()
        case "rename":
            chosen.rename(chosen.with_name(f"renamed-{number}{chosen.suffix}"))
        case "copy":
            name, text = document(number)
            (seeds / name).write_text(text, encoding="utf-8")
            (seeds / f"copy-{name}").write_text(text.replace("。", "！", 1), encoding="utf-8")
        case "twice":
            shutil.copyfile(chosen, seeds / f"twice-{number}{chosen.suffix}")
        case "dispute":
            # Contradicts the page that is kept, so that a cross-check doubts both for as long as it is there.
            write_page(seeds, f"dispute-{number}.txt", product=f"{4000 + number}.9")
        case "refused":
            (seeds / f"empty-{number}.txt").write_bytes(b"")
        case "correct":
            corrections = seeds / "corrections.yaml"
            if corrections.exists():
                corrections.unlink()
            else:
                corrections.write_text(yaml.safe_dump([FIX], allow_unicode=True), encoding="utf-8")
    return what


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "form"), [(1, "tables"), (2, "tables"), (3, "tables"), (1, "views"), (2, "views")])
def test_many_changes_one_after_another(settings: Settings, tmp_path: Path, seed: int, form: str) -> None:
    settings = settings.model_copy(update={"publish": form})
    chance = random.Random(seed)
    write_page(settings.seeds, "kept.txt")
    for number in range(12):
        name, text = document(number)
        (settings.seeds / name).write_text(text, encoding="utf-8")
    publish(worked_off(settings))
    done: list[str] = []
    for step in range(5):
        done += [change(settings.seeds, chance, 100 * seed + 10 * step + turn) for turn in range(chance.randint(1, 3))]
        flow = worked_off(settings)
        expected = from_nothing(settings, tmp_path / "aside")
        before = started_from_the_file(settings)
        if publish(flow).report is None:
            continue
        assert started_from_the_file(settings) == before + 1
        assert_same(contents(settings.warehouse_path), expected, ", ".join(done))


@pytest.mark.parametrize("form", ["tables", "views"])
def test_a_doubt_goes_with_the_document_that_caused_it(settings: Settings, tmp_path: Path, form: str) -> None:
    settings = settings.model_copy(update={"publish": form})

    def statuses() -> list[tuple[Any, ...]]:
        with duckdb.connect(settings.warehouse_path, read_only=True) as connection:
            query = (
                "SELECT obs_status, doubts FROM observations WHERE indicator = 'GDP' AND measure = 'level' ORDER BY ALL"
            )
            return connection.execute(query).fetchall()

    write_page(settings.seeds, "kept.txt", product="5140.6")
    publish(worked_off(settings))
    dispute = write_page(settings.seeds, "other.txt", product="4140.6")
    publish(worked_off(settings))
    assert statuses() == [("Q", "documents_agree")] * 2
    dispute.unlink()
    flow = worked_off(settings)
    expected = from_nothing(settings, tmp_path / "aside")
    publish(flow)
    assert statuses() == [("A", None)]
    assert_same(contents(settings.warehouse_path), expected, "the doubt")
    assert started_from_the_file(settings) == 2


@pytest.mark.slow
def test_a_build_starts_from_nothing_when_the_file_is_not_what_the_last_one_wrote(settings: Settings) -> None:
    def published() -> int:
        publish(worked_off(settings))
        return started_from_the_file(settings)

    write_page(settings.seeds, "kept.txt")
    assert published() == 0
    for number in range(2):
        write_page(settings.seeds, f"new-{number}.txt", place="太仓市", product=str(1735 + number))
        assert published() == number + 1
    with duckdb.connect(settings.warehouse_path) as connection:
        # Somebody who writes into the file: the next build must not go on from that.
        connection.execute("DELETE FROM observations")
    write_page(settings.seeds, "new-2.txt", place="太仓市", product="1738")
    assert published() == 0
    restore(builds_before(settings.warehouse_path)[-1], settings.warehouse_path)
    write_page(settings.seeds, "new-3.txt", place="太仓市", product="1739")
    assert published() == 0


@pytest.mark.slow
def test_a_build_starts_from_nothing_now_and_then(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    monkeypatch.setattr(patch, "MOST_IN_A_ROW", 2)
    for number in range(5):
        write_page(settings.seeds, f"new-{number}.txt", product=str(1735 + number))
        publish(worked_off(settings))
        found.append(started_from_the_file(settings))
    assert found == [0, 1, 2, 0, 1]


def test_other_views_or_many_documents_make_a_build_start_from_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        write_page(settings.seeds, f"new-{number}.txt", product=str(1735 + number))
    publish(worked_off(settings))
    write_page(settings.seeds, "new-4.txt", product="2000")
    flow = worked_off(settings)
    assert patch.start(flow).touched is not None
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(patch, "LARGEST_SHARE", 0.2)
        assert patch.start(flow).touched is None
    monkeypatch.setattr(patch, "code_version", lambda *_: "another")
    assert patch.start(flow).touched is None
