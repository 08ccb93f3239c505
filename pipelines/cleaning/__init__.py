"""Cleaning: from a raw document to its clean text, in blocks with sections, with metadata and an exact offset map.

Belongs here: everything between decoded text and sentences that can be read. Does not belong here: bytes
(`pipelines.reading`), and what a sentence states (`pipelines.extraction`).
"""

from pipelines.cleaning.documents import clean, clean_document
from pipelines.cleaning.offsets import OffsetMap

__all__ = ["OffsetMap", "clean", "clean_document"]
