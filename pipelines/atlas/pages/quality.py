"""What is doubted, contradicted and refused, with reasons."""

from collections import defaultdict
from collections.abc import Iterator
from typing import get_args

from pipelines.atlas import addresses
from pipelines.atlas.pages.page import Page
from pipelines.atlas.reader import Row, Snapshot
from pipelines.atlas.templating import render
from pipelines.validation.rules import RULES
from schemas.vocabulary import Verdict


def pages(snapshot: Snapshot) -> Iterator[Page]:
    """The page of doubts and conflicts, and that of refusals."""
    verdicts: dict[str, list[Row]] = {verdict: [] for verdict in reversed(get_args(Verdict))}
    for row in snapshot.quality["conflicts"]:
        verdicts[row["verdict"]].append(row)
    doubted = [row for row in snapshot.facts["observations"] if row["obs_status"] == "Q"]
    content = render(
        "conflicts.html",
        addresses.CONFLICTS,
        snapshot=snapshot,
        verdicts=verdicts,
        doubted=doubted,
        described=_described(snapshot),
        findings=snapshot.quality["findings"],
    )
    yield Page(addresses.CONFLICTS, content)
    rules: dict[str, list[Row]] = defaultdict(list)
    for row in snapshot.quality["rejected"]:
        rules[row["rule"]].append(row)
    content = render("refused.html", addresses.REFUSED, snapshot=snapshot, rules=rules, described=_described(snapshot))
    yield Page(addresses.REFUSED, content)


def _described(snapshot: Snapshot) -> dict[str, str]:
    """What each rule and cross-check says, in words."""
    rules = {rule.name: rule.description for several in RULES.values() for rule in several}
    return rules | {check["name"]: check["description"] for check in snapshot.cross_checks}
