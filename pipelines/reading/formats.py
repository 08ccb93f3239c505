"""The formats that can be read, one row each, and which of them a file is in.

Belongs here: readers and how a file's first bytes and ending choose one. A new format is a new row of `READERS` with a
function from bytes to text. Does not belong here: decoding (`encodings.py`), what is inside of a format (`docx.py` and
its neighbours), and what of the text is content (`pipelines.cleaning`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import PurePosixPath

from pipelines.reading.encodings import Decoded, Fault, decode
from pipelines.reading.limits import Limits
from pipelines.reading.signatures import kind_of
from schemas.documents import MediaType

# What may stand between the cells of a line.
SEPARATORS = ",\t;，；|"
_DOCX: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX: MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of some formats become text.

    Attributes:
        name: name of the reader.
        version: goes up whenever the reader gives another text for the same bytes.
        function: `package.module:function`, from the bytes of a file and the limits to its text, or to the reason why
            there is none.
        media_types: media type by the endings of file names, with the dot.
        library: the distribution that takes the format apart, if one does.
        apart: whether it is read in a process apart: formats that hide more than they show.
    """

    name: str
    version: int
    function: str
    media_types: Mapping[str, MediaType] = field(default_factory=dict)
    library: str = ""
    apart: bool = True

    @property
    def label(self) -> str:
        """Name and version, and those of its library, as stored with each document."""
        return f"{self.name}/{self.version}" + (f" {self.library}/{version(self.library)}" if self.library else "")


def read_text(data: bytes, limits: Limits) -> Decoded | Fault:
    """The text of a file that is text; its length is bounded by that of the file."""
    return decode(data)


def read_csv(data: bytes, limits: Limits) -> Decoded | Fault:
    """The text of a file of comma-separated values as it stands; the cleaner makes rows of it."""
    found = decode(data)
    if isinstance(found, Decoded):
        cells = max(map(found.text.count, SEPARATORS)) + found.text.count("\n")
        if cells > limits.max_table_cells:
            return limits.over("max_table_cells", f"{cells:,} cells or more")
    return found


READERS = (
    Reader(
        name="text",
        version=1,
        function="pipelines.reading.formats:read_text",
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
        apart=False,
    ),
    Reader("csv", 1, "pipelines.reading.formats:read_csv", {".csv": "text/csv", ".tsv": "text/csv"}, apart=False),
    Reader("pdf", 1, "pipelines.reading.pdf:read_pdf", {".pdf": "application/pdf"}, library="pypdfium2"),
    Reader("docx", 1, "pipelines.reading.docx:read_docx", {".docx": _DOCX, ".docm": _DOCX}),
    Reader("xlsx", 1, "pipelines.reading.xlsx:read_xlsx", {".xlsx": _XLSX, ".xlsm": _XLSX}, library="openpyxl"),
    Reader(
        name="mail",
        version=1,
        function="pipelines.reading.mail:read_mail",
        media_types={".eml": "message/rfc822", ".mhtml": "message/rfc822", ".mht": "message/rfc822"},
    ),
)
TEXT = READERS[0]
_BY_NAME = {reader.name: reader for reader in READERS}
_BY_ENDING = {ending: (reader, media) for reader in READERS for ending, media in reader.media_types.items()}
# Endings of old formats: what carries one is often a page that a site calls a Word or Excel file.
_OLD_ENDINGS = frozenset((".doc", ".xls", ".wps", ".et", ".rtf"))
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
# Text has stray control characters at most: one in a hundred bytes is more than any page had.
_MAX_CONTROL = 0.01
_HTML = r"(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b"
_HTML_START = re.compile(rf"[\s\ufeff]*{_HTML}", re.I | re.S)
_HTML_BYTES = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<table\b|" + _HTML.encode() + b")", re.I | re.S)


def reader_for(file_name: str, data: bytes) -> tuple[Reader, MediaType] | Fault:
    """The reader of a file and its media type: by its first bytes, and for text by the ending of its name.

    A name without an ending is read as text.
    """
    ending = PurePosixPath(file_name).suffix.lower()
    content = kind_of(data)
    if content and content.reader:
        reader = _BY_NAME[content.reader]
        known = ending in reader.media_types
        return reader, reader.media_types[ending] if known else next(iter(reader.media_types.values()))
    if content and (ending in _BY_ENDING or ending in _OLD_ENDINGS or not ending):
        return Fault(content.rule, f"It is {content.what}. {content.advice}")
    reader, media_type = _BY_ENDING.get(ending, (TEXT, "text/plain"))
    if content is None and (reader.apart or ending in _OLD_ENDINGS) and _HTML_BYTES.match(data):
        return TEXT, "text/html"
    if ending and (ending not in _BY_ENDING):
        is_what = f" (it is {content.what})" if content else ""
        reason = f"Files ending in {ending} are not read{is_what}. Save the text as one of: {' '.join(_BY_ENDING)}."
        return Fault("unsupported_format", reason)
    if reader.apart and reader.name != "mail":
        reason = f"Its name promises {ending[1:].upper()}, but its first bytes are none of that format's."
        return Fault("damaged_file", f"{reason} Get the file again, or give it the ending that it should have.")
    if b"\0" not in data and len(data) - len(data.translate(None, _CONTROL)) > _MAX_CONTROL * len(data):
        return Fault(
            "binary_content", "It is full of control characters, so it is no text. Save the text in it as a .txt file."
        )
    return reader, media_type


def refined(media_type: MediaType, text: str) -> MediaType:
    """The media type after a look at the text: a page saved as .txt, or in an e-mail, is a page."""
    return "text/html" if not media_type.startswith("application/") and _HTML_START.match(text) else media_type


@cache
def load_function(name: str) -> Callable[[bytes, Limits], Decoded | Fault]:
    """The function behind `package.module:function`; libraries are loaded by the first file that needs them."""
    module, _, attribute = name.partition(":")
    function: Callable[[bytes, Limits], Decoded | Fault] = getattr(import_module(module), attribute)
    return function
