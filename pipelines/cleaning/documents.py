"""One document through all passes of cleaning, and many into the tables `clean_documents` and `rejected`.

Belongs here: the order of the passes, and the tables' columns. Does not belong here: any pass itself.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import accumulate, chain

import polars as pl
import pyarrow as pa

from pipelines.cleaning.front_matter import read_front_matter
from pipelines.cleaning.headings import find_headings
from pipelines.cleaning.lines import drafts, read_lines
from pipelines.cleaning.markdown import read_marks
from pipelines.cleaning.markup import holds_markup, read_markup
from pipelines.cleaning.metadata import find_metadata
from pipelines.cleaning.page import Page
from pipelines.cleaning.repairs import repair
from pipelines.cleaning.sections import judge
from pipelines.cleaning.titles import find_title
from pipelines.reading.files import rejected_frame
from schemas.documents import CleanDocument, Refusal

BLOCK_FIELDS = {
    "start": pl.Int32,
    "end": pl.Int32,
    "section": pl.Utf8,
    "kind": pl.Utf8,
    "published": pl.Date,
    "group": pl.Int32,
}
REPAIR_FIELDS = {"name": pl.Utf8, "count": pl.Int32}
CLEAN_DOCUMENTS = {
    "doc_id": pl.Utf8,
    "file_name": pl.Utf8,
    "source_path": pl.Utf8,
    "raw_text": pl.Utf8,
    "title": pl.Utf8,
    "published_at": pl.Datetime("us"),
    "published_precision": pl.Utf8,
    "published_basis": pl.Utf8,
    "publisher": pl.Utf8,
    "author": pl.Utf8,
    "url": pl.Utf8,
    "clean_text": pl.Utf8,
    "blocks": pl.List(pl.Struct(BLOCK_FIELDS)),
    "map_clean": pl.List(pl.Int32),
    "map_raw": pl.List(pl.Int32),
    "map_raw_end": pl.List(pl.Int32),
    "repairs": pl.List(pl.Struct(REPAIR_FIELDS)),
}


def clean(raw: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Clean documents.

    Args:
        raw: rows of `raw_documents`.

    Returns:
        The tables `clean_documents` and `rejected`.
    """
    cleaned = [
        clean_document(row["raw_text"], row["doc_id"], row["file_name"], row["source_path"], row["media_type"])
        for row in raw.select("raw_text", "doc_id", "file_name", "source_path", "media_type").iter_rows(named=True)
    ]
    return {
        "clean_documents": _frame([document for document in cleaned if isinstance(document, CleanDocument)]),
        "rejected": rejected_frame(document for document in cleaned if isinstance(document, Refusal)),
    }


def clean_document(
    raw_text: str, doc_id: str = "0" * 64, file_name: str = "", source_path: str = "", media_type: str = "text/plain"
) -> CleanDocument | Refusal:
    """Clean one document; only the text and its media type matter for the result."""
    page = parse(raw_text, media_type)
    if not page.builder.blocks:
        return Refusal(
            stage="cleaning",
            table="clean_documents",
            rule="no_text",
            reason="Nothing in it can be read: no text is left without markup, scripts and comments. Save the text of the page instead.",
            record={"source_path": source_path, "file_name": file_name, "media_type": media_type},
            doc_id=doc_id,
        )
    clean_text, repairs = repair(page.builder.finish())
    layout = judge(page, clean_text)
    title = find_title(layout, page.stated)
    find_headings(layout)
    metadata = find_metadata(layout, page.stated, title)
    return CleanDocument(
        doc_id=doc_id,
        file_name=file_name,
        source_path=source_path,
        raw_text=raw_text,
        title=title,
        published_at=metadata.published.at if metadata.published else None,
        published_precision=metadata.published.precision if metadata.published else None,
        published_basis=metadata.basis,
        publisher=metadata.publisher,
        author=metadata.author,
        url=metadata.url,
        clean_text=clean_text,
        blocks=page.builder.blocks,
        map_clean=page.builder.map_clean,
        map_raw=page.builder.map_raw,
        map_raw_end=page.builder.map_raw_end,
        repairs=page.repairs | repairs,
    )


def parse(raw_text: str, media_type: str) -> Page:
    """The blocks of a text by its format: front matter, then HTML, Markdown or plain lines."""
    page = Page()
    start, front = read_front_matter(raw_text, page)
    for draft in front:
        page.add(draft)
    if media_type == "text/html" or holds_markup(raw_text):
        found = read_markup(raw_text, page, start)
        for draft in read_marks(found) if media_type == "text/markdown" else found:
            page.add(draft)
    elif media_type == "text/markdown":
        for draft in read_marks(drafts(raw_text, start)):
            page.add(draft)
    else:
        read_lines(raw_text, page, start)
    return page


def _frame(documents: Sequence[CleanDocument]) -> pl.DataFrame:
    """Clean documents as a table; lists go through Arrow, for a long document has hundreds of thousands of blocks."""
    lists = ("blocks", "map_clean", "map_raw", "map_raw_end", "repairs")
    scalars = [name for name in CLEAN_DOCUMENTS if name not in lists]
    columns: dict[str, pl.Series] = {
        name: pl.Series(name, [getattr(document, name) for document in documents], dtype=CLEAN_DOCUMENTS[name])
        for name in scalars
    }
    blocks = [document.blocks for document in documents]
    columns["blocks"] = _nested(
        "blocks",
        [len(found) for found in blocks],
        {
            name: pa.array([getattr(block, name) for block in chain.from_iterable(blocks)], type=arrow)
            for name, arrow in (
                ("start", pa.int32()),
                ("end", pa.int32()),
                ("section", pa.string()),
                ("kind", pa.string()),
                ("published", pa.date32()),
                ("group", pa.int32()),
            )
        },
    )
    for name in ("map_clean", "map_raw", "map_raw_end"):
        values = [getattr(document, name) for document in documents]
        flat = pa.array(list(chain.from_iterable(values)), type=pa.int32())
        columns[name] = _listed(name, [len(value) for value in values], flat)
    repairs = [list(document.repairs.items()) for document in documents]
    columns["repairs"] = _nested(
        "repairs",
        [len(found) for found in repairs],
        {
            "name": pa.array([name for name, _ in chain.from_iterable(repairs)], type=pa.string()),
            "count": pa.array([count for _, count in chain.from_iterable(repairs)], type=pa.int32()),
        },
    )
    return pl.DataFrame([columns[name].cast(dtype) for name, dtype in CLEAN_DOCUMENTS.items()])


def _nested(name: str, lengths: Iterable[int], fields: dict[str, pa.Array]) -> pl.Series:
    return _listed(name, lengths, pa.StructArray.from_arrays(list(fields.values()), names=list(fields)))


def _listed(name: str, lengths: Iterable[int], flat: pa.Array) -> pl.Series:
    offsets = pa.array(list(accumulate(lengths, initial=0)), type=pa.int32())
    series = pl.from_arrow(pa.ListArray.from_arrays(offsets, flat))
    assert isinstance(series, pl.Series)
    return series.alias(name)
