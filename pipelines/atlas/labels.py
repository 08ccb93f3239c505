"""Chinese and English names of the words that tables use: `target` is 目标, `obs_value` is 换算值.

Belongs here: looking a label up. The labels themselves are rows of `labels.csv`: a group is named like its list of
words in `schemas/vocabulary.py`; the groups Table, Column, Level, Stage, Confidence, Tie and Part are of the atlas.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from schemas import vocabulary
from schemas.columns import Column

PATH = Path(__file__).with_name("labels.csv")


@dataclass(frozen=True, slots=True)
class Label:
    """One word in two languages; `en` is empty where there is none."""

    zh: str
    en: str


@cache
def labels() -> dict[tuple[str, str], Label]:
    """All labels by group and word."""
    with PATH.open(encoding="utf-8", newline="") as file:
        return {(row["group"], row["word"]): Label(row["zh"], row["en"]) for row in csv.DictReader(file)}


def label(group: str, word: str) -> Label:
    """The label of a word; the word itself where it has none, so that a newer file can still be shown."""
    return labels().get((group, word), Label(word, ""))


@cache
def _groups() -> dict[tuple[str, ...], str]:
    """The name of each closed list in `schemas/vocabulary.py` that has labels, by its words."""
    return {get_args(getattr(vocabulary, name)): name for name, _ in labels() if hasattr(vocabulary, name)}


def group_of(column: Column) -> str | None:
    """The group of labels of a column's values; None where the column holds no closed list."""
    if not column.domain:
        return None
    groups = _groups()
    # A column may leave words out: no fact is of section boilerplate, no event is known to the second.
    fitting = [words for words in groups if set(column.domain) <= set(words)]
    return groups[min(fitting, key=len)] if fitting else None
