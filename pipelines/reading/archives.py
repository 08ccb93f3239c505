"""Archives and the XML in them, looked at before anything is unpacked or believed.

Belongs here: what DOCX and XLSX have in common, and the guards against archives and XML that grow. Does not belong
here: what the XML says (`docx.py`, `xlsx.py`). Nothing is ever unpacked to disk.
"""

from collections.abc import Callable
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from pipelines.reading.encodings import Fault
from pipelines.reading.limits import MIB, Limits, RefusedError

DAMAGED = Fault("damaged_file", "The file is damaged: {}. Open it in the program it comes from and save it again.")
ENCRYPTED = Fault("encrypted", "It is protected by a password. Save a copy without one.")


def damaged(what: str) -> RefusedError:
    """The refusal of a file that is not what its format asks for."""
    return RefusedError(Fault(DAMAGED.rule, DAMAGED.reason.format(what)))


def open_archive(data: bytes, limits: Limits) -> ZipFile:
    """The archive, if its table of contents promises nothing dangerous.

    The sizes there can be believed: `zipfile` unpacks no more of a part than its size says.

    Raises:
        RefusedError: it has too many parts, grows too large, holds a name twice or one that leads out of it, is
            encrypted, or is no archive.
    """
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise damaged("its table of contents cannot be read") from error
    parts = archive.infolist()
    if len(parts) > limits.max_parts:
        raise RefusedError(limits.over("max_parts", f"{len(parts):,} parts"))
    if (total := sum(part.file_size for part in parts)) > limits.max_unpacked_bytes:
        raise RefusedError(limits.over("max_unpacked_bytes", f"{total:,} bytes once it is unpacked"))
    names: set[str] = set()
    for part in parts:
        # Small parts may shrink to nothing; only large ones can do harm.
        if part.file_size > max(MIB, limits.max_unpacked_ratio * part.compress_size):
            ratio = part.file_size // max(part.compress_size, 1)
            raise RefusedError(limits.over("max_unpacked_ratio", f"a part that grows {ratio:,} times when unpacked"))
        if part.flag_bits & 1:
            raise RefusedError(ENCRYPTED)
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or name in names or name[1:2] == ":":
            reason = "Its archive holds a name that leads out of it, or one name twice. Save it again from its source."
            raise RefusedError(Fault("unsafe_archive", reason))
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged("it is packed in a way that documents are not")
        names.add(name)
    return archive


def read_part(archive: ZipFile, name: str) -> bytes:
    """One part of an archive; empty where there is none of this name."""
    try:
        return archive.read(name)
    except KeyError:
        return b""


def parse(
    data: bytes,
    limits: Limits,
    start: Callable[[str, dict[str, str]], object] | None = None,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Walk through XML once, without building it up; names come without their namespaces.

    Raises:
        RefusedError: it is no XML, is too deep, or declares a document type, which office documents never do and
            which is where entities that grow or that read other files come from.
    """
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.max_depth:
            raise RefusedError(limits.over("max_depth", f"{depth:,} elements inside of each other"))
        if start:
            start(name[name.rfind(" ") + 1 :], {key[key.rfind(" ") + 1 :]: said for key, said in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name[name.rfind(" ") + 1 :])

    def declared(*_: object) -> None:
        reason = "Its XML declares a document type, as office programs never do. Save it again from its source."
        raise RefusedError(Fault("unsafe_xml", reason))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = declared
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise damaged("its XML is broken off or not well-formed") from error
