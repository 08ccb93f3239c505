"""Broken and made-up documents through the whole way: what broke once, and what hypothesis makes up.

Here: inputs by hypothesis, which goes on from those in which much is found. Not here: inputs by code coverage
(`guided.py`, which `make fuzz` runs), and broken files in the process apart (`tests/reading/test_fuzz.py`).
"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as st

from tests.cleaning.test_hostile import UNITS
from tests.extraction.test_properties import TEXT
from tests.fuzz.through import NAMES, WORDS, through
from tests.reading.make_office import paragraph, table
from tests.reading.test_fuzz import FILES

KEPT = sorted((Path(__file__).parent / "kept").iterdir())
# Derandomised: what fails in CI fails at home.
QUICK = settings(max_examples=60, deadline=None, derandomize=True, database=None)
QUICK = settings(QUICK, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
LONG = settings(QUICK, max_examples=1500)

PIECES = st.one_of(TEXT, st.sampled_from(UNITS), st.text(max_size=20))
TAGS = st.sampled_from(
    ("p", "div", "td", "tr", "table", "h1", "li", "a", "span", "b", "title", "br", "script", "option")
)
ELEMENTS = st.recursive(
    PIECES,
    lambda inner: st.builds("<{0}>{1}</{0}>".format, TAGS, st.lists(inner, max_size=5).map("".join)),
    max_leaves=12,
)
PAGES = st.lists(ELEMENTS, max_size=8).map("\n".join)
ROWS = st.lists(st.lists(PIECES, min_size=1, max_size=4), min_size=1, max_size=5)
# What XML can hold.
SAFE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=40
)
SHEETS = st.lists(
    st.one_of(SAFE.map(paragraph), st.lists(st.lists(SAFE, max_size=3), max_size=3).map(table)), max_size=6
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sound file with some bytes changed, left out or put in twice."""
    name = draw(st.sampled_from(sorted(FILES)))
    data = bytearray(FILES[name])
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        match draw(st.integers(0, 2)):
            case 0:
                data[start : start + length] = draw(st.binary(max_size=40))
            case 1:
                del data[start : start + length]
            case _:
                data[start:start] = data[start : start + length]
    return name, bytes(data)


ENCODINGS = st.sampled_from(("utf-8", "gb18030", "utf-16", "big5"))
DOCUMENTS = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.binary(max_size=400)),
    st.tuples(
        st.sampled_from(("a.txt", "a.md", "a.html", "a", "a.eml", *WORDS)),
        st.builds(lambda text, encoding: text.encode(encoding, "replace"), PAGES, ENCODINGS),
    ),
    st.tuples(st.just("a.csv"), ROWS.map(lambda rows: "\n".join(",".join(row) for row in rows).encode())),
    st.tuples(st.just("document.xml"), SHEETS.map(lambda parts: "".join(parts).encode())),
    damaged(),
)


def taken(document: tuple[str, bytes]) -> None:
    """One input; hypothesis goes on from those in which much is found."""
    name, data = document
    with tempfile.TemporaryDirectory() as folder:
        target(through(name, data, Path(folder)).rows)


@QUICK
@given(DOCUMENTS)
def test_nothing_raises_or_hangs(document: tuple[str, bytes]) -> None:
    taken(document)


@pytest.mark.slow
@LONG
@given(DOCUMENTS)
def test_nothing_raises_or_hangs_for_long(document: tuple[str, bytes]) -> None:
    taken(document)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_broke_once(path: Path, tmp_path: Path) -> None:
    through(path.name.partition("-")[0], path.read_bytes(), tmp_path)
