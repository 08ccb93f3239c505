"""One document through all passes of cleaning, and many into the tables `clean_documents` and `rejected`.

Belongs here: the order of the passes. Does not belong here: any pass itself, or the tables' columns (`frames.py`).
"""

import polars as pl

from pipelines.cleaning.frames import clean_frame
from pipelines.cleaning.front_matter import read_front_matter
from pipelines.cleaning.headings import find_headings
from pipelines.cleaning.lines import drafts, read_lines
from pipelines.cleaning.markdown import holds_marks, read_marks
from pipelines.cleaning.markup import holds_markup, read_markup
from pipelines.cleaning.metadata import find_metadata
from pipelines.cleaning.page import Page
from pipelines.cleaning.repairs import repair
from pipelines.cleaning.rows import read_csv, read_rows
from pipelines.cleaning.sections import judge
from pipelines.cleaning.titles import find_title
from pipelines.patience import each
from pipelines.reading.files import rejected_frame
from schemas.documents import BINARY, CleanDocument, Refusal


def clean(raw: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Clean documents.

    Args:
        raw: rows of `raw_documents`.

    Returns:
        The tables `clean_documents` and `rejected`.
    """
    rows = raw.select("raw_text", "doc_id", "file_name", "source_path", "media_type").iter_rows(named=True)
    cleaned = [
        clean_document(row["raw_text"], row["doc_id"], row["file_name"], row["source_path"], row["media_type"])
        for row in each(rows)
    ]
    return {
        "clean_documents": clean_frame([document for document in cleaned if isinstance(document, CleanDocument)]),
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
            reason="No text is left without markup, scripts and comments. Save the text of the page instead.",
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
    """The blocks of a text by its format: front matter, then HTML, Markdown, rows or plain lines."""
    page = Page()
    if media_type in ("text/csv", *BINARY):
        for draft in read_csv(raw_text) if media_type == "text/csv" else read_rows(raw_text):
            page.add(draft)
        return page
    start, front = read_front_matter(raw_text, page)
    for draft in front:
        page.add(draft)
    marked = media_type == "text/markdown" or (media_type == "text/plain" and holds_marks(raw_text))
    if media_type == "text/html" or holds_markup(raw_text):
        found = read_markup(raw_text, page, start)
        for draft in read_marks(found) if marked else found:
            page.add(draft)
    elif marked:
        for draft in read_marks(drafts(raw_text, start)):
            page.add(draft)
    else:
        read_lines(raw_text, page, start)
    return page
