import pytest

from pipelines.reading.encodings import Fault
from pipelines.reading.formats import READERS, reader_for, refined
from pipelines.reading.signatures import SIGNATURES, Kind
from pipelines.stages import LIBRARIES
from schemas.documents import BINARY
from tests.reading.make_office import paragraph, write_docx, write_xlsx, write_zip
from tests.reading.make_pdf import Sheet, write_pdf
from tests.reading.texts import SIMPLIFIED

TEXT = SIMPLIFIED.encode()
PAGE = f"<html><body>{SIMPLIFIED}</body></html>".encode()
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FILES = {
    "pdf": write_pdf([Sheet([(72, 700, "全县")])]),
    "docx": write_docx(paragraph("全县")),
    "xlsx": write_xlsx({"Sheet1": [["全县"]]}),
    "mail": b"From: <Saved by a browser>\r\nSubject: =?utf-8?Q?=E5=8E=BF?=\r\n =?utf-8?Q?=E5=8E=BF?=\r\n"
    b"MIME-Version: 1.0\r\n\r\n" + TEXT,
    "text": TEXT,
}


def test_no_two_readers_claim_the_same_ending() -> None:
    endings = [ending for reader in READERS for ending in reader.media_types]
    assert len(set(endings)) == len(endings)
    assert all(ending.startswith(".") and ending == ending.lower() for ending in endings)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("A.TXT", "text/plain"),
        ("报告.md", "text/markdown"),
        ("a.html", "text/html"),
        ("a.htm", "text/html"),
        ("2024.05.公报.txt", "text/plain"),
        ("no_ending", "text/plain"),
        ("指标.csv", "text/csv"),
        ("指标.tsv", "text/csv"),
    ],
)
def test_the_ending_gives_the_media_type(name: str, media_type: str) -> None:
    found = reader_for(name, TEXT)
    assert not isinstance(found, Fault)
    assert found[1] == media_type
    assert found[0].label == ("csv/1" if media_type == "text/csv" else "text/1")


@pytest.mark.parametrize(
    "name", ["a.pdf", "a.docx", "a.xlsx", "a.xlsm", "a.eml", "a.mhtml", "a.txt", "a.doc", "a", "a.jpg"]
)
@pytest.mark.parametrize("reader", ["pdf", "docx", "xlsx", "mail"])
def test_first_bytes_choose_the_reader_whatever_the_name_is(name: str, reader: str) -> None:
    found = reader_for(name, FILES[reader])
    assert not isinstance(found, Fault)
    assert found[0].name == reader
    assert found[1] in found[0].media_types.values()
    assert (found[1] in BINARY) == (reader != "mail")


def test_what_stands_before_the_first_bytes_of_a_pdf_does_not_hide_it() -> None:
    found = reader_for("a.txt", b"\r\nhttp/1.1 200\r\n" + FILES["pdf"])
    assert not isinstance(found, Fault)
    assert found[0].name == "pdf"


def test_a_reader_names_its_library_and_another_version_of_it_is_another_version_of_the_stage() -> None:
    assert {reader.library for reader in READERS if reader.library} <= set(LIBRARIES)
    pdf = next(reader for reader in READERS if reader.name == "pdf")
    assert pdf.label.startswith(f"pdf/{pdf.version} pypdfium2/")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx"])
def test_text_that_is_called_a_binary_format_is_refused(name: str) -> None:
    found = reader_for(name, TEXT)
    assert isinstance(found, Fault)
    assert found.rule == "damaged_file"
    assert "ending" in found.reason


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.docx", "a.pdf"])
@pytest.mark.parametrize("data", [PAGE, b"\xef\xbb\xbf\r\n" + PAGE, "<table><tr><td>产值</td></tr></table>".encode()])
def test_a_page_that_is_called_an_office_document_is_a_page(name: str, data: bytes) -> None:
    found = reader_for(name, data)
    assert not isinstance(found, Fault)
    assert (found[0].name, found[1]) == ("text", "text/html")


@pytest.mark.parametrize(
    ("data", "rule", "says"),
    [
        (OLD_OFFICE, "old_format", "DOCX or XLSX"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "without one"),
        (b"{\\rtf1\\ansi}", "old_format", "DOCX or XLSX"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "old_format", "DOCX or XLSX"),
        (write_zip({"a.txt": "全县"}), "binary_content", "Unpack"),
        (write_zip({"ppt/presentation.xml": "<x/>"}), "unsupported_format", "DOCX"),
        (write_zip({"mimetype": "x", "content.xml": "<x/>"}), "unsupported_format", "DOCX or XLSX"),
    ],
    ids=["DOC", "with a password", "RTF", "XML of 2003", "ZIP", "PPTX", "ODT"],
)
@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.txt", "a.xls", "a"])
def test_formats_of_old_are_refused_with_what_to_do(name: str, data: bytes, rule: str, says: str) -> None:
    found = reader_for(name, data)
    assert isinstance(found, Fault)
    assert found.rule == rule
    assert says in found.reason


@pytest.mark.parametrize("name", ["a.jpg", "a.zip", "a.doc", "a.json"])
def test_other_endings_are_refused_and_the_reason_lists_what_is_read(name: str) -> None:
    found = reader_for(name, TEXT)
    assert isinstance(found, Fault)
    assert found.rule == "unsupported_format"
    assert ".txt" in found.reason


@pytest.mark.parametrize(("signature", "kind"), [pair for pair in SIGNATURES if not pair[1].reader])
@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a"])
def test_a_binary_file_is_refused_by_its_first_bytes(name: str, signature: bytes, kind: Kind) -> None:
    found = reader_for(name, signature + b"\n" * 20)
    assert isinstance(found, Fault)
    assert found.rule == kind.rule
    assert kind.what in found.reason
    assert kind.advice in found.reason


def test_control_characters_are_no_text_but_a_stray_one_is_let_through() -> None:
    found = reader_for("a.txt", bytes(range(1, 9)) * 40)
    assert isinstance(found, Fault)
    assert found.rule == "binary_content"
    assert not isinstance(reader_for("a.txt", TEXT + b"\x07"), Fault)


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("<!DOCTYPE html><p>昆山", "text/html"),
        ("\ufeff\n<?xml version='1.0'?><html lang='zh'>", "text/html"),
        ("<!-- 由某系统生成 --><HTML>", "text/html"),
        ("<昆山>", "text/plain"),
        ("正文 <html>", "text/plain"),
        ("<htmlx>", "text/plain"),
    ],
)
def test_a_page_saved_as_text_is_a_page(text: str, media_type: str) -> None:
    assert refined("text/plain", text) == media_type
