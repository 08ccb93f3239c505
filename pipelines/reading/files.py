"""Files to raw documents: one file, and many into the tables `raw_documents` and `rejected`.

Belongs here: opening files, what holds for the text of any of them, links, and the tables' columns. Does not belong
here: formats (`formats.py`), encodings (`encodings.py`) and limits (`limits.py`).
"""

import re
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime
from hashlib import sha256
from html import unescape
from pathlib import Path

import polars as pl

from pipelines.reading.apart import Apart
from pipelines.reading.encodings import Decoded, Fault
from pipelines.reading.formats import load_function, reader_for, refined
from pipelines.reading.limits import Limits
from schemas.documents import RawDocument, Refusal

RAW_DOCUMENTS = pl.Schema(
    {
        "doc_id": pl.Utf8(),
        "file_name": pl.Utf8(),
        "source_path": pl.Utf8(),
        "batch": pl.Utf8(),
        "media_type": pl.Utf8(),
        "encoding": pl.Utf8(),
        "byte_count": pl.Int64(),
        "char_count": pl.Int64(),
        "reader": pl.Utf8(),
        "raw_text": pl.Utf8(),
        "ingested_at": pl.Datetime("us"),
    }
)
REJECTED = pl.Schema(
    {
        "stage": pl.Utf8(),
        "table_name": pl.Utf8(),
        "rule": pl.Utf8(),
        "reason": pl.Utf8(),
        "record": pl.Utf8(),
        "doc_id": pl.Utf8(),
        "raw_start": pl.Int64(),
        "raw_end": pl.Int64(),
        "suggestion": pl.Utf8(),
    }
)


# Turns the order of what follows around on the screen, so that a number, or a row of them, would be shown in another
# order than it is read: the marks that set a piece from right to left (RLE, RLO, RLI), and the one that may (FSI). The
# same marks from left to right (LRE, LRO, LRI) and those that end a piece change nothing about a Chinese text: names
# copied from a telephone are full of them, and the cleaner takes them out.
TURNING = "\u202b\u202e\u2067\u2068"
REVERSING = re.compile(
    rf"[{TURNING}]|&#(?:0{{0,9}}(?:{'|'.join(str(ord(mark)) for mark in TURNING)})"
    rf"|[xX]0{{0,9}}(?:{'|'.join(f'{ord(mark):x}' for mark in TURNING)}))(?![0-9a-fA-F])|<bdo\s[^<>]{{0,200}}rtl",
    re.IGNORECASE,
)


def read_file(path: Path, relative: str, limits: Limits, apart: Apart | None = None) -> RawDocument | Refusal:
    """Read one file.

    Args:
        path: the file.
        relative: its path relative to the seeds folder, `/` between parts; it names the document in messages.
        limits: how much is read.
        apart: the process for binary formats; one for this file alone if None.
    """
    name = relative.rsplit("/", 1)[-1]
    try:
        with path.open("rb") as stream:
            # One byte more than allowed tells a file that is too large from one that grew after its size was asked.
            data = stream.read(limits.max_file_bytes + 1)
    except OSError as error:
        fault = Fault(
            "unreadable", f"The file cannot be opened: {error.strerror}. Check its permissions, or put it in again."
        )
        return _refusal(relative, fault, None, None)
    if len(data) > limits.max_file_bytes:
        size = path.stat().st_size
        return _refusal(relative, limits.over("max_file_bytes", f"{size:,} bytes"), None, size)
    doc_id = sha256(data).hexdigest()
    found = (
        reader_for(name, data)
        if data.strip()
        else Fault("empty_file", "It holds no text. Put it in again, or remove it.")
    )
    if isinstance(found, Fault):
        return _refusal(relative, found, doc_id, len(data))
    reader, media_type = found
    if reader.apart:
        with nullcontext(apart) if apart else Apart() as process:
            decoded = process.read(reader.function, data, limits)
    else:
        decoded = load_function(reader.function)(data, limits)
    decoded = _sound(decoded, limits)
    if isinstance(decoded, Fault):
        return _refusal(relative, decoded, doc_id, len(data))
    return RawDocument(
        doc_id=doc_id,
        file_name=name,
        source_path=relative,
        media_type=refined(media_type, decoded.text),
        encoding=decoded.encoding,
        byte_count=len(data),
        char_count=len(decoded.text),
        reader=reader.label,
        raw_text=decoded.text,
    )


def read_documents(
    paths: Iterable[Path], root: Path, limits: Limits, ingested_at: datetime, batch: str
) -> dict[str, pl.DataFrame]:
    """Read files below a folder.

    The same bytes at several paths are one document, under the first of its paths.

    Args:
        paths: the files.
        root: the seeds folder; a link that leads out of it is not followed.
        limits: how much is read of each file.
        ingested_at: when this is.
        batch: the name of the batch that these files belong to.

    Returns:
        The tables `raw_documents` and `rejected`.
    """
    documents: dict[str, RawDocument] = {}
    refusals: list[Refusal] = []
    inside = root.resolve()
    with Apart() as apart:
        for path in sorted(paths):
            relative = path.relative_to(root).as_posix()
            if not path.resolve().is_relative_to(inside):
                fault = Fault(
                    "link_outside", "It is a link that leads out of the folder. Put a copy of the file there instead."
                )
                refusals.append(_refusal(relative, fault, None, None))
                continue
            record = read_file(path, relative, limits, apart)
            if isinstance(record, Refusal):
                refusals.append(record)
            else:
                documents.setdefault(record.doc_id, record)
    rows = [document.model_dump() | {"batch": batch, "ingested_at": ingested_at} for document in documents.values()]
    return {
        "raw_documents": pl.DataFrame(rows, schema=RAW_DOCUMENTS, orient="row"),
        "rejected": rejected_frame(refusals),
    }


def rejected_frame(refusals: Iterable[Refusal]) -> pl.DataFrame:
    """Refusals as a table `rejected`."""
    return pl.DataFrame([refusal.row() for refusal in refusals], schema=REJECTED, orient="row")


def _sound(decoded: Decoded | Fault, limits: Limits) -> Decoded | Fault:
    """The text, unless it breaks what holds for texts of all formats."""
    if isinstance(decoded, Fault):
        return decoded
    if not decoded.text.strip():
        return Fault("empty_file", "It holds no text. Put it in again, or remove it.")
    if len(decoded.text) > limits.max_text_characters:
        return limits.over("max_text_characters", f"{len(decoded.text):,} characters")
    if found := REVERSING.search(decoded.text):
        mark = unescape(found[0])
        what = f"a character (U+{ord(mark):04X})" if len(mark) == 1 else "an element"
        reason = f"It holds {what} that shows text in another order than it is stored in."
        return Fault("reversed_text", f"{reason} Check its numbers, and save it without that.")
    return decoded


def _refusal(relative: str, fault: Fault, doc_id: str | None, byte_count: int | None) -> Refusal:
    record = {"source_path": relative, "file_name": relative.rsplit("/", 1)[-1], "byte_count": byte_count}
    return Refusal(
        stage="reading", table="raw_documents", rule=fault.rule, reason=fault.reason, record=record, doc_id=doc_id
    )
