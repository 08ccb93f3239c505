"""A clean document of each format through the main job: its facts have the right values, and their words are there."""

import os
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.launch import run_refresh
from pipelines.settings import PROJECT_ROOT, Settings
from tests.reading.make_office import levels, numbered, paragraph, table, write_docx, write_xlsx
from tests.reading.make_pdf import Sheet, write_pdf

TITLE = "云和县2024年国民经济和社会发展统计公报"
SENTENCE = "2024年，全县实现地区生产总值112.6亿元，比上年增长6.1%。城镇居民人均可支配收入达到56120元。"
ROWS = [
    ["指标", "单位", "2024年", "比上年增长（%）"],
    ["一般公共预算收入", "亿元", "14.25", "4.2"],
    ["社会消费品零售总额", "亿元", "38.64", "5.7"],
]
STATED = {
    ("GDP", "level", "112.6"),
    ("GDP", "growth", "6.1"),
    ("URBAN_INCOME", "level", "56120"),
}
TABLED = {
    ("GENERAL_BUDGET_REVENUE", "level", "14.25"),
    ("GENERAL_BUDGET_REVENUE", "growth", "4.2"),
    ("RETAIL_SALES", "level", "38.64"),
    ("RETAIL_SALES", "growth", "5.7"),
}


def pdf() -> bytes:
    """A title, a paragraph over the end of a page, and a table with rules."""
    first = Sheet([(150, 780, TITLE), (96, 740, SENTENCE[:35]), (290, 40, "— 1 —")])
    at = [(80 + 120 * x, 685 - 20 * y, cell) for y, row in enumerate(ROWS) for x, cell in enumerate(row)]
    rules = [(72, y, 552, y) for y in (700, 680, 660, 640)] + [(x, 640, x, 700) for x in (72, 192, 312, 432, 552)]
    return write_pdf([first, Sheet([(72, 780, SENTENCE[35:]), *at, (290, 40, "— 2 —")], rules)])


def mail(page: str) -> bytes:
    message = EmailMessage()
    message.set_content("请用支持网页的程序打开。")
    message.add_alternative(page, subtype="html", charset="gb18030", cte="base64")
    return message.as_bytes()


def page() -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<html><body><h1>{TITLE}</h1><p>{SENTENCE}</p><table>{rows}</table></body></html>"


def numbers(rows: list[list[str]]) -> list[list[object]]:
    """The rows with numbers as numbers, growth as a share that its format shows as per cent."""
    return [[float(cell) if cell[0].isdigit() and "年" not in cell else cell for cell in row] for row in rows]


FILES = {
    "公报.pdf": pdf(),
    "公报.docx": write_docx(
        paragraph(TITLE) + numbered("综合") + paragraph(SENTENCE) + table(ROWS),
        {"word/numbering.xml": levels(("chineseCounting", "%1、"))},
    ),
    "指标.xlsx": write_xlsx({"主要指标": [[TITLE], *numbers(ROWS)]}),
    "指标.csv": "\r\n".join([TITLE, *(",".join(f'"{cell}"' for cell in row) for row in ROWS)]).encode("gb18030"),
    "公报.eml": mail(page()),
    "网页.doc": page().replace("<html>", "<html lang='zh'>").encode(),
    "改名.txt": write_docx(paragraph(TITLE) + paragraph(SENTENCE) + table(ROWS)),
}
SENTENCES = {name for name in FILES if not name.startswith("指标")}
REFUSED = {
    "扫描.pdf": (write_pdf([Sheet(rules=[(72, 72, 500, 700)])]), "no_text_layer"),
    "旧.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old_format"),
    "炸弹.docx": (write_docx(paragraph(SENTENCE), {"word/a.bin": bytes(3_000_000)}), "archive_expands"),
    "破.xlsx": (write_xlsx({"a": [[1]]})[:-99], "damaged_file"),
}
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    base = tmp_path_factory.mktemp("formats")
    settings = Settings(seeds=base / "seeds", data=base / "data")
    settings.seeds.mkdir()
    for name, content in FILES.items() | {name: content for name, (content, _) in REFUSED.items()}.items():
        Path(settings.seeds, name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (os.environ | settings.prepare_dagster_home()).items():
            patch.setenv(name, value)
        record = run_refresh(settings)
    assert record.success, f"{record.failed_step}: {record.error}"
    with duckdb.connect(settings.warehouse_path, read_only=True) as connection:
        yield {
            name.split(".")[-1]: connection.sql(f"FROM {name}").pl().to_dicts()
            for name in ("documents", "document_texts", "observations", "quality.rejected")
        }


def of(tables: Tables, table: str, name: str) -> list[dict[str, Any]]:
    doc_id = next(row["doc_id"] for row in tables["documents"] if row["file_name"] == name)
    return [row for row in tables[table] if row["doc_id"] == doc_id]


@pytest.mark.parametrize("name", FILES)
def test_the_facts_of_each_format_have_their_values(name: str, tables: Tables) -> None:
    found = {
        (row["indicator"], row["measure"], f"{row['value'].normalize():f}") for row in of(tables, "observations", name)
    }
    assert found == (STATED | TABLED if name in SENTENCES else TABLED)


@pytest.mark.parametrize("name", FILES)
def test_the_words_of_each_fact_stand_in_the_text_that_the_reader_made(name: str, tables: Tables) -> None:
    (text,) = of(tables, "document_texts", name)
    rows = of(tables, "observations", name)
    assert rows
    for row in rows:
        assert text["raw_text"][row["raw_start"] : row["raw_end"]] == row["quote"]
        assert row["time_period"] == "2024"
        assert row["ref_area_name"] == "云和县"


def test_each_document_says_what_it_is_and_who_read_it(tables: Tables) -> None:
    readers = {
        row["file_name"]: of(tables, "document_texts", row["file_name"])[0]["reader"] for row in tables["documents"]
    }
    assert readers["公报.docx"] == readers["改名.txt"] == "docx/1"
    assert readers["公报.pdf"].startswith("pdf/1 pypdfium2/")
    assert readers["指标.xlsx"].startswith("xlsx/1 openpyxl/")
    assert (readers["网页.doc"], readers["指标.csv"]) == ("text/1", "csv/1")
    media = {row["file_name"]: (row["media_type"], row["encoding"]) for row in tables["documents"]}
    assert media["公报.pdf"] == ("application/pdf", None)
    assert media["公报.eml"] == ("text/html", "gb18030")
    assert media["指标.csv"] == ("text/csv", "gb18030")


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(name: str, tables: Tables) -> None:
    (row,) = [row for row in tables["rejected"] if name in row["record"]]
    assert (row["stage"], row["rule"]) == ("reading", REFUSED[name][1])
    assert row["reason"].endswith(".")


def test_the_page_break_inside_of_a_sentence_and_its_number_are_seen(tables: Tables) -> None:
    (text,) = of(tables, "document_texts", "公报.pdf")
    growth = next(row for row in of(tables, "observations", "公报.pdf") if row["indicator"] == "URBAN_INCOME")
    assert text["raw_text"].count("\f") == 1
    # The page of an offset: form feeds before it.
    assert text["raw_text"].count("\f", 0, growth["raw_end"]) == 1
    assert "— 1 —" not in text["raw_text"]


def test_the_page_of_a_fact_is_asked_for_as_the_readme_says(tables: Tables) -> None:
    (query,) = re.findall(
        r"```sql\n(SELECT quote, .+?)```", (PROJECT_ROOT / "seeds" / "README.md").read_text("utf-8"), re.S
    )
    names = ("observations", "document_texts")
    connection = duckdb.connect()
    for name in names:
        connection.register(name, pl.DataFrame(tables[name], infer_schema_length=None))
    pages = {(quote, page) for quote, page in connection.sql(query).fetchall()}
    assert {page for quote, page in pages if "14.25" in quote} == {1, 2}
