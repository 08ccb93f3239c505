"""Numbers that are not quantities: identifiers, ordinals, names and idioms.

Here: the one scan that marks which digits and numeral characters belong to a phone number, a licence, a list
number, a rank or a word such as 一体化, before quantities are read. The patterns are rows of
`schemas/registry/number_marks.csv`, each with an example that it reads and one that it leaves alone. Not here:
dates (`periods`) and quantities.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from pipelines.extraction.lexicon import registry, words
from pipelines.extraction.numerals import CHINESE_NUMERAL, parse_numeral
from pipelines.extraction.patterns import automaton, choice, one_of


class Mark(NamedTuple):
    """A stretch of text whose digits are spoken for.

    Attributes:
        kind: identifier, ordinal, rank, name, programme, date, noise or enumeration (dispositions of `number_ledger`,
            but rank and enumeration, which are ordinals).
        start: Offset of the first character.
        end: Offset behind the last.
        value: The number of a rank or an enumeration, else None.
    """

    kind: str
    start: int
    end: int
    value: int | None = None


CHINESE_ORDINAL = "[一二三四五六七八九十百]"
ORDINAL_VALUE = re.compile(rf"\d+|{CHINESE_ORDINAL}+")
LETTERS = re.compile(r"[A-Za-z]{2,}")
NUMERAL_OF_IDIOM = re.compile(f"[{CHINESE_NUMERAL}半]")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], dict[str, str]]:
    """The rows of `number_marks.csv` as one pattern (their order decides where two could start), and their kinds."""
    rows = registry().table("number_marks")
    return choice({row["name"]: written_out(row["pattern"]) for row in rows}), {
        row["name"]: row["kind"] for row in rows
    }


def written_out(pattern: str) -> str:
    """A pattern of `number_marks.csv` with its {ordinal}, {numeral} and {unit} (the units in letters) written out."""
    units = {match.group() for unit in registry().units if (match := LETTERS.match(unit))}
    return (
        pattern.replace("{ordinal}", CHINESE_ORDINAL)
        .replace("{numeral}", CHINESE_NUMERAL)
        .replace("{unit}", one_of(units))
    )


@lru_cache(maxsize=1)
def _idioms() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    found = tuple(word for word in words("idiom") if NUMERAL_OF_IDIOM.search(word))
    return automaton(found), found


def find_marks(text: str) -> list[Mark]:
    """Marks of one block or sentence, in the order of the text.

    Args:
        text: Clean text of one block (so that an enumeration at its beginning can be told).

    Returns:
        Marks that do not overlap among the patterns; idioms come after them and may lie inside a quantity's reach.

    Examples:
        >>> [(m.kind, "电话:010-88111629"[m.start:m.end]) for m in find_marks("电话:010-88111629")]
        [('identifier', '电话:010-88111629')]
        >>> [m.value for m in find_marks("全市第15位")]
        [15]
    """
    found: list[Mark] = []
    pattern, kinds = _patterns()
    for match in pattern.finditer(text):
        name = match.lastgroup or ""
        start, end = match.span()
        if end == start:
            continue
        value = _ordinal_value(match.group()) if name in ("rank", "ordinal", "enumeration") else None
        found.append(Mark(kinds[name], start, end, value))
    if not NUMERAL_OF_IDIOM.search(text):
        return found
    patterned = tuple(found)
    for _, start, end in _idioms()[0].find_matches_as_indexes(text):
        # 1.28万家, 三万一千: digits or numerals on the edge make it a number
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isdigit() or _joins(before, text[start]) or _joins(text[end - 1], after):
            continue
        if "分之" in text[max(0, start - 2) : end + 1]:
            # 百分之|十一点三, 五分|之一: the term of a fraction
            continue
        if not any(mark.start < end and start < mark.end for mark in patterned):
            found.append(Mark("name", start, end))
    return found


def _joins(one: str, other: str) -> bool:
    """Whether two neighbouring characters are parts of one numeral (三|万一, 一千|二)."""
    return bool(one) and bool(other) and one in CHINESE_NUMERAL and other in CHINESE_NUMERAL


def _ordinal_value(text: str) -> int | None:
    match = ORDINAL_VALUE.search(text)
    if match is None:
        return None
    numeral = parse_numeral(text, match.start(), match.end())
    return int(numeral.value) if numeral else None
