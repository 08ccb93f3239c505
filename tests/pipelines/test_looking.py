"""`xianzhi show` and `xianzhi explain` on documents that are read for it, in the process of the test."""

import json
import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.launch import run_refresh
from pipelines.settings import Settings
from schemas.meanings import MEANINGS
from schemas.tables.observations import OBSERVATIONS
from tests.conftest import write_page

CORRECTION = """
- id: told-otherwise
  document: b.txt
  quote: 一般公共预算收入430.1亿元
  action: fix
  set: {value: "431"}
  expect: {value: "430.1"}
  reason: The office printed a correction.
  by: a reader
  date: 2026-11-29
"""


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two pages that disagree about one figure, a refused number, an unknown one, and a correction."""
    root = tmp_path_factory.mktemp("looking")
    settings = Settings(seeds=root / "seeds", data=root / "data")
    settings.seeds.mkdir()
    write_page(settings.seeds, "a.txt")
    page = write_page(settings.seeds, "b.txt", product="5160.2")
    page.write_text(page.read_text("utf-8") + "还有7个。\x07年末城镇化率174.2%。\n", encoding="utf-8")
    (settings.seeds / "corrections.yaml").write_text(CORRECTION, encoding="utf-8")
    record = run_refresh(settings)
    assert record.success, record.error
    return settings


@pytest.fixture
def warehouse(looked_at: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in looked_at.to_environment().items():
        monkeypatch.setenv(name, value)
    return looked_at.warehouse_path


def xianzhi(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def one(warehouse: Path, condition: str) -> str:
    """Id of the one observation that a condition finds."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        [(found,)] = connection.execute(f"SELECT observation_id FROM observations WHERE {condition}").fetchall()
    return str(found)


def test_show_marks_the_words_of_each_fact_and_names_it(warehouse: Path) -> None:
    told = xianzhi("show", "a.txt")
    assert told.exit_code == 0
    product = one(warehouse, "value = 5140.6")
    [(words, number)] = re.findall(r"⟦([^⟦⟧]*5140\.6亿元)⟧\[(\d+)\]", told.stdout)[:1]
    assert words.endswith("地区生产总值5140.6亿元")
    assert f"[{number}] {product[:8]}  昆山市 · 地区生产总值 · 5140.6 亿元 · 2023" in told.stdout
    assert "\x1b" not in told.stdout


def test_show_marks_what_became_no_fact(warehouse: Path) -> None:
    told = xianzhi("show", "b.txt").stdout
    assert "⟦7⟧[?]" in told
    assert "⟦174.2⟧[!]" in told
    assert "1 numbers that nothing understood [?]; 1 whose fact was refused [!]" in told
    # The text as it came, but nothing that a terminal would obey.
    assert "\x07" not in told


def test_show_leaves_out_lines_without_facts(warehouse: Path) -> None:
    line = "发布时间：2024-02-18"
    assert line in xianzhi("show", "a.txt").stdout
    assert line not in xianzhi("show", "a.txt", "--brief").stdout


def test_show_gives_json_whose_offsets_are_those_of_the_text(warehouse: Path) -> None:
    found = json.loads(xianzhi("show", "a.txt", "--json").stdout)
    text = found["document"]["raw_text"]
    assert len(found["facts"]) >= 3
    assert all(text[fact["raw_start"] : fact["raw_end"]] == fact["quote"] for fact in found["facts"])


def test_show_writes_one_file_with_every_fact_and_number_and_no_way_out(warehouse: Path, tmp_path: Path) -> None:
    target = tmp_path / "evidence.html"
    told = xianzhi("show", "b.txt", "--html", str(target))
    assert told.exit_code == 0
    assert str(target) in told.stdout.replace("\n", "")
    page = target.read_text("utf-8")
    found = json.loads(xianzhi("show", "b.txt", "--json").stdout)
    for fact in found["facts"]:
        fact_id = next(value for name, value in fact.items() if name.endswith("_id") and name != "doc_id")
        assert f'id="{fact_id}"' in page
        assert re.search(rf'data-facts="[^"]*{fact_id}', page)
    doc_id = found["document"]["doc_id"]
    with duckdb.connect(warehouse, read_only=True) as connection:
        numbers = connection.execute("SELECT raw_start FROM number_ledger WHERE doc_id = ?", [doc_id]).fetchall()
    assert len(numbers) > 8
    assert all(f'href="#n{start}">{start}</a>' in page for (start,) in numbers)
    # Nothing is loaded, and links lead only to what is on the page.
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', page) == []
    assert "@import" not in page
    assert "url(" not in page


def test_show_says_why_a_file_cannot_be_written(warehouse: Path, tmp_path: Path) -> None:
    told = xianzhi("show", "b.txt", "--html", str(tmp_path / "nowhere" / "evidence.html"))
    assert told.exit_code == 1
    assert "cannot be written to: No such file or directory" in told.stderr.replace("\n", " ")


def test_a_document_is_found_by_the_beginning_of_its_id(warehouse: Path) -> None:
    doc_id = json.loads(xianzhi("show", "a.txt", "--json").stdout)["document"]["doc_id"]
    assert xianzhi("show", doc_id[:6]).stdout == xianzhi("show", "a.txt").stdout


@pytest.mark.parametrize(
    ("command", "wanted", "words"),
    [
        ("show", "c.txt", "No document is called c.txt. `xianzhi sql"),
        ("show", ".txt", "2 documents fit .txt; name one of them by its id:"),
        ("explain", "xyz", "xyz is no id of a fact: an id is made of 0-9 and a-f"),
        ("explain", "00000000deadbeef", "No fact has an id that begins with 00000000deadbeef. `xianzhi show"),
    ],
)
def test_what_is_not_found_says_what_to_do(command: str, wanted: str, words: str, warehouse: Path) -> None:
    told = xianzhi(command, wanted)
    assert told.exit_code == 1
    assert told.stdout == ""
    assert words in told.stderr.replace("\n", " ")


def test_a_refused_fact_says_why(warehouse: Path) -> None:
    with duckdb.connect(warehouse, read_only=True) as connection:
        [(record,)] = connection.execute("SELECT record FROM quality.rejected WHERE stage = 'validation'").fetchall()
    told = xianzhi("explain", json.loads(record)["observation_id"])
    assert told.exit_code == 1
    assert "was refused by hard_range" in told.stderr.replace("\n", " ")


def test_explain_tells_each_decision_with_its_ground(warehouse: Path) -> None:
    told = xianzhi("explain", one(warehouse, "value = 5160.2")[:8])
    assert told.exit_code == 0
    flat = " ".join(told.stdout.split())
    assert "b.txt, characters" in flat
    assert "rule noun-before: a number behind what it counts" in flat
    assert re.search(r"place +昆山市 \(320583\) +named: named in the", told.stdout)
    assert re.search(r"period +2023 +explicit: stated in the", told.stdout)
    assert "1 亿元 is 100000000 CNY" in flat
    assert "the sentence says 地区生产总值" in told.stdout.replace("\n", "")
    # The other page says something else, and both are told to look at each other.
    assert "5140.6亿元 in a.txt" in told.stdout


def test_explain_tells_who_corrected_a_fact(warehouse: Path) -> None:
    told = xianzhi("explain", one(warehouse, "correction IS NOT NULL"))
    assert "told-otherwise (a reader, 2026-11-29): fix" in told.stdout
    assert "The office printed a correction." in told.stdout.replace("\n", " ")


def test_explain_gives_json(warehouse: Path) -> None:
    found = json.loads(xianzhi("explain", one(warehouse, "value = 5160.2"), "--json").stdout)
    assert found["words"]["quote"] == found["fact"]["quote"]
    assert {decision["what"] for decision in found["decisions"]} >= {"place", "indicator", "period", "bound", "nature"}
    assert found["conflicts"][0]["source_path"] == "a.txt"


def test_an_id_that_several_facts_share_lists_them(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Sixteen facts would be needed for two ids that are sure to begin alike.
    monkeypatch.setattr("pipelines.fact_lookup.SHORTEST_PREFIX", 0)
    told = xianzhi("explain", "")
    assert told.exit_code == 1
    assert "type more of it" in told.stderr
    assert "亿元" in told.stderr


def test_each_closed_word_has_a_meaning() -> None:
    for column in OBSERVATIONS.columns:
        if column.name in MEANINGS:
            assert tuple(MEANINGS[column.name]) == column.domain
