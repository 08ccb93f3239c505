"""The formats that can be read, one row each, and which of them a file is in.

Belongs here: readers and how a file's ending and first bytes choose one. A new format is a new row of `READERS` with a
function from bytes to text. Does not belong here: decoding (`encodings.py`), and what of the text is content
(`pipelines.cleaning`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipelines.reading.encodings import Decoded, Fault, decode
from schemas.documents import MediaType


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of some formats become text.

    Attributes:
        name: name of the reader.
        version: goes up whenever the reader gives another text for the same bytes.
        media_types: media type by the endings of file names, with the dot.
        read: from the bytes of a file to its raw text, or to the reason why there is none.
    """

    name: str
    version: int
    media_types: dict[str, MediaType]
    read: Callable[[bytes], Decoded | Fault]

    @property
    def label(self) -> str:
        """Name and version, as stored with each document."""
        return f"{self.name}/{self.version}"


READERS = (
    Reader(
        name="text",
        version=1,
        media_types={
            ".txt": "text/plain",
            ".text": "text/plain",
            ".md": "text/markdown",
            ".markdown": "text/markdown",
            ".html": "text/html",
            ".htm": "text/html",
            ".shtml": "text/html",
            ".xhtml": "text/html",
        },
        read=decode,
    ),
)
# How files begin that are no text, whatever they are called.
SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or a DOCX, XLSX or ODT document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a DOC, XLS or WPS document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\0", "an SQLite database"),
)
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
# Text has stray control characters at most: one in a hundred bytes is more than any page had.
_MAX_CONTROL = 0.01
_HTML_START = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def reader_for(file_name: str, data: bytes) -> tuple[Reader, MediaType] | Fault:
    """The reader of a file and its media type, by the ending of its name, after a look at its bytes.

    A name without an ending is read as text.
    """
    ending = PurePosixPath(file_name).suffix.lower()
    media_types = {known: (reader, media) for reader in READERS for known, media in reader.media_types.items()}
    content = next((what for signature, what in SIGNATURES if data.startswith(signature)), None)
    if ending and ending not in media_types:
        is_what = f" (it is {content})" if content else ""
        known = " ".join(media_types)
        return Fault(
            "unsupported_format", f"Files ending in {ending} are not read{is_what}. Save the text as one of: {known}."
        )
    if content:
        return Fault(
            "binary_content", f"Its name promises text, but it is {content}. Save the text in it as a .txt file."
        )
    if b"\0" not in data and len(data) - len(data.translate(None, _CONTROL)) > _MAX_CONTROL * len(data):
        return Fault(
            "binary_content", "It is full of control characters, so it is no text. Save the text in it as a .txt file."
        )
    return media_types.get(ending, (READERS[0], "text/plain"))


def refined(media_type: MediaType, text: str) -> MediaType:
    """The media type after a look at the text: a page saved as .txt is a page."""
    return "text/html" if _HTML_START.match(text) else media_type
