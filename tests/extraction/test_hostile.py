"""Sentences that make careless reading slow: time grows with their length, not with its square."""

import pytest

from pipelines.extraction import read_facts
from tests.growth import cpu_seconds

# Each takes well under half a second here; with a pattern that tries a run again from each of its characters, several
# seconds for half of the size.
SIZE, SECONDS = 8_000, 4.0
PLACES = ("昆山市", "江阴市", "慈溪市", "义乌市", "诸暨市", "晋江市")
UNITS = (
    "1",
    "一",
    "一千",
    "发展",
    "昆山",
    "分别",
    "增长",
    "2024年",
    "a-",
    "a.",
    "a@",
    "1+",
    "（",
    "“",
    "，",
    "会",
    "企业公司",
)


@pytest.mark.parametrize("end", ["", "5%", "5万元"])
@pytest.mark.parametrize("unit", UNITS)
def test_one_word_again_and_again(unit: str, end: str) -> None:
    """Runs of what numbers, dates, places, verbs, addresses and names begin with."""
    assert seconds(unit * (SIZE // len(unit)) + end) < SECONDS


def test_a_sentence_of_hundreds_of_places_and_values() -> None:
    """A table that has been written as one sentence: every value is read, in time."""
    pairs = [f"{PLACES[index % len(PLACES)]}{index + 100}.5亿元" for index in range(400)]
    text = "2024年地区生产总值：" + "、".join(pairs) + "。"
    assert seconds(text) < SECONDS
    assert len(read_facts(text).observations) == len(pairs)


def seconds(text: str) -> float:
    """CPU time of reading a text."""
    read_facts("2024年，昆山市地区生产总值5140亿元。")  # the registry is loaded once
    return cpu_seconds(lambda: read_facts(text))
