"""Plans and programmes beyond single rows: the registry's own examples, parents, and the numbers in the ledger.

Here: what the case files (`plan_items.json`, `programmes.json`) cannot say. Not here: single sentences.
"""

import polars as pl
import pytest

from pipelines.cleaning import clean
from pipelines.extraction import Facts, read_facts
from pipelines.extraction.document import Document
from pipelines.extraction.plan_items import read_plan_items
from pipelines.extraction.plan_items.numbering import read_number
from pipelines.extraction.plan_items.outline import ASIDE, HEADING
from pipelines.extraction.plan_items.titles import level_of
from pipelines.extraction.programmes import read_programmes
from pipelines.extraction.programmes.names import find_names
from pipelines.extraction.programmes.vocabulary import nouns, shapes
from schemas.registry import load_registry
from schemas.tables import TABLES
from tests.growth import cpu_seconds

REGISTRY = load_registry()
PLAN = """湖东县文旅融合发展实施方案
到2027年，建成全国知名湖区。
一、做活全域旅游
1.打造精品线路。实施“点亮湖东”工程。
2.丰富夜间业态。
二、保障措施
1.落实资金。
本方案明确3项重点任务。"""


@pytest.mark.parametrize("row", REGISTRY.table("plan_numbering"), ids=lambda row: row["name"])
def test_a_style_of_numbering_reads_its_example(row: dict[str, str]) -> None:
    read = read_number(row["reads"], 0, len(row["reads"]))
    assert read is not None
    assert read.style == row["name"]
    other = read_number(row["leaves"], 0, len(row["leaves"]))
    assert other is None or other.style != row["name"]


@pytest.mark.parametrize("row", REGISTRY.table("plan_levels"), ids=lambda row: row["level"])
def test_a_level_reads_its_example(row: dict[str, str]) -> None:
    assert level_of(row["reads"]) == row["level"]
    assert level_of(row["leaves"]) != row["level"]


@pytest.mark.parametrize("row", REGISTRY.table("programme_shapes"), ids=lambda row: row["name"])
def test_a_shape_reads_its_example(row: dict[str, str]) -> None:
    shape = next(shape for shape in shapes() if shape.name == row["name"])
    assert shape.pattern.search(row["reads"])
    assert all(word in row["reads"] for word in shape.holds)
    assert find_names(row["reads"], in_plan=False)
    assert not find_names(row["leaves"], in_plan=False)


def test_words_of_programmes_are_of_known_kinds() -> None:
    assert {noun.kind for noun in nouns().values()} == {"scheme", "layout", "zone", "brand", "part"}
    domain = TABLES["programmes"].column("domain").domain
    assert {row["domain"] for row in REGISTRY.table("programme_domains")} < set(domain or ())
    assert {row["level"] for row in REGISTRY.table("plan_levels")} - {ASIDE, HEADING} < set(
        TABLES["plan_items"].column("level").domain or ()
    )


def _dispositions(facts: Facts) -> dict[int, tuple[str, str | None]]:
    return {row["raw_start"]: (row["disposition"], row["fact_id"]) for row in facts.number_ledger}


def test_an_item_knows_the_row_above_it() -> None:
    items = {row["title"]: row for row in read_facts(PLAN).plan_items}
    tasks = items["做活全域旅游"]
    assert items["打造精品线路"]["parent_id"] == tasks["item_id"]
    assert tasks["parent_id"] is None
    assert not {"保障措施", "落实资金"} & items.keys()


def test_what_stands_below_a_heading_that_is_no_item_stands_below_what_that_stands_below() -> None:
    text = "湖东县旅游方案\n第一章 做活旅游\n第一节 主要任务\n1.打造精品线路。\n2.丰富夜间业态。"
    items = {row["title"]: row for row in read_facts(text).plan_items}
    assert items["丰富夜间业态"]["parent_id"] == items["做活旅游"]["item_id"]
    assert "主要任务" not in items


def test_quotes_are_the_words_of_the_text() -> None:
    facts = read_facts(PLAN)
    for row in [*facts.plan_items, *facts.programmes]:
        assert PLAN[row["raw_start"] : row["raw_end"]] == row["quote"]
        assert row["quote"] in PLAN


def test_numbers_of_a_plan_belong_to_their_items() -> None:
    facts = read_facts(PLAN)
    items = {row["title"]: row["item_id"] for row in facts.plan_items}
    found = _dispositions(facts)
    assert found[PLAN.index("一、")] == ("plan", items["做活全域旅游"])
    assert found[PLAN.index("2.丰富")] == ("plan", items["丰富夜间业态"])


def test_numbers_of_programmes_belong_to_them_every_time() -> None:
    text = "我市实施“五大行动”。“五大行动”进展顺利，两环四连八射路网成形。"
    facts = read_facts(text)
    ids = {row["name"]: row["programme_id"] for row in facts.programmes}
    found = _dispositions(facts)
    for position in (text.index("五"), text.rindex("五")):
        assert found[position] == ("programme", ids["五大行动"])
    for numeral in "两四八":
        assert found[text.index(numeral)] == ("programme", ids["两环四连八射"])


def test_what_a_plan_counts_is_told_by_its_items() -> None:
    text = "湖东县养老服务实施方案\n明确2项重点任务。\n1.建设社区食堂。\n2.改造敬老院。"
    programme = read_facts(text).programmes[0]
    assert programme["name"] == "2项重点任务"
    assert programme["members"] == ["建设社区食堂", "改造敬老院"]
    assert programme["member_count"] == 2


REPEATED = (
    "“一核",
    "实施、",
    "第一、",
    "2+",
    "（一）",
    "《方案》",
    "“五大行动”、",
    "昆山示范区、",
    "1.建\n",
    "A、B等五项任务",
)


@pytest.mark.parametrize("unit", REPEATED)
def test_time_grows_with_the_length(unit: str) -> None:
    """A line of one repeated piece makes a careless pattern look at every pair of positions: minutes, not a second."""
    text = "湖东县建设方案\n" + unit * (20_000 // len(unit))
    page = {"doc_id": "0" * 64, "file_name": "", "source_path": "", "media_type": "text/plain", "raw_text": text}
    document = Document(clean(pl.DataFrame([page]))["clean_documents"].to_dicts()[0])
    sentences = list(document.sentences())
    assert cpu_seconds(lambda: read_programmes(document, sentences, read_plan_items(document, sentences))) < 5
