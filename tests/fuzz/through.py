"""Any bytes through reading, cleaning and extraction, and what must hold of whatever comes out.

Belongs here: the way through, and what is asserted on it. Does not belong here: where the bytes come from (`guided.py`,
`test_fuzz.py`).
"""

import json
from pathlib import Path
from typing import NamedTuple

from pipelines.cleaning.documents import clean_document
from pipelines.cleaning.frames import clean_frame
from pipelines.extraction import extract
from pipelines.patience import Bounds, each, patience
from pipelines.reading import Limits, read_file
from pipelines.reading.apart import Apart, understood
from pipelines.reading.child import answer
from pipelines.reading.encodings import Decoded, Fault
from schemas.documents import CleanDocument, Refusal
from schemas.tables import FACT_TABLES
from tests.cleaning.test_hostile import PROSE
from tests.reading.make_office import W, write_zip

SECONDS = 20
LIMITS = Limits(max_file_bytes=1 << 20, max_read_seconds=SECONDS)
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = {
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {SHEET} xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships {RELATIONS}><Relationship Id="r1" Type="{OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}
# How the bytes are taken: as a file of this name, but for two sorts that would hardly ever be let through. The parts of
# an archive come without it, because its checksums catch every change; words are made UTF-8 and begin like a document.
FORMATS = ("a.txt", "a.md", "a.html", "a.csv", "a.eml", "a.docx", "a.xlsx", "a.pdf", "a")
PARTS = ("document.xml", "sheet1.xml")
WORDS = ("words.txt", "words.md", "words.html", "words.csv")
NAMES = (*FORMATS, *PARTS, *WORDS)
CONTROL = dict.fromkeys(set(range(0x20)) - set(b"\t\n\r"))


class Here(Apart):
    """Readers of binary formats in this process, so that their code is seen; in a run they are in one of their own."""

    def read(self, function: str, data: bytes, limits: Limits) -> Decoded | Fault:
        found = understood(json.dumps(answer(function, data, limits)).encode())
        assert found is not None
        return found


def packed(name: str, data: bytes) -> tuple[str, bytes]:
    """File name and bytes: a part of an archive gets the archive around it, words a beginning in front of them."""
    if name in WORDS:
        return f"a{name[5:]}", (PROSE + data.decode("utf-8", "ignore").translate(CONTROL)).encode()
    if name == "document.xml":
        body = f"<w:document {W}><w:body>".encode() + data + b"</w:body></w:document>"
        return "a.docx", write_zip({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": body})
    if name == "sheet1.xml":
        sheet = f"<worksheet {SHEET}><sheetData>".encode() + data + b"</sheetData></worksheet>"
        return "a.xlsx", write_zip({**WORKBOOK, "xl/worksheets/sheet1.xml": sheet})
    return name, data


class Outcome(NamedTuple):
    """What came of an input: `facts`, `read`, or the rule that refused it; how many facts and numbers were found."""

    what: str
    rows: int


def through(name: str, data: bytes, folder: Path) -> Outcome:
    """Read, clean and extract.

    Args:
        name: one of `NAMES`.
        data: any bytes.
        folder: where a file can be written.

    Raises:
        AssertionError: something does not hold.
        pipelines.patience.TooSlow: it takes too long.
    """
    with patience(Bounds(SECONDS)):
        # As one document, from the bytes to the facts.
        for _ in each([{"doc_id": name}]):
            return _through(name, data, folder)
    raise AssertionError


def _through(name: str, data: bytes, folder: Path) -> Outcome:
    file_name, content = packed(name, data)
    path = folder / file_name
    path.write_bytes(content)
    record = read_file(path, file_name, LIMITS, Here())
    if isinstance(record, Refusal):
        assert record.reason.endswith("."), record
        return Outcome(record.rule, 0)
    # Any text can be written to any table.
    assert record.raw_text.encode("utf-8").decode("utf-8") == record.raw_text
    document = clean_document(record.raw_text, record.doc_id, file_name, file_name, record.media_type)
    if isinstance(document, Refusal):
        assert document.rule == "no_text"
        return Outcome(document.rule, 0)
    facts, numbers = assert_sound(document)
    return Outcome("facts" if facts else "read", facts + numbers)


def assert_sound(document: CleanDocument) -> tuple[int, int]:
    """What is read from a document stands where it says, no number is told twice; gives how many facts and numbers."""
    found = extract(clean_frame([document]))
    assert found["rejected"].is_empty()
    ids: set[str] = set()
    for table in FACT_TABLES:
        for row in found[table.name].iter_rows(named=True):
            assert document.raw_text[row["raw_start"] : row["raw_end"]] == row["quote"], (table.name, row)
            assert row[table.primary_key[0]] not in ids, (table.name, row)
            ids.add(row[table.primary_key[0]])
    end = 0
    for row in found["number_ledger"].sort("raw_start").iter_rows(named=True):
        assert document.raw_text[row["raw_start"] : row["raw_end"]] == row["text"], row
        assert end <= row["raw_start"] < row["raw_end"], row
        assert row["disposition"] == "rejected" or row["fact_id"] is None or row["fact_id"] in ids, row
        end = row["raw_end"]
    return len(ids), found["number_ledger"].height
