"""A guarded pattern matches what it matches without the guard."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.lexicon import registry
from pipelines.extraction.marks import CHINESE_ORDINAL
from pipelines.extraction.numerals import CHINESE_NUMERAL
from pipelines.extraction.patterns import guarded

SMALL = (
    "ab|c",
    "a?b",
    "a*",
    "(?:a|)b",
    "(?:ab?|[c-d])+e",
    "(?<=a)b|^c",
    r"\bd|\d+a",
    "a++b",
    "(?!ab)a|b$",
    "[^a]b",
    ".b",
    "(a)?b",
    "(?i:a)b",
    r"[\s,]a|-b",
)


@pytest.mark.parametrize("pattern", SMALL)
@given(text=st.text("abcdeABD12 ,-", max_size=12))
def test_small_patterns(pattern: str, text: str) -> None:
    """Optional, empty, anchored and looking-around parts at the beginning."""
    assert _spans(guarded(pattern), text) == _spans(re.compile(pattern), text)


def _of_registry() -> list[str]:
    rows = registry().table("number_marks")
    return [
        row["pattern"].format(ordinal=CHINESE_ORDINAL, numeral=CHINESE_NUMERAL)
        if "{ordinal}" in row["pattern"]
        else row["pattern"]
        for row in rows
    ]


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]
