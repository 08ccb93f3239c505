import pytest

from pipelines.reading.docx import read_docx
from pipelines.reading.limits import Limits
from pipelines.reading.numbering import numeral
from tests.reading.make_office import W, levels, numbered, paragraph, table, write_docx


def text(body: str, **parts: str) -> str:
    return read_docx(write_docx(body, {f"word/{name}.xml": part for name, part in parts.items()}), Limits()).text


def run(content: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def t(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>'


def test_paragraphs_are_lines_and_rows_have_tabs() -> None:
    body = paragraph("甲县") + table([["指标", "2024年"], ["总产值", "5.2"]]) + paragraph("") + paragraph("完")
    assert text(body) == "甲县\n指标\t2024年\n总产值\t5.2\n完\n"


def test_a_document_whose_main_part_has_another_name_is_found() -> None:
    relation = (
        '<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    body = f"<w:document {W}><w:body>{paragraph('甲县')}</w:body></w:document>"
    data = write_docx(paragraph("别处"), {"word/document2.xml": body, "_rels/.rels": relation})
    assert read_docx(data, Limits()).text == "甲县\n"


def test_runs_of_one_paragraph_are_one_line() -> None:
    body = f"<w:p>{run(t('总产值51'))}{run(t('2.6'), '<w:b/>')}{run('<w:tab/>' + t('亿元'))}</w:p>"
    assert text(body) == "总产值512.6 亿元\n"


@pytest.mark.parametrize(
    "wrapped",
    [
        f"<w:ins>{run(t('6.1%'))}</w:ins>",
        f"<w:moveTo>{run(t('6.1%'))}</w:moveTo>",
        f"<w:hyperlink>{run(t('6.1%'))}</w:hyperlink>",
        f"<w:sdt><w:sdtContent>{run(t('6.1%'))}</w:sdtContent></w:sdt>",
        f"<w:smartTag>{run(t('6.1%'))}</w:smartTag>",
        f"<w:fldSimple w:instr='REF a'>{run(t('6.1%'))}</w:fldSimple>",
    ],
)
def test_what_the_page_shows_is_read_whatever_is_around_it(wrapped: str) -> None:
    assert text(f"<w:p>{run(t('增长'))}{wrapped}</w:p>") == "增长6.1%\n"


@pytest.mark.parametrize(
    "unseen",
    [
        f"<w:del>{run('<w:delText>7.7%</w:delText>')}</w:del>",
        f"<w:moveFrom>{run(t('7.7%'))}</w:moveFrom>",
        run(t("7.7%"), "<w:vanish/>"),
        run("<w:instrText>PAGE 7.7%</w:instrText>"),
        f"<mc:AlternateContent xmlns:mc='m'><mc:Fallback>{run(t('7.7%'))}</mc:Fallback></mc:AlternateContent>",
    ],
)
def test_what_the_page_does_not_show_is_not_read(unseen: str) -> None:
    assert text(f"<w:p>{run(t('增长'))}{unseen}{run(t('6.1%'))}</w:p>") == "增长6.1%\n"


def test_the_words_of_a_text_box_and_of_notes_are_read_once() -> None:
    box = f"<mc:Choice xmlns:mc='m'><w:txbxContent>{paragraph('框内')}</w:txbxContent></mc:Choice>"
    notes = f"<w:footnotes {W}><w:footnote>{paragraph('注：按可比价计算。')}</w:footnote></w:footnotes>"
    assert text(f"<w:p>{run(t('前') + box + t('后'))}</w:p>", footnotes=notes) == "前后\n框内\n注：按可比价计算。\n"


def test_automatic_numbers_are_counted_level_by_level() -> None:
    numbering = levels(("chineseCountingThousand", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%1.%3"))
    items = [("工业", 0), ("钢铁", 1), ("石化", 1), ("农业", 0), ("粮食", 1), ("稻谷", 2)]
    body = "".join(numbered(words, level) for words, level in items)
    assert text(body, numbering=numbering) == "一、工业\n（一）钢铁\n（二）石化\n二、农业\n（一）粮食\n二.1 稻谷\n"


def test_styles_number_paragraphs_and_bullets_do_not() -> None:
    style = '<w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = paragraph("工业", '<w:pStyle w:val="1"/>') + paragraph("农业", '<w:pStyle w:val="1"/>')
    styles = f"<w:styles {W}>{style}</w:styles>"
    assert text(body, numbering=levels(("chineseCounting", "第%1章")), styles=styles) == "第一章 工业\n第二章 农业\n"
    assert text(body, numbering=levels(("bullet", "•")), styles=styles) == "工业\n农业\n"


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCounting", "二十一"),
        (100, "chineseCounting", "100"),
        (9, "upperRoman", "IX"),
        (27, "lowerLetter", "27"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
    ],
)
def test_numerals(number: int, form: str, shown: str) -> None:
    assert numeral(number, form) == shown


def test_merged_cells_leave_empty_ones_so_that_columns_hold() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("合计")}</w:tc><w:tc>{paragraph("9")}</w:tc>'
    below = f"<w:tc>{paragraph('')}</w:tc><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('5')}</w:tc>"
    skipped = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{paragraph("乙")}</w:tc><w:tc>{paragraph("4")}</w:tc>'
    body = f"<w:tbl><w:tr>{wide}</w:tr><w:tr>{below}</w:tr><w:tr>{skipped}</w:tr></w:tbl>"
    assert text(body) == "合计\t\t9\n\t甲\t5\n\t乙\t4\n"


def test_a_cell_of_several_paragraphs_is_one_and_a_table_that_places_a_page_is_none() -> None:
    cell = f"<w:tc>{paragraph('地区生产')}{paragraph('总值')}</w:tc><w:tc>{paragraph('512.6')}</w:tc>"
    assert text(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == "地区生产总值\t512.6\n"
    long = "全县经济稳中有进。" * 30
    assert text(table([["左", long]])) == f"左\n{long}\n"
    inner = f"<w:tc>{paragraph('甲')}</w:tc><w:tc>{table([['总产值', '5'], ['增速', '6']])}</w:tc>"
    assert text(f"<w:tbl><w:tr>{inner}</w:tr></w:tbl>") == "甲\n总产值\t5\n增速\t6\n"


def test_page_breaks_are_form_feeds_and_none_tears_a_row() -> None:
    rendered = run("<w:lastRenderedPageBreak/>" + t("增长6.1%"))
    body = (
        f"<w:p>{run(t('总产值'))}{rendered}</w:p><w:p>{run('<w:br w:type=' + chr(34) + 'page' + chr(34) + '/>')}</w:p>"
    )
    row = f"<w:tbl><w:tr><w:tc><w:p>{rendered}</w:p></w:tc><w:tc>{paragraph('5')}</w:tc></w:tr></w:tbl>"
    assert text(f"{body}{paragraph('次页')}{row}") == "总产值\f增长6.1%\n\f次页\n增长6.1%\t5\n"
