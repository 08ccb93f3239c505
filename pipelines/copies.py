"""Near copies: the same article on several pages, found by MinHash over what each page says.

Belongs here: the signature of a document, and which documents are copies of one. Does not belong here: what follows
from it (`documents.copy_of`, and the views that count a copied article as one source).
"""

from collections.abc import Iterator

import polars as pl
from rensa import RMinHash

# A signature of 128 numbers tells the similarity to within some five hundredths.
PERMUTATIONS = 128
SEED = 2260
# Sixteen bands of eight: two texts that share seven tenths of their shingles meet in one of them in 61 of 100 cases,
# nine tenths in all but one of 10,000.
BANDS = 16
SHINGLE = 5
# Shorter texts share their shingles by chance, such as two notices of one form.
SHORTEST = 200
SIMILAR = 0.7
SIGNATURES = pl.Schema({"doc_id": pl.String(), "signature": pl.List(pl.UInt32)})
COPIES = pl.Schema({"doc_id": pl.String, "copy_of": pl.String})


def signatures(clean: pl.DataFrame) -> pl.DataFrame:
    """MinHash signatures of the bodies of documents, without white space and furniture.

    Args:
        clean: Rows of `clean_documents`.

    Returns:
        `SIGNATURES`: a row for each document that is long enough.
    """
    rows = []
    for row in clean.select("doc_id", "clean_text", "blocks").iter_rows(named=True):
        parts = (row["clean_text"][b["start"] : b["end"]] for b in row["blocks"] if b["section"] == "body")
        text = "".join("".join(parts).split())
        if len(text) >= SHORTEST:
            minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
            minhash.update([text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)])
            rows.append((row["doc_id"], minhash.digest()))
    return pl.DataFrame(rows, schema=SIGNATURES, orient="row")


def copies(signed: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    """Which documents are near copies of which.

    Args:
        signed: Signatures of all documents, as `SIGNATURES`.
        published: `doc_id` and `published_at` of the documents.

    Returns:
        `COPIES`: each copy with the document that it is a copy of: the one of its group that was published first, or
        has the smallest id where no day is known.
    """
    groups = _Groups()
    candidates = list(_candidates(signed))
    named = pl.Series(list({doc_id for pair in candidates for doc_id in pair}), dtype=pl.String)
    digests = dict(signed.filter(pl.col("doc_id").is_in(named.implode())).iter_rows())
    for one, other in candidates:
        if groups.find(one) != groups.find(other) and _similarity(digests[one], digests[other]) >= SIMILAR:
            groups.join(one, other)
    ages = dict(published.select("doc_id", pl.col("published_at").cast(pl.String).fill_null("9999")).iter_rows())
    rows = []
    for members in groups.members():
        first = min(members, key=lambda doc_id: (ages.get(doc_id, "9999"), doc_id))
        rows += [(doc_id, first) for doc_id in members if doc_id != first]
    return pl.DataFrame(sorted(rows), schema=COPIES, orient="row")


def _candidates(signed: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Pairs of documents that agree in a band; of many that do, each with the one before it and with the first."""
    width = PERMUTATIONS // BANDS
    for band in range(BANDS):
        # Two that only have the same hash cost a comparison.
        key = pl.col("signature").list.slice(band * width, width).hash()
        shared = signed.select("doc_id", key=key).filter(pl.col("key").is_duplicated())
        for doc_ids in shared.group_by("key", maintain_order=True).agg("doc_id")["doc_id"]:
            members = doc_ids.to_list()
            for position, doc_id in enumerate(members[1:]):
                yield members[position], doc_id
                if position:
                    yield members[0], doc_id


def _similarity(one: list[int], other: list[int]) -> float:
    return sum(a == b for a, b in zip(one, other, strict=True)) / PERMUTATIONS


class _Groups:
    """Documents that belong together (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, doc_id: str) -> str:
        root = doc_id
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        # The way is kept short for the next time.
        while doc_id != root:
            self._parent[doc_id], doc_id = root, self._parent[doc_id]
        return root

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parent.setdefault(first, first)
        self._parent[second] = first

    def members(self) -> list[list[str]]:
        groups: dict[str, list[str]] = {}
        for doc_id in sorted(self._parent):
            groups.setdefault(self.find(doc_id), []).append(doc_id)
        return [group for group in groups.values() if len(group) > 1]
