"""The rules in words: each reads its example, none that the cases show is missing, and the page is not stale."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

import pytest

from pipelines.extraction import read_facts
from pipelines.reading_rules import PATH, ReadingRule, page, reading_rules
from pipelines.settings import PROJECT_ROOT
from schemas.registry import load_registry

EXTRACTION = PROJECT_ROOT / "pipelines" / "extraction"
# What of schemas/registry/outcome_words.csv is a way of bringing something about.
MANNERS = ("appear", "entered", "perform", "publish", "set_up", "sign")


@pytest.mark.parametrize("rule", reading_rules().values(), ids=lambda rule: f"{rule.table}.{rule.name}")
def test_a_rule_reads_its_example(rule: ReadingRule) -> None:
    assert rule.name in {fact["rule"] for fact in getattr(read_facts(rule.example), rule.table)}
    assert rule.reads


def test_every_rule_that_the_code_can_give_is_described_and_no_other() -> None:
    described = {rule.name for rule in reading_rules().values()}
    assert set(_rules_of_code()) == described


def _rules_of_code() -> Iterator[str]:
    """Names of rules in the code: words with hyphens are nothing else there; a word alone is one where it is given."""
    table = load_registry().table
    yield from (f"outcome-{kind.replace('_', '-')}" for kind in MANNERS)
    # A programme has the name of its kind for a rule; what is only a part of one has no row.
    yield from {row["kind"] for name in ("programme_nouns", "programme_shapes") for row in table(name)} - {"part"}
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(EXTRACTION.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    places = dict(filter(None, map(_place_of_rule, nodes)))
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch("[a-z]+(-[a-z]+)+", node.value)
        ):
            yield node.value
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [word.value for word in node.keywords if word.arg == "rule"]
            given += node.args[places[called] :][:1] if called in places else []
            yield from (word for one in given for word in _words(one))


def _words(node: ast.expr) -> list[str]:
    """The words that an argument can be: one, or one of two."""
    if isinstance(node, ast.IfExp):
        return _words(node.body) + _words(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and node.value else []


def _place_of_rule(node: ast.AST) -> tuple[str, int] | None:
    """Where a function or record takes the name of a rule."""
    if isinstance(node, ast.FunctionDef):
        names = [argument.arg for argument in node.args.args if argument.arg != "self"]
    elif isinstance(node, ast.ClassDef):
        names = [
            one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        ]
    else:
        return None
    return (node.name, names.index("rule")) if "rule" in names else None


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
