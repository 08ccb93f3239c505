"""How files begin that are no text, whatever they are called.

Belongs here: first bytes, and what an archive holds by its table of contents. Does not belong here: reading any of it.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is by its first bytes.

    Attributes:
        what: in words, with an article.
        reader: name of the reader that reads it; empty where none does.
        rule: the rule that refuses it otherwise.
        advice: what to do about it.
    """

    what: str
    reader: str = ""
    rule: str = "binary_content"
    advice: str = "Save the text in it as a .txt file."


_SAVE_AS = "Open it and save it as DOCX or XLSX."
OLD_OFFICE = Kind("a DOC, XLS or WPS document of the old binary format", rule="old_format", advice=_SAVE_AS)
LOCKED_OFFICE = Kind("an Office document with a password", rule="encrypted", advice="Save a copy without one.")
OPEN_DOCUMENT = Kind("an OpenDocument file", rule="unsupported_format", advice=_SAVE_AS)
OFFICE = (
    ("word/", Kind("a DOCX document", "docx")),
    ("xl/", Kind("an XLSX workbook", "xlsx")),
    ("ppt/", Kind("a PPTX presentation", rule="unsupported_format", advice="Save the text in it as DOCX.")),
)
ARCHIVE = Kind("a ZIP archive", advice="Unpack it and put the documents in it here.")
SIGNATURES = (
    (b"%PDF-", Kind("a PDF", "pdf")),
    (b"{\\rtf", Kind("an RTF document", rule="old_format", advice=_SAVE_AS)),
    (b"\x89PNG", Kind("a PNG picture")),
    (b"\xff\xd8\xff", Kind("a JPEG picture")),
    (b"GIF8", Kind("a GIF picture")),
    (b"\x1f\x8b", Kind("a gzip archive", advice=ARCHIVE.advice)),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7z archive", advice=ARCHIVE.advice)),
    (b"Rar!\x1a", Kind("a RAR archive", advice=ARCHIVE.advice)),
    (b"\x7fELF", Kind("a program")),
    (b"MZ\x90\x00", Kind("a program")),
    (b"PAR1", Kind("a Parquet file")),
    (b"SQLite format 3\0", Kind("an SQLite database")),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE_XML = re.compile(rb"<\?mso-application|schemas-microsoft-com:office:spreadsheet|<w:wordDocument")
_MAIL = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n)*){0,60}?MIME-Version:", re.I)
# What may stand before the first bytes of a PDF, as programs that send it add it.
_PDF_START = 1024
_HEAD = 16384
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(data: bytes) -> Kind | None:
    """What a file is by its bytes; None where it may be text."""
    if data.startswith(_ZIP):
        return _archive(data)
    if data.startswith(_OLE):
        return LOCKED_OFFICE if _ENCRYPTED in data else OLD_OFFICE
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return kind
    head = data[:_HEAD]
    if b"%PDF-" in head[:_PDF_START] and b"\n%%EOF" in data[-_PDF_START:].replace(b"\r", b"\n"):
        return SIGNATURES[0][1]
    if _OFFICE_XML.search(head[:2000]):
        return Kind("a Word or Excel document as XML of 2003", rule="old_format", advice=_SAVE_AS)
    if _MAIL.match(head):
        return Kind("an e-mail or a web archive", "mail")
    return None


def _archive(data: bytes) -> Kind:
    """What a ZIP archive is by the names in it; a broken one is left to the reader that would read it."""
    names = _names(data)
    for folder, kind in OFFICE:
        if any(name.startswith(folder) for name in names) or (not names and folder.encode() in data):
            return kind
    return OPEN_DOCUMENT if {"mimetype", "content.xml"} <= set(names) else ARCHIVE


def _names(data: bytes) -> list[str]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return archive.namelist()
    except Exception:  # zipfile raises what it likes on a broken table of contents
        return []
