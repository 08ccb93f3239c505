"""How much is read of one document: the bounds that keep a hostile or broken file from costing more than its own place.

Belongs here: the limits, with their defaults, and the sentence that a refusal says when one is passed. Does not belong
here: the settings that a user gives (`pipelines.settings`), which have the same names.
"""

from dataclasses import dataclass

from pipelines.reading.encodings import Fault

MIB = 1024 * 1024
# The name of the rule that refuses what passes a limit.
RULES = {
    "max_file_bytes": "too_large",
    "max_text_characters": "too_long",
    "max_pages": "too_many_pages",
    "max_table_cells": "too_many_cells",
    "max_unpacked_bytes": "archive_expands",
    "max_unpacked_ratio": "archive_expands",
    "max_parts": "too_many_parts",
    "max_depth": "too_deep",
    "max_read_seconds": "too_slow",
    "max_read_memory": "too_much_memory",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of one file.

    Attributes:
        max_file_bytes: size of the file.
        max_text_characters: length of its text.
        max_pages: pages of a PDF, sheets of a workbook.
        max_table_cells: cells of all its tables, unless it is a page or Markdown.
        max_unpacked_bytes: size of everything in a DOCX or XLSX, which are archives, once it is unpacked.
        max_unpacked_ratio: how many times larger than packed one part of an archive may be.
        max_parts: files in an archive, parts of an e-mail, objects on a page of a PDF.
        max_depth: elements inside of each other.
        max_read_seconds: time that one document may take.
        max_read_memory: bytes of memory that reading one document may take.
    """

    max_file_bytes: int = 20 * MIB
    max_text_characters: int = 10_000_000
    max_pages: int = 3_000
    max_table_cells: int = 1_000_000
    max_unpacked_bytes: int = 256 * MIB
    max_unpacked_ratio: int = 200
    max_parts: int = 20_000
    max_depth: int = 200
    max_read_seconds: int = 60
    max_read_memory: int = 1024 * MIB

    def over(self, name: str, found: str) -> Fault:
        """The refusal of a document that passes a limit.

        Args:
            name: the limit.
            found: what the document has, such as `4,000 pages`.
        """
        advice = f"Split it, or raise XIANZHI_{name.upper()}."
        return Fault(RULES[name], f"It has {found}, more than the limit of {getattr(self, name):,}. {advice}")


class RefusedError(Exception):
    """Raised deep inside a reader of a binary format, and caught where the reader ends: the document is refused."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault
