import re

import pytest

from pipelines.cleaning import clean_document
from pipelines.cleaning.furniture import Furniture, furniture, match, match_parts, region_of
from pipelines.cleaning.labels import statements
from schemas.documents import CleanDocument
from schemas.registry import load_registry

LINES = [row for row in furniture() if row.where != "element"]
ELEMENTS = [row for row in furniture() if row.where == "element"]
PLACES = {"line", "head", "tail", "edge", "beside", "element"}
FIELDS = {
    *("published", "updated", "written", "snapshot", "publisher", "author", "credit", "counter", "display", "url"),
    *("title", "issuer", "other"),
}


def name(row: Furniture) -> str:
    return row.name


@pytest.mark.parametrize("row", furniture(), ids=name)
def test_each_row_reads_its_example_and_leaves_the_other(row: Furniture) -> None:
    assert row.pattern.fullmatch(row.reads)
    assert not row.pattern.fullmatch(row.leaves)
    assert row.where in PLACES
    assert all(word and re.escape(word).replace("\\", "") == word for word in row.words)
    assert not row.pattern.groups, "use (?:…), for groups cost time"


@pytest.mark.parametrize("row", LINES, ids=name)
def test_each_row_is_found_by_its_words_and_by_no_other_row_before_it(row: Furniture) -> None:
    assert match(row.reads, (row.where,)) == row


@pytest.mark.parametrize("row", LINES, ids=name)
def test_no_row_reads_what_any_row_must_leave_alone(row: Furniture) -> None:
    assert match(row.leaves, (row.where,)) is None


@pytest.mark.parametrize("row", ELEMENTS, ids=name)
def test_names_of_elements_say_what_part_of_the_page_they_are(row: Furniture) -> None:
    assert region_of(f"x {row.reads.upper()} y") == ("related" if row.kind == "related" else "boilerplate")
    assert region_of(row.leaves) is None


def test_rows_for_anywhere_have_words_because_every_line_of_a_text_is_asked() -> None:
    assert [row.name for row in LINES if row.where == "line" and not row.words] == []


@pytest.mark.parametrize("row", [row for row in LINES if row.where == "line"], ids=name)
def test_what_must_be_left_alone_stays_in_the_body_of_a_page(row: Furniture) -> None:
    prose = "全县上下攻坚克难，地区生产总值完成512.6亿元，同比增长6.1%，主要指标好于预期。"
    document = clean_document(f"某县概况\n{prose}\n{row.leaves}\n{prose}")
    assert isinstance(document, CleanDocument)
    assert [block.section for block in document.blocks] == ["body"] * 4


@pytest.mark.parametrize(
    ("line", "row_name"),
    [
        ("分享到： 微信 微博 QQ空间 【打印本页】【关闭窗口】", "share-bar"),
        ("下载 打印 收藏 【字号:大 中 小】", "page-tools"),
        ("订阅本栏目 | 手机版 | 设为首页 | RSS", "subscription"),
        ("微信 微博", None),
        ("打印 全县粮食产量12万吨", None),
        ("打印本页", None),
    ],
)
def test_a_line_of_nothing_but_furniture_is_furniture(line: str, row_name: str | None) -> None:
    row = match_parts(line, ("edge", "head", "line"))
    assert (row.name if row else None) == row_name


def test_labels_have_known_fields_and_stand_once_for_each_place() -> None:
    rows = load_registry().table("page_labels")
    assert {row["field"] for row in rows} <= FIELDS
    assert {row["where"] for row in rows} == {"line", "edge"}
    labels = [row["label"] for row in rows]
    assert len(set(labels)) == len(labels)
    for row in rows:
        value = "2024-05-06" if row["field"] in ("published", "updated") else "某某"
        found = statements(f"{row['label']}：{value}", 0, edge=row["where"] == "edge")
        assert [(s.field, s.value) for s in found] == [(row["field"], value)], row


@pytest.mark.parametrize("row", load_registry().table("look_alikes"), ids=lambda row: row["name"])
def test_each_look_alike_is_as_long_as_what_it_stands_for_and_shows_both_examples(row: dict[str, str]) -> None:
    assert len(row["found"]) == len(row["meant"])
    assert re.search(row["pattern"], row["reads"])
    assert row["found"] in row["reads"]
    assert not re.search(row["pattern"], row["leaves"])
    assert row["found"] in row["leaves"]
    document = clean_document(row["reads"])
    assert isinstance(document, CleanDocument)
    assert document.clean_text == row["reads"].replace(row["found"], row["meant"])
    assert document.repairs == {"restore_look_alikes": 1}
