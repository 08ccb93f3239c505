"""A site takes the place of the one before as a whole, and a failure leaves the old one."""

import threading
from pathlib import Path

import pytest

from pipelines.atlas import site
from pipelines.atlas.site import replacing


def write(target: Path, words: str) -> None:
    with replacing(target) as folder:
        for name in ("one", "two"):
            (folder / name).write_text(words, encoding="utf-8")


def read(target: Path) -> set[str]:
    return {path.read_text(encoding="utf-8") for path in target.iterdir()}


@pytest.mark.parametrize("in_one_step", [True, False])
def test_the_new_site_takes_the_place_of_the_old(
    in_one_step: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not in_one_step:
        monkeypatch.setattr(site.platform, "system", lambda: "another")
    target = tmp_path / "data" / "atlas"
    write(target, "old")
    write(target, "new")
    assert read(target) == {"new"}
    assert sorted(path.name for path in target.parent.iterdir()) == ["atlas", "atlas.lock"]


def test_a_failure_leaves_the_old_site_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "atlas"
    write(target, "old")

    def fail() -> None:
        with replacing(target) as folder:
            (folder / "one").write_text("half", encoding="utf-8")
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="full"):
        fail()
    assert read(target) == {"old"}
    assert not (tmp_path / "atlas.next").exists()


@pytest.mark.parametrize("name", ["atlas", "atlas.next", "atlas.old"])
def test_a_file_in_the_way_stays_and_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("somebody's", encoding="utf-8")
    with pytest.raises(NotADirectoryError, match=rf"/{name} is a file where the site wants a folder"):
        write(tmp_path / "atlas", "new")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "somebody's"


def test_what_a_crash_left_is_cleared_and_the_old_site_found_again(tmp_path: Path) -> None:
    target = tmp_path / "atlas"
    write(target, "old")
    target.rename(tmp_path / "atlas.old")
    (tmp_path / "atlas.next").mkdir()
    with replacing(target):
        assert read(target) == {"old"}


@pytest.mark.skipif(site.platform.system() != "Linux", reason="only there two folders change names in one step")
def test_a_reader_always_finds_a_whole_site(tmp_path: Path) -> None:
    target = tmp_path / "atlas"
    write(target, "0")
    missing: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            for name in ("one", "two"):
                if not (target / name).exists():
                    missing.append(name)

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(200):
        write(target, str(number))
    done.set()
    reader.join()
    assert missing == []
