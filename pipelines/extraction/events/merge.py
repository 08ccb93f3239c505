"""One event told several times is one row.

Here: which tellings are of one event, which of them is kept, and what the others add to it. Not here: the tellings.
"""

import re
from collections.abc import Iterable

from pipelines.extraction.events.line import Finding
from pipelines.extraction.events.words import EDITION, YEAR

DRESSING = re.compile(
    r"[\s“”\"‘’《》·•、，,（）()]|(?:19|20)\d{2}年?度?|第[一二三四五六七八九十百\d]+[届次]|首届|中国|全国|开幕式$|闭幕式$|活动$"
)
SHORTEST = 4
CODE = 6
# how many events back a telling is looked for, so that a long document costs no more a line than a short one
REACH = 200
BACKGROUND = frozenset(("title", "heading", "caption", "credit"))


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """The events of a document, each once, in the order of the text.

    Args:
        findings: What the sentences tell, in the order of the text.

    Returns:
        The fullest telling of each event, with what the others add.
    """
    events: list[list[Finding]] = []
    for finding in findings:
        recent = reversed(events[-REACH:])
        same = next((tellings for tellings in recent if any(_same(other, finding) for other in tellings)), None)
        if same is None:
            events.append([finding])
        else:
            same.append(finding)
    return sorted((_fullest(tellings) for tellings in events), key=lambda finding: finding.at)


def _same(one: Finding, other: Finding) -> bool:
    """Whether two tellings are of one event."""
    if (one.type == "visit") != (other.type == "visit"):
        return False
    if one.targets and other.targets:
        return _same_visit(one, other)
    for pattern in (YEAR, EDITION):
        first, second = pattern.search(one.name), pattern.search(other.name)
        if first and second and first.group() != second.group():
            return False
    if one.date and other.date and one.date[: len(other.date)] != other.date[: len(one.date)]:
        return False
    first_name, second_name = _core(one.name), _core(other.name)
    if min(len(first_name), len(second_name)) < SHORTEST:
        return one.name == other.name
    return first_name in second_name or second_name in first_name


def _same_visit(one: Finding, other: Finding) -> bool:
    """The same place visited by the same visitors; a photograph's caption names them otherwise.

    A stop on the way (代表团先后到市博物馆、鹏鸿木业考察) is part of the visit that was told before it.
    """
    if one.date and other.date and one.date[: len(other.date)] != other.date[: len(one.date)]:
        return False
    same_visitors = bool(one.organiser and other.organiser and one.organiser[:2] == other.organiser[:2])
    if one.targets == other.targets:
        return same_visitors or not (one.organiser and other.organiser)
    return same_visitors and (other.date is None or one.date is None) and _lies_within(other, one)


def _lies_within(stop: Finding, visit: Finding) -> bool:
    """Whether every place of a stop is, contains or lies in one that the visit went to; firms have no code."""
    return all(
        not target.isdigit() or any(_contains(target, goal) or _contains(goal, target) for goal in visit.targets)
        for target in stop.targets
    )


def _contains(outer: str, inner: str) -> bool:
    return inner.startswith(outer.rstrip("0") if len(outer) == CODE else outer)


def _core(name: str) -> str:
    """A name without its year, its number and its quotes."""
    return DRESSING.sub("", name)


def _fullest(tellings: list[Finding]) -> Finding:
    """The telling to keep: in running text, with a day, by the fullest pattern, the earliest of these."""
    best = min(
        tellings,
        key=lambda finding: (
            finding.line.sentence.block.section != "body",
            finding.line.sentence.block.kind in BACKGROUND,
            -finding.strength,
            finding.date is None,
            finding.at,
        ),
    )
    for other in tellings:
        if other.date and (best.date is None or len(other.date) > len(best.date)):
            best.date = other.date
        if best.venue is None:
            best.venue, best.place_code = other.venue, other.place_code
        best.theme = best.theme or other.theme
        best.organiser = best.organiser or other.organiser
    return best
