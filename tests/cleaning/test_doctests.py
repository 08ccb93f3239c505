import doctest
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

import pipelines.cleaning
import pipelines.reading
from pipelines.cleaning.repairs import REPAIRS, note_lost_quotes


def modules() -> list[ModuleType]:
    packages = (pipelines.cleaning, pipelines.reading)
    return [
        import_module(f"{package.__name__}.{module.name}")
        for package in packages
        for module in iter_modules(package.__path__)
    ]


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_examples_in_docstrings_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    "function", [*(function for _, function in REPAIRS), note_lost_quotes], ids=lambda f: f.__name__
)
def test_every_repair_shows_an_example(function: object) -> None:
    assert doctest.DocTestFinder().find(function)[0].examples
