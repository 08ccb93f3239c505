"""The number ledger: every number of a document, Arabic or Chinese, with what became of it.

Here: finding the numbers in the raw text, so that none can be lost on the way, and giving each its disposition. Not
here: any reading; dispositions come from what the readers claimed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from html import unescape
from typing import Any, NamedTuple

from pipelines.extraction.document import Document
from pipelines.extraction.numerals import CHINESE_NUMERAL
from pipelines.extraction.patterns import guarded

CHARACTERS = CHINESE_NUMERAL.replace("几", "").replace("数", "")
# the scale word behind digits is part of the number: 626.9亿
NUMBER = guarded(
    rf"[0-9０-９][0-9０-９,，]*(?<![,，])(?:[.．][0-9０-９]+)?(?:[余多]?[十百千万亿]+)*"
    rf"|(?:(?:[半几]|(?<!半)数)(?=[十百千万亿]))?[{CHARACTERS}]+"
)
PRIORITY = {
    "observation": 0,
    "ranking": 1,
    "rejected": 2,
    "identifier": 3,
    "plan": 4,
    "programme": 5,
    "date": 6,
    "ordinal": 7,
    "name": 8,
    "noise": 9,
    "unassigned": 10,
}
REFERENCE = re.compile(r"&#(?:\d+|[xX][0-9a-fA-F]+);")
# 三个, 五项: a numeral with a measure word behind it counts something
COUNTS = re.compile(r"[个家项位名座倍成亿万％%]|年")


class Claim(NamedTuple):
    """A stretch of raw text that a reader accounts for."""

    start: int
    end: int
    disposition: str
    fact_id: str | None = None


def read_ledger(document: Document, claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """Rows of `number_ledger` for one document.

    Args:
        document: The document.
        claims: What the readers of facts, dates and names account for.

    Returns:
        One row for each number of the raw text, in its order; where several claims touch a number the one that says
        most wins.
    """
    ordered = sorted(claims, key=lambda claim: (claim.start, PRIORITY[claim.disposition]))
    starts = [claim.start for claim in ordered]
    longest = max((claim.end - claim.start for claim in ordered), default=0)
    positions, names = _sections(document)
    raw = document.row["raw_text"]
    rows = []
    for start, end in _numbers(raw, ordered):
        section = names[bisect_right(positions, start) - 1]
        claim = _best(ordered, starts, longest, start, end)
        if claim is None:
            disposition, fact_id = _unclaimed(raw[start:end], raw, end, section), None
        elif claim.disposition == "unassigned" and _spells_a_character(raw, start, end):
            disposition, fact_id = "noise", None
        else:
            disposition, fact_id = claim.disposition, claim.fact_id
        rows.append(
            {
                "doc_id": document.row["doc_id"],
                "raw_start": start,
                "raw_end": end,
                "text": raw[start:end],
                "section": section,
                "disposition": disposition,
                "fact_id": fact_id,
            }
        )
    return rows


def _numbers(raw: str, claims: list[Claim]) -> list[tuple[int, int]]:
    """Where the numbers are: whatever looks like one, and words that a fact took for one (超半数)."""
    found = [match.span() for match in NUMBER.finditer(raw)]
    starts = [start for start, _ in found]
    for claim in claims:
        index = bisect_right(starts, claim.end - 1) - 1
        if claim.fact_id and (index < 0 or found[index][1] <= claim.start):
            found.append((claim.start, claim.end))
    return sorted(set(found))


def _best(claims: list[Claim], starts: list[int], longest: int, start: int, end: int) -> Claim | None:
    best: Claim | None = None
    index = bisect_right(starts, end - 1) - 1
    while index >= 0 and starts[index] >= start - longest:
        claim = claims[index]
        if claim.end > start and claim.start < end and (best is None or _weight(claim) <= _weight(best)):
            best = claim
        index -= 1
    return best


def _weight(claim: Claim) -> tuple[int, bool]:
    """What says most comes first; of two that say the same, the one that knows its fact."""
    return PRIORITY[claim.disposition], claim.fact_id is None


def _unclaimed(text: str, raw: str, end: int, section: str) -> str:
    if _spells_a_character(raw, end - len(text), end):
        return "noise"
    if section == "boilerplate":
        return "identifier" if len(text) >= 7 and text.isdigit() else "noise"
    if not text[0].isdigit():
        return "unassigned" if len(text) > 1 and COUNTS.match(raw, end) else "name"
    return "unassigned"


def _spells_a_character(raw: str, start: int, end: int) -> bool:
    """5.8&#37; on a page: 37 is how % is written there; &#49; is a 1, and stays to be accounted for."""
    reference = REFERENCE.match(raw, start - 2) or REFERENCE.match(raw, start - 3)
    return reference is not None and reference.end() > end and not unescape(reference.group()).isnumeric()


def _sections(document: Document) -> tuple[list[int], list[str]]:
    """Raw starts of the blocks with their section; what lies between blocks is markup."""
    positions, names = [0], ["boilerplate"]
    for block in document.blocks:
        start, end = document.raw_span(block.start, block.end)
        positions += [start, end]
        names += [block.section, "boilerplate"]
    return positions, names
