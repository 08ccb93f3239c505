"""The rules in words: each reads its example, none that the cases show is missing, and the page is not stale."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

import pytest

from pipelines.extraction import read_facts
from pipelines.reading_rules import PATH, ReadingRule, page, reading_rules
from pipelines.settings import PROJECT_ROOT


@pytest.mark.parametrize("rule", reading_rules().values(), ids=lambda rule: f"{rule.table}.{rule.name}")
def test_a_rule_reads_its_example(rule: ReadingRule) -> None:
    assert rule.name in {fact["rule"] for fact in getattr(read_facts(rule.example), rule.table)}
    assert rule.reads


@pytest.mark.slow
def test_every_rule_of_the_cases_is_described() -> None:
    assert set(_rules_of_cases()) - set(reading_rules()) == set()


def _rules_of_cases() -> Iterator[tuple[str, str]]:
    for file in sorted((PROJECT_ROOT / "tests" / "cases").glob("*.json")):
        for case in json.loads(file.read_text("utf-8")):
            if "text" not in case:
                continue
            published = date.fromisoformat(case["published"][:10]) if case.get("published") else None
            facts = read_facts(case["text"], published, case.get("ref_area"))
            for kind in fields(facts):
                for row in getattr(facts, kind.name):
                    if "rule" in row and "quote" in row:
                        yield kind.name, row["rule"]


def test_the_page_is_not_stale() -> None:
    assert PATH.read_text(encoding="utf-8") == page(), "run `make docs` and commit docs/reference/rules.md"
