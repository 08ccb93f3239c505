import pytest

from pipelines.cleaning.documents import clean_document, parse
from schemas.documents import BINARY, CleanDocument
from tests.cleaning.offsets import assert_every_character_leads_back

PDF = "application/pdf"


def blocks(raw: str, media_type: str) -> list[tuple[str, str]]:
    page = parse(raw, media_type)
    text = page.builder.finish()
    return [(block.kind, text[block.start : block.end]) for block in page.builder.blocks]


@pytest.mark.parametrize("media_type", BINARY)
def test_tabs_make_rows_and_empty_cells_stay(media_type: str) -> None:
    raw = "甲县\n\t2023年\t2024年\n总产值\t\t512.6\n\t\t单位：亿元\n完。\n"
    assert blocks(raw, media_type) == [
        ("paragraph", "甲县"),
        ("table_row", "\t2023年\t2024年"),
        ("table_row", "总产值\t\t512.6"),
        ("paragraph", "单位：亿元"),
        ("paragraph", "完。"),
    ]


def test_words_between_rows_divide_a_table_and_a_sentence_ends_it() -> None:
    raw = "指标\t值\n一、综合\n总产值\t5\n全县总产值增长5%。\n人口\t4\n"
    assert [kind for kind, _ in blocks(raw, PDF)] == ["table_row", "table_row", "table_row", "paragraph", "table_row"]


def test_a_page_that_ends_inside_of_a_paragraph_does_not_tear_it() -> None:
    assert blocks("总产值达到\f512.6亿元。\n\f次页", PDF) == [
        ("paragraph", "总产值达到512.6亿元。"),
        ("paragraph", "次页"),
    ]


def test_tags_in_a_binary_format_are_words() -> None:
    assert blocks("<p>甲</p><p>乙</p>", PDF) == [("paragraph", "<p>甲</p><p>乙</p>")]


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        ("指标,单位,值\n总产值,亿元,512.6", ["指标\t单位\t值", "总产值\t亿元\t512.6"]),
        ('\ufeff"指标","值"\r\n"总产值","5,126.1"\r\n', ["指标\t值", "总产值\t5,126.1"]),
        ("指标\t值\n总产值\t5,126.1\n人口\t4", ["指标\t值", "总产值\t5,126.1", "人口\t4"]),
        ("指标;值\n总产值;512,6", ["指标\t值", "总产值\t512,6"]),
        ("指标，值\n总产值，5", ["指标\t值", "总产值\t5"]),
        (",2023,2024\n总产值,4,5", ["\t2023\t2024", "总产值\t4\t5"]),
        ('指标,值\n"地区""总""产值\n（现价）",5', ["指标\t值", '地区"总"产值 （现价）\t5']),
        ('指标,值\n"未闭合,5', ["指标\t值", '"未闭合\t5']),
    ],
)
def test_records_of_csv_are_rows(raw: str, rows: list[str]) -> None:
    assert blocks(raw, "text/csv") == [("table_row", row) for row in rows]


@pytest.mark.parametrize(
    "raw", ['指标,值\n"总产值","5,126.1"\n\n,,注\n', '"' * 99 + ",5\n", "甲\t\t5\n\f乙\t6\n丙\f丁", "\n", ","]
)
@pytest.mark.parametrize("media_type", ["text/csv", PDF])
def test_every_character_of_a_row_leads_back(raw: str, media_type: str) -> None:
    if isinstance(clean_document(raw, media_type=media_type), CleanDocument):
        assert_every_character_leads_back(raw, media_type)


def test_many_quotes_take_linear_time() -> None:
    assert len(blocks('"甲,' * 50_000, "text/csv")) == 1


def test_columns_set_under_each_other_with_spaces_are_rows() -> None:
    rows = ("产品      单位    2021年   比上年±%", "  面粉    万吨    6.4      3.1", "白酒　　千升　　820　　　-2.5")
    raw = "\n".join(("主要产品", *rows, "全年完成工业投资8亿元。"))
    assert blocks(raw, "text/plain") == [
        ("paragraph", "主要产品"),
        ("table_row", "产品\t单位\t2021年\t比上年±%"),
        ("table_row", "面粉\t万吨\t6.4\t3.1"),
        ("table_row", "白酒\t千升\t820\t-2.5"),
        ("paragraph", "全年完成工业投资8亿元。"),
    ]


def test_lines_with_gaps_that_are_no_table_stay_lines() -> None:
    raw = "发布机构：县办    日期：2021-03-02    字号：大\n主办：县办    电话：0101    备案：无\n"
    assert {kind for kind, _ in blocks(raw, "text/plain")} == {"paragraph"}
