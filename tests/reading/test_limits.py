"""Every limit and every refusal of an archive once; the limits of a PDF are in `test_pdf.py`."""

from dataclasses import fields
from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest

from pipelines.reading.docx import read_docx
from pipelines.reading.encodings import Fault
from pipelines.reading.limits import RULES, Limits, RefusedError
from pipelines.reading.xlsx import read_xlsx
from pipelines.settings import Settings
from tests.reading.make_office import W, paragraph, saved, table, write_docx, write_xlsx, write_zip
from tests.reading.texts import SIMPLIFIED

WORDS = paragraph(SIMPLIFIED)


def fault(read, data: bytes, limits: Limits | None = None) -> Fault:  # type: ignore[no-untyped-def]
    with pytest.raises(RefusedError) as raised:
        read(data, limits or Limits())
    return raised.value.fault


def test_every_limit_is_a_setting_with_the_same_default_and_has_a_rule() -> None:
    limits = {field.name: field.default for field in fields(Limits)}
    assert Settings().limits == limits
    assert set(RULES) == set(limits)


@pytest.mark.parametrize("name", RULES)
def test_a_refusal_names_the_setting_that_raises_its_limit(name: str) -> None:
    found = Limits().over(name, "4,000 of them")
    assert found.rule == RULES[name]
    assert f"XIANZHI_{name.upper()}." in found.reason
    assert f"{getattr(Limits(), name):,}" in found.reason


def repeated_entry() -> bytes:
    stream = BytesIO(write_docx(WORDS))
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return stream.getvalue()


def packed_otherwise() -> bytes:
    stream = BytesIO(write_docx(WORDS))
    with ZipFile(stream, "a", ZIP_BZIP2) as archive:
        archive.writestr("word/styles.xml", "<w/>")
    return stream.getvalue()


def with_password() -> bytes:
    data = bytearray(write_docx(WORDS))
    # The bit that says so, in the table of contents and before the part.
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


ENTITIES = '<!DOCTYPE w [<!ENTITY a "产值"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def with_doctype(doctype: str) -> bytes:
    return write_docx("", {"word/document.xml": f"{doctype}<w:document {W}><w:p>&a;</w:p></w:document>"})


@pytest.mark.parametrize(
    ("data", "limits", "rule", "says"),
    [
        (write_docx(WORDS, {"word/media/a.bin": bytes(5_000_000)}), Limits(), "archive_expands", "times"),
        (write_docx(WORDS * 9), Limits(max_unpacked_bytes=2000), "archive_expands", "unpacked"),
        (write_docx(WORDS, {f"{n}.xml": "<a/>" for n in range(9)}), Limits(max_parts=9), "too_many_parts", "11 parts"),
        (write_docx(WORDS, {"../../etc/cron": "x"}), Limits(), "unsafe_archive", "out of it"),
        (write_docx(WORDS, {"/etc/cron": "x"}), Limits(), "unsafe_archive", "out of it"),
        (write_docx(WORDS, {"a\\..\\b": "x"}), Limits(), "unsafe_archive", "out of it"),
        (repeated_entry(), Limits(), "unsafe_archive", "twice"),
        (packed_otherwise(), Limits(), "damaged_file", "packed"),
        (with_password(), Limits(), "encrypted", "password"),
        (with_doctype(ENTITIES), Limits(), "unsafe_xml", "document type"),
        (with_doctype(OUTSIDE), Limits(), "unsafe_xml", "document type"),
        (write_docx("<w:p>"), Limits(), "damaged_file", "well-formed"),
        (write_docx(WORDS)[:-30], Limits(), "damaged_file", "table of contents"),
        (write_docx("<w:p>" * 300 + "</w:p>" * 300), Limits(), "too_deep", "201 elements"),
        (write_docx(WORDS * 9), Limits(max_text_characters=1000), "too_long", "characters"),
        (write_docx(table([["甲", "1"]] * 9)), Limits(max_table_cells=10), "too_many_cells", "cells"),
        (
            write_docx("<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>" * 9),
            Limits(max_pages=3),
            "too_many_pages",
            "pages",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_docx_over_a_limit_is_refused(data: bytes, limits: Limits, rule: str, says: str) -> None:
    found = fault(read_docx, data, limits)
    assert (found.rule, says in found.reason) == (rule, True), found


def without_values() -> bytes:
    return write_xlsx({"Sheet1": [["总产值", "=1+2"]]})


def far_cell(address: str) -> bytes:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.worksheets[0][address] = "甲"
    return saved(workbook)


def replaced(data: bytes, name: str, content: str) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return write_zip({entry: archive.read(entry) for entry in archive.namelist()} | {name: content})


@pytest.mark.parametrize(
    ("data", "limits", "rule", "says"),
    [
        (write_xlsx({"Sheet1": [["甲", 1, 2]] * 9}), Limits(max_table_cells=20), "too_many_cells", "cells"),
        (far_cell("XFD1"), Limits(max_table_cells=9999), "too_many_cells", "cells"),
        (far_cell("A1048576"), Limits(), "too_many_cells", "cells"),
        (write_xlsx({f"{n}": [["甲"]] for n in range(9)}), Limits(max_pages=3), "too_many_pages", "pages"),
        (without_values(), Limits(), "formulas_without_values", "1 of its cells"),
        (
            replaced(write_xlsx({"a": [[1]]}), "xl/styles.xml", OUTSIDE + "<a>&a;</a>"),
            Limits(),
            "unsafe_xml",
            "document",
        ),
        (replaced(write_xlsx({"a": [[1]]}), "xl/other.xml", "<a>" * 300), Limits(), "too_deep", "elements"),
        (write_xlsx({"a": [["甲" * 999]]}), Limits(max_text_characters=500), "too_long", "characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_xlsx_over_a_limit_is_refused(data: bytes, limits: Limits, rule: str, says: str) -> None:
    found = fault(read_xlsx, data, limits)
    assert (found.rule, says in found.reason) == (rule, True), found


def test_a_size_that_a_sheet_claims_costs_nothing() -> None:
    data = write_xlsx({"Sheet1": [["甲", 1]]})
    with ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'ref="A1:B1"' in sheet
    lying = replaced(data, "xl/worksheets/sheet1.xml", sheet.replace('ref="A1:B1"', 'ref="A1:XFD1048576"'))
    assert read_xlsx(lying, Limits()).text == "\n甲\t1\n"


def test_macros_are_neither_run_nor_read() -> None:
    assert (
        read_docx(write_docx(WORDS, {"word/vbaProject.bin": b"Sub AutoOpen()"}), Limits()).text
        == SIMPLIFIED.replace("\n", " ").strip() + "\n"
    )
