"""The rules of reading in words: what each rule of extraction reads, with an example that it reads.

Belongs here: telling a person about a rule whose name stands in column `rule` of a fact (`reading_rules.csv`), and the
page `docs/reference/rules.md` that is made of it. Does not belong here: the rules themselves (`pipelines/extraction`).
The file stands outside of that package, because a better word in it is no reason to read all documents again.

    python -m pipelines.reading_rules        # writes the page; `make docs` calls it
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.extraction import read_facts
from pipelines.facts_view import in_words
from schemas.tables import FACT_TABLES

TABLE = Path(__file__).with_suffix(".csv")
PATH = Path(__file__).resolve().parent.parent / "docs" / "reference" / "rules.md"
HEAD = """# Rules of reading

Made by `make docs` from `pipelines/reading_rules.csv` and from what the reader makes of the examples; do not edit it
by hand. The name of a rule is in column `rule` of each fact; `xianzhi explain ID` tells it together with the fact. Each
example is read here by itself, without a document around it, so that place and period are known only where the sentence
says so.

What a rule leaves alone, and more sentences for each, is in `tests/cases/`. Patterns of numbers that are no quantities
(telephones, ordinals, names) are rows of `schemas/registry/number_marks.csv`, also with examples.
"""


@dataclass(frozen=True)
class ReadingRule:
    """One rule of extraction, for people.

    Attributes:
        table: Table of the facts that it gives.
        name: Its name, as in column `rule`.
        reads: What it reads, in words.
        example: A text that it reads by itself.
    """

    table: str
    name: str
    reads: str
    example: str


@cache
def reading_rules() -> dict[tuple[str, str], ReadingRule]:
    """The rules by table and name, in the order of the file."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rules = [ReadingRule(row["table"], row["rule"], row["reads"], row["example"]) for row in csv.DictReader(stream)]
    return {(rule.table, rule.name): rule for rule in rules}


def page() -> str:
    """The page of the rules, in Markdown."""
    lines = [HEAD]
    for table in FACT_TABLES:
        lines += [f"## {table.name}", "", "| rule | reads | example | becomes |", "|---|---|---|---|"]
        for rule in reading_rules().values():
            if rule.table == table.name:
                cells = (f"`{rule.name}`", rule.reads, rule.example, "; ".join(_becomes(rule)))
                lines.append("| " + " | ".join(map(_cell, cells)) + " |")
        lines.append("")
    return "\n".join(lines)


def _becomes(rule: ReadingRule) -> list[str]:
    """The facts that the rule gives for its example, each on one line."""
    facts = getattr(read_facts(rule.example), rule.table)
    return [in_words(rule.table, row) for row in facts if row["rule"] == rule.name]


def _cell(text: str) -> str:
    # A tab parts the cells of a row; Markdown would make one space of it.
    return text.replace("|", "\\|").replace("\n", "<br>").replace("\t", "\u3000")


if __name__ == "__main__":
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(page(), encoding="utf-8")
