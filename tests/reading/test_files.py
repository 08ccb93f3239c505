import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from pydantic import ValidationError

from pipelines.reading import Limits, read_documents, read_file
from pipelines.reading.files import RAW_DOCUMENTS, REJECTED
from schemas.documents import RawDocument, Refusal
from tests.reading.texts import SIMPLIFIED, TRADITIONAL

NOW = datetime(2025, 3, 1, 8, 30)
LIMITS = Limits(max_file_bytes=10_000, max_table_cells=300)


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_document_is_described_by_its_bytes_and_its_text(tmp_path: Path) -> None:
    data = TRADITIONAL.encode("big5")
    document = read_file(put(tmp_path, "子目录/公報.txt", data), "子目录/公報.txt", LIMITS)
    assert document == RawDocument(
        doc_id=sha256(data).hexdigest(),
        file_name="公報.txt",
        source_path="子目录/公報.txt",
        media_type="text/plain",
        encoding="big5",
        byte_count=len(data),
        char_count=len(TRADITIONAL),
        reader="text/1",
        raw_text=TRADITIONAL,
    )


@pytest.mark.parametrize(
    ("name", "content", "rule", "says"),
    [
        ("a.txt", b"", "empty_file", "no text"),
        ("a.txt", b" \r\n\t\n", "empty_file", "no text"),
        ("a.txt", "中".encode() * 3_334, "too_large", "XIANZHI_MAX_FILE_BYTES"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "binary_content", "PNG"),
        ("a.txt", b"\0\1\2\3" * 20, "binary_content", "zero bytes"),
        ("a.txt", SIMPLIFIED.encode()[:-1] + b"\xff", "undecodable", "save it as UTF-8"),
        ("a.jpg", b"data", "unsupported_format", ".jpg"),
        ("a.pdf", b"%PDF-1.7", "damaged_file", "broken off"),
        ("a.docx", b"PK\x03\x04 word/document.xml", "damaged_file", "table of contents"),
        ("a.csv", f"{'甲,' * 400}{SIMPLIFIED}".encode(), "too_many_cells", "XIANZHI_MAX_TABLE_CELLS"),
        ("a.html", f"产值&#x202E;6.215亿元。{SIMPLIFIED}".encode(), "reversed_text", "U+202E"),
        ("a.html", f"产值<bdo dir='rtl'>6.215</bdo>亿元。{SIMPLIFIED}".encode(), "reversed_text", "element"),
        ("a.txt", f"产值\u202e6.215亿元。{SIMPLIFIED}".encode(), "reversed_text", "U+202E"),
        ("a.txt", f"产值\u20676.2、15.1亿元。{SIMPLIFIED}".encode(), "reversed_text", "U+2067"),
        ("a.txt", f"产值\u20686.2、15.1亿元。{SIMPLIFIED}".encode(), "reversed_text", "U+2068"),
        ("a.html", f"产值&#8235;6.2、15.1亿元。{SIMPLIFIED}".encode(), "reversed_text", "U+202B"),
        ("a.html", f"产值&#x02067;6.2、15.1亿元。{SIMPLIFIED}".encode(), "reversed_text", "U+2067"),
        ("a.txt", b"All figures are preliminary.", "implausible_text", "no Chinese"),
    ],
)
def test_each_refusal_says_why_and_what_to_do(tmp_path: Path, name: str, content: bytes, rule: str, says: str) -> None:
    refusal = read_file(put(tmp_path, name, content), f"县/{name}", LIMITS)
    assert isinstance(refusal, Refusal)
    assert (refusal.stage, refusal.table, refusal.rule) == ("reading", "raw_documents", rule)
    assert says in refusal.reason
    assert refusal.record["source_path"] == f"县/{name}"
    assert refusal.doc_id == (None if rule == "too_large" else sha256(content).hexdigest())


@pytest.mark.parametrize("marks", ["\u2066\u2069", "\u202a\u202c", "\u202d\u202c", "\u200e\u200e"])
def test_marks_that_turn_nothing_around_are_read(tmp_path: Path, marks: str) -> None:
    text = f"产值{marks[0]}6.215{marks[1:]}亿元。{SIMPLIFIED}"
    assert isinstance(read_file(put(tmp_path, "a.txt", text.encode()), "a.txt", LIMITS), RawDocument)


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    data = ("一" * 3_332 + "了的是在").encode()[:9_999] + b"\n"
    assert len(data) == LIMITS.max_file_bytes
    assert isinstance(read_file(put(tmp_path, "a.txt", data), "a.txt", LIMITS), RawDocument)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    refusal = read_file(tmp_path / "gone.txt", "gone.txt", LIMITS)
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "unreadable"


def test_many_files_become_two_tables(tmp_path: Path) -> None:
    paths = [
        put(tmp_path, "b.txt", SIMPLIFIED.encode("gb18030")),
        put(tmp_path, "县/a.html", b"\xef\xbb\xbf" + f"<html>{SIMPLIFIED}</html>".encode()),
        put(tmp_path, "empty.txt", b""),
    ]
    tables = read_documents(paths, tmp_path, LIMITS, NOW, "2025-03")
    raw, rejected = tables["raw_documents"], tables["rejected"]
    assert raw.schema == RAW_DOCUMENTS
    assert rejected.schema == REJECTED
    assert raw["source_path"].to_list() == ["b.txt", "县/a.html"]
    assert raw["encoding"].to_list() == ["gb18030", "utf-8"]
    assert raw["raw_text"][1].startswith("\ufeff<html>")
    assert raw["batch"].unique().to_list() == ["2025-03"]
    assert raw["ingested_at"].unique().to_list() == [NOW]
    assert rejected["rule"].to_list() == ["empty_file"]
    assert json.loads(rejected["record"][0])["file_name"] == "empty.txt"


def test_no_files_give_empty_tables_with_all_columns(tmp_path: Path) -> None:
    tables = read_documents([], tmp_path, LIMITS, NOW, "")
    assert tables["raw_documents"].schema == RAW_DOCUMENTS
    assert tables["rejected"].schema == REJECTED
    assert tables["raw_documents"].is_empty()


def test_the_same_bytes_at_two_paths_are_one_document(tmp_path: Path) -> None:
    paths = [put(tmp_path, name, SIMPLIFIED.encode()) for name in ("z.txt", "县/a.txt", "b.txt")]
    raw = read_documents(paths, tmp_path, LIMITS, NOW, "")["raw_documents"]
    assert raw["source_path"].to_list() == ["b.txt"]


def test_reading_alone_or_together_gives_the_same(tmp_path: Path) -> None:
    paths = [put(tmp_path, f"{n}.txt", f"{SIMPLIFIED}{n}\n".encode()) for n in range(5)]
    together = read_documents(paths, tmp_path, LIMITS, NOW, "")["raw_documents"]
    alone = [read_documents([path], tmp_path, LIMITS, NOW, "")["raw_documents"] for path in paths]
    assert together.equals(pl.concat(alone))


def test_a_link_that_leaves_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside", "secret.txt", SIMPLIFIED.encode())
    inside = put(tmp_path / "seeds", "a.txt", TRADITIONAL.encode())
    link, good_link = tmp_path / "seeds" / "link.txt", tmp_path / "seeds" / "good.txt"
    link.symlink_to(outside)
    good_link.symlink_to(inside)
    tables = read_documents([link, good_link, inside], tmp_path / "seeds", LIMITS, NOW, "")
    assert tables["rejected"]["rule"].to_list() == ["link_outside"]
    assert tables["raw_documents"]["raw_text"].to_list() == [TRADITIONAL]


@pytest.mark.parametrize(
    "change",
    [{"char_count": 1}, {"doc_id": "A" * 64}, {"byte_count": 0}, {"media_type": "image/png"}, {"raw_text": ""}],
)
def test_the_model_refuses_a_document_that_contradicts_itself(tmp_path: Path, change: dict[str, object]) -> None:
    document = read_file(put(tmp_path, "a.txt", SIMPLIFIED.encode()), "a.txt", LIMITS)
    assert isinstance(document, RawDocument)
    with pytest.raises(ValidationError, match=next(iter(change))):
        RawDocument(**(document.model_dump() | change))
