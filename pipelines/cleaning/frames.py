"""Clean documents as a table.

Belongs here: the columns of `clean_documents`, and filling them without a Python object a cell where there are many.
Does not belong here: what is in them (`documents.py`).
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from schemas.documents import CleanDocument

BLOCK_FIELDS: dict[str, pl.DataType] = {
    "start": pl.Int32(),
    "end": pl.Int32(),
    "section": pl.Utf8(),
    "kind": pl.Utf8(),
    "published": pl.Date(),
    "group": pl.Int32(),
}
REPAIR_FIELDS: dict[str, pl.DataType] = {"name": pl.Utf8(), "count": pl.Int32()}
CLEAN_DOCUMENTS = pl.Schema(
    {
        "doc_id": pl.Utf8(),
        "file_name": pl.Utf8(),
        "source_path": pl.Utf8(),
        "raw_text": pl.Utf8(),
        "title": pl.Utf8(),
        "published_at": pl.Datetime("us"),
        "published_precision": pl.Utf8(),
        "published_basis": pl.Utf8(),
        "publisher": pl.Utf8(),
        "author": pl.Utf8(),
        "url": pl.Utf8(),
        "clean_text": pl.Utf8(),
        "blocks": pl.List(pl.Struct(BLOCK_FIELDS)),
        "map_clean": pl.List(pl.Int32()),
        "map_raw": pl.List(pl.Int32()),
        "map_raw_end": pl.List(pl.Int32()),
        "repairs": pl.List(pl.Struct(REPAIR_FIELDS)),
    }
)


def clean_frame(documents: Sequence[CleanDocument]) -> pl.DataFrame:
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
