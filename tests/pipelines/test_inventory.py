import os
from pathlib import Path

import pytest

from pipelines.flow import Flow
from pipelines.inventory import Changes, Inventory, SeedsError, is_document
from pipelines.lake import BrokenStateError, Lake
from pipelines.settings import Settings


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def put(seeds: Path, name: str, text: str) -> Path:
    path = seeds / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def listed(inventory: Inventory) -> list[str]:
    return sorted(path for paths in inventory.paths.values() for path in paths)


@pytest.mark.parametrize("name", ["昆山.txt", "notes.html", "README.txt", "无后缀"])
def test_documents(name: str):
    assert is_document(name)


@pytest.mark.parametrize(
    "name",
    ["README.md", "readme.md", "corrections.yaml", ".hidden.txt", ".DS_Store", "~$a.docx", "a.txt~", "a.swp", "a.part"],
)
def test_no_documents(name: str):
    assert not is_document(name)


def test_sub_folders_are_read_and_hidden_ones_are_not(seeds: Path):
    put(seeds, "a.txt", "1")
    put(seeds, "江苏/苏州/b.txt", "2")
    put(seeds, ".git/c.txt", "3")
    assert listed(Inventory.scan(seeds)) == ["a.txt", "江苏/苏州/b.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("昆山 2023　年报😀.txt", "昆山 2023　年报😀.txt"),
        # A terminal would change its colours, begin a new line, or show fdp.txt.
        ("a\x1b[31m.txt", "a\\x1b[31m.txt"),
        ("a\nb.txt", "a\\nb.txt"),
        ("a\u202etxt.pdf", "a\\u202etxt.pdf"),
    ],
)
def test_names_are_shown_and_not_obeyed(seeds: Path, name: str, shown: str):
    put(seeds, name, "1")
    inventory = Inventory.scan(seeds)
    assert listed(inventory) == [shown]
    assert [Path(file).read_text(encoding="utf-8") for file in inventory.files.values()] == ["1"]


def test_same_bytes_at_two_paths_are_one_document(seeds: Path):
    put(seeds, "b/copy.txt", "same")
    put(seeds, "a/first.txt", "same")
    inventory = Inventory.scan(seeds)
    assert list(inventory.paths.values()) == [("a/first.txt", "b/copy.txt")]
    assert [Path(file).name for file in inventory.files.values()] == ["first.txt"]


def test_links_that_leave_the_folder_are_not_followed(seeds: Path, tmp_path: Path):
    secret = put(tmp_path, "outside/secret.txt", "secret")
    inside = put(seeds, "a.txt", "1")
    (seeds / "out.txt").symlink_to(secret)
    (seeds / "folder").symlink_to(secret.parent)
    (seeds / "broken.txt").symlink_to(seeds / "nowhere.txt")
    (seeds / "again.txt").symlink_to(inside)
    assert listed(Inventory.scan(seeds)) == ["a.txt", "again.txt"]


def test_pipes_are_not_opened(seeds: Path):
    os.mkfifo(seeds / "pipe.txt")
    assert Inventory.scan(seeds).paths == {}


def test_names_that_are_not_utf8_are_readable(seeds: Path):
    name = os.fsencode(seeds) + b"/" + "昆山.txt".encode("gb18030")
    with open(name, "wb") as stream:
        stream.write(b"1")
    inventory = Inventory.scan(seeds)
    assert listed(inventory) == ["昆山.txt"]
    assert Path(next(iter(inventory.files.values()))).read_bytes() == b"1"


def test_a_missing_folder_says_what_to_do(tmp_path: Path):
    with pytest.raises(SeedsError, match="XIANZHI_SEEDS"):
        Inventory.scan(tmp_path / "nowhere")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_opened_is_told(seeds: Path):
    put(seeds, "locked.txt", "1").chmod(0)
    assert Inventory.scan(seeds).unreadable == (("locked.txt", "Permission denied"),)


def test_what_changed(seeds: Path):
    for name in ("kept", "edited", "gone", "moved"):
        put(seeds, f"{name}.txt", name)
    before = Inventory.scan(seeds)
    put(seeds, "edited.txt", "edited again")
    put(seeds, "new.txt", "new")
    put(seeds, "copy.txt", "kept")
    (seeds / "gone.txt").unlink()
    (seeds / "moved.txt").rename(seeds / "elsewhere.txt")
    changes = Inventory.scan(seeds).since(before)
    assert changes == Changes(
        new=("new.txt",),
        changed=("edited.txt",),
        renamed=("copy.txt", "elsewhere.txt"),
        removed=("gone.txt",),
        unchanged=("kept.txt",),
    )
    assert changes.describe() == "1 new, 1 changed, 2 renamed, 1 removed, 1 unchanged"


def test_nothing_changed(seeds: Path):
    put(seeds, "a.txt", "1")
    inventory = Inventory.scan(seeds)
    assert not inventory.since(inventory)
    assert Inventory().since(Inventory()).describe() == "no documents"


def test_fingerprint_is_of_content_and_path_not_of_time(seeds: Path):
    path = put(seeds, "a.txt", "1")
    first = Inventory.scan(seeds).fingerprint
    os.utime(path, (0, 0))
    assert Inventory.scan(seeds).fingerprint == first
    path.rename(seeds / "b.txt")
    renamed = Inventory.scan(seeds).fingerprint
    assert renamed != first
    put(seeds, "b.txt", "2")
    assert Inventory.scan(seeds).fingerprint not in (first, renamed)


def test_an_inventory_survives_the_lake(seeds: Path, tmp_path: Path):
    put(seeds, "昆山.txt", "1")
    lake = Lake(tmp_path / "lake")
    inventory = Inventory.scan(seeds)
    inventory.save(lake, "seen")
    assert Inventory.load(lake, "seen") == inventory
    assert Inventory.load(lake, "never saved") == Inventory()


@pytest.mark.parametrize("saved", [[], 3, {}, {"paths": 3}, {"paths": {"a": 3}}, {"paths": {}, "unreadable": ["a"]}])
def test_a_record_that_is_no_inventory_is_named(saved: object, tmp_path: Path):
    lake = Lake(tmp_path / "lake")
    lake.write_state("seen", saved)
    with pytest.raises(BrokenStateError, match=r"seen\.json is broken"):
        Inventory.load(lake, "seen")


def test_a_file_name_that_is_no_text_is_read_like_any_other(settings: Settings) -> None:
    name = os.fsencode(settings.seeds) + b"/" + "某市.txt".encode("gb18030")
    with open(name, "wb") as stream:
        stream.write("某市2024年地区生产总值100亿元。".encode("gb18030"))
    flow = Flow(settings)
    flow.read(Flow.now())
    rows = flow.rows("raw_documents")
    assert rows is not None
    assert "某市.txt" in rows.collect()["source_path"].to_list()
