"""A guarded pattern matches what it matches without the guard."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.lexicon import alternation, registry
from pipelines.extraction.marks import written_out
from pipelines.extraction.patterns import choice, ends, guarded, one_of
from pipelines.extraction.time_words import PATTERNS, PERIOD

SMALL = (
    "ab|c",
    "a?b",
    "a?b?c",
    "a*",
    "(?:a|)b",
    "(?:ab?|[c-d])+e",
    "(?<=a)b|^c",
    r"\bd|\d+a",
    "a++b",
    "(?!ab)a|b$",
    "[^a]b",
    ".b",
    "a.",
    "(a)?b",
    "(?i:a)b",
    r"[\s,]a|-b",
    "a{2,3}|b{0,2}c",
    "a|bc",
    "a?[bc]d?|ee",
    "(?:a|bc){2}",
    "(?:a(?=b)|b)c?",
    "|".join(chr(97 + index) * 2 for index in range(14)),
)


@pytest.mark.parametrize("pattern", SMALL)
@settings(deadline=None)
@given(text=st.text("abcdeABD12 ,-", max_size=12))
def test_small_patterns(pattern: str, text: str) -> None:
    """Optional, empty, anchored, repeated and looking-around parts at the beginning."""
    assert _spans(guarded(pattern), text) == _spans(re.compile(pattern), text)


@settings(deadline=None)
@given(text=st.text("abc", max_size=12), words=st.sets(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=20))
def test_words_that_begin_alike_stand_together(text: str, words: set[str]) -> None:
    """Of the words that begin at a place the longest is read, whatever the order in the pattern."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    assert _spans(guarded(one_of(words)), text) == _spans(re.compile("|".join(longest_first)), text)


@settings(deadline=None)
@given(text=st.text("abcdeABD12 ,-", max_size=12), patterns=st.lists(st.sampled_from(SMALL), min_size=2, max_size=4))
def test_a_choice_is_that_of_the_first_that_matches(text: str, patterns: list[str]) -> None:
    """The look ahead of each pattern takes nothing from it."""
    named = {f"p{number}": pattern for number, pattern in enumerate(patterns)}
    plain = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in named.items()))
    found = [(match.span(), match.lastgroup) for match in choice(named).finditer(text)]
    assert found == [(match.span(), match.lastgroup) for match in plain.finditer(text)]


@pytest.mark.parametrize("row", registry().table("number_marks"), ids=lambda row: row["name"])
def test_every_mark_is_still_read(row: dict[str, str]) -> None:
    """The rows that are joined to the largest pattern of all, on the examples that they carry."""
    pattern = written_out(row["pattern"])
    for text in (row["reads"], row["leaves"]):
        assert _spans(guarded(pattern), text) == _spans(re.compile(pattern), text)
    assert _spans(guarded(pattern), row["reads"])


@pytest.mark.parametrize("name", PATTERNS)
def test_words_of_time(name: str) -> None:
    """A sentence with an expression of each sort."""
    text = "2024年9月20日，去年同期，“十四五”期间，近三年，20年来，连续5年，前三季度，上年末，目前，近年来，"
    text += "二〇二五年，20世纪80年代，2024-09-20，2022~2025年，2023年1月—2024年3月，2020年以来"
    assert PERIOD.search(text)
    assert _spans(guarded(PATTERNS[name]), text) == _spans(re.compile(PATTERNS[name]), text)


def test_a_character_that_begins_no_word_is_passed_over() -> None:
    """The guard is there for many words, and names the characters that can begin them."""
    pattern = guarded(alternation("level_verb"))
    assert pattern.pattern.startswith("(?=[")
    assert pattern.search("，。") is None


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@settings(deadline=None)
@given(text=st.text("增长率值了约每人年\n", min_size=1, max_size=6))
def test_no_match_ends_otherwise(text: str) -> None:
    """What `ends` leaves out no pattern can end with."""
    patterns = ("增长(?:了|约)?$", "每[人年]$", "(?:增长)+率?$")
    if ends(*patterns).match(text, len(text) - 1) is None:
        assert not any(re.search(pattern, text) for pattern in patterns)
