"""Every repair shows what it does; pytest runs all examples in docstrings (`--doctest-modules`)."""

import doctest

import pytest

from pipelines.cleaning.repairs import REPAIRS, note_lost_quotes


@pytest.mark.parametrize(
    "function", [*(function for _, function in REPAIRS), note_lost_quotes], ids=lambda f: f.__name__
)
def test_every_repair_shows_an_example(function: object) -> None:
    assert doctest.DocTestFinder().find(function)[0].examples
