"""Making the site out of the published file.

Belongs here: which pages there are, and the order of the work. Does not belong here: what is on them (`pages/`), or how
the site takes the place of the one before (`site.py`).
"""

import hashlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.atlas.drawing import Drawings
from pipelines.atlas.pages import dictionary, documents, indicators, lists, overview, places, plans, quality, search
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import Snapshot, read_snapshot
from pipelines.atlas.site import replacing
from pipelines.atlas.templating import STATIC
from pipelines.versions import code_version, combine

# What the site was made of: a checksum of the published file and of the code.
MADE_OF = "made_of.txt"
MAKERS = (
    overview.pages, indicators.pages, documents.pages, plans.pages, lists.pages, quality.pages,
    dictionary.pages, search.pages,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AtlasReport:
    """What was written.

    Attributes:
        target: folder of the site; its first page is index.html.
        pages: number of pages.
        byte_count: size of all files.
        seconds: time taken.
    """

    target: Path
    pages: int
    byte_count: int
    seconds: float


def build_atlas(warehouse: Path, target: Path) -> AtlasReport:
    """Write the site of a published file.

    Args:
        warehouse: the DuckDB file; it is only read.
        target: folder of the site, which is replaced as a whole.
    """
    started = time.perf_counter()
    made_of = _made_of(warehouse)
    snapshot = read_snapshot(warehouse)
    with replacing(target) as folder, Drawings(target.with_name(f"{target.name}.charts")) as drawings:
        shutil.copytree(STATIC, folder / "static")
        pages = byte_count = 0
        for page in _pages(snapshot, drawings):
            content = page.content.encode("utf-8")
            path = folder / page.address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            pages += page.address.endswith(".html")
            byte_count += len(content)
        (folder / MADE_OF).write_text(f"{made_of}\n", encoding="utf-8")
    return AtlasReport(target, pages, byte_count, time.perf_counter() - started)


def evidence_page(warehouse: Path, doc_id: str) -> str:
    """The page of one document as a file of its own, which needs no site and asks for nothing.

    Args:
        warehouse: the DuckDB file.
        doc_id: a document that it has.
    """
    snapshot = read_snapshot(warehouse, doc_id)
    return documents.document_page(snapshot.documents[doc_id], snapshot.quality["rejected"], snapshot, alone=True)


def is_atlas_of(warehouse: Path, target: Path) -> bool:
    """Whether the site shows this file, and is made by this code."""
    noted = target / MADE_OF
    return noted.is_file() and noted.read_text(encoding="utf-8").strip() == _made_of(warehouse)


def _made_of(warehouse: Path) -> str:
    with warehouse.open("rb") as file:
        return combine(hashlib.file_digest(file, "sha256").hexdigest(), code_version("pipelines.atlas", "schemas"))


def _pages(snapshot: Snapshot, drawings: Drawings) -> Iterator[Page]:
    # Begun first and written last, so that their charts are drawn in the meantime.
    of_places = places.pages(snapshot, drawings)
    for maker in MAKERS:
        yield from maker(snapshot)
    yield from of_places
