import pytest

from pipelines.cleaning import clean_document
from schemas.documents import CleanDocument

PROSE = (
    "全县上下攻坚克难，地区生产总值完成512.6亿元，同比增长6.1%，"
    "粮食总产量达到14.2万吨，城乡居民收入稳步提高，主要指标好于预期。"
)


def kinds(*lines: str) -> list[str]:
    document = clean_document("\n".join(("某县概况", PROSE, *lines, PROSE)))
    assert isinstance(document, CleanDocument)
    return [block.kind for block in document.blocks[2:-1]]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("一、综合", "heading"),
        ("（二）工业经济量质齐升，支撑作用增强。", "heading"),
        ("第三章 主要任务", "heading"),
        ("附件2", "heading"),
        ("先看家底", "heading"),
        ("强县强在何处？", "heading"),
        ("（三）全年粮食总产量14.2万吨，增长1.3%。其中夏粮增长2.0%，秋粮增长1.1%，单产连续五年提高。", "paragraph"),
        ("一是全力稳增长。全年实现增加值120亿元。", "paragraph"),
        ("3. 建设产业园区，力争产值突破100亿元。", "list_item"),
        ("（1）加强领导", "list_item"),
        ("3.5亿元投资落地", "heading"),
        ("2024年，全县新增企业120家。", "paragraph"),
        ("全年新增企业120家，", "paragraph"),
    ],
)
def test_lines_of_plain_text_have_a_kind_by_their_form_and_neighbours(line: str, kind: str) -> None:
    assert kinds(line) == [kind]


def test_a_number_in_a_line_of_its_own_and_what_it_numbers() -> None:
    assert kinds("01", "做强产业", "1. 任务一") == ["heading", "heading", "list_item"]


def test_cells_of_a_table_are_no_headings() -> None:
    assert kinds("指标", "单位", "512.6", "亿元") == ["paragraph"] * 4
