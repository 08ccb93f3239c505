"""Ratios: 三次产业结构为12:41:47, 城乡居民收入比2.6:1.

Here: a ratio of parts as the share of each, and a ratio of two. Not here: shares in percent (`rates`).
"""

import re
from dataclasses import replace
from decimal import Decimal

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

REACH = 30
# names that say by their order which of two comes first
OF_TWO = re.compile(r"(?P<first>[师医护床患])(?P<second>[生护医患])比$")
STRUCTURES = (
    (
        re.compile(
            r"(?:三次产业|三产|产业|三次产业增加值)(?:增加值)?(?:结构|比例|比|占比|比重|之比)|一二三产业?(?:结构|比例|比)"
        ),
        ("第一产业增加值占地区生产总值比重", "第二产业增加值占地区生产总值比重", "第三产业增加值占地区生产总值比重"),
    ),
    (re.compile(r"粮经饲"), ("粮食作物占比", "经济作物占比", "饲料作物占比")),
)


def read_ratio(scope: Scope, quantity: Quantity, left: Left) -> list[Draft]:
    """11.9:51.9:36.3 of the three sectors are three shares; 2.6:1 is a ratio."""
    noun = (
        scope.words(left)
        or (scope.last.resolved.name if scope.last and scope.last.origin and scope.last.measure == "ratio" else "")
        or scope.noun_before
        or (scope.last.resolved.name if scope.last and scope.last.measure == "ratio" else "")
    )
    noun = re.sub(r"(?:进一步|由$)", "", noun)
    if scope.text[: quantity.start].endswith(("约为", "约是")):
        quantity = replace(quantity, bound="approx")
    origin = scope.from_to(quantity, min(len(scope.text), quantity.end + 12))
    reached = not origin and scope.last is not None and scope.last.origin
    drafts = _shares(scope, quantity, left) if len(quantity.parts) > 2 else _ratio(scope, quantity, left, noun)
    for draft in drafts:
        draft.origin, draft.reached = origin, reached
    if origin:
        # the words of time behind 由 belong to the first of the two alone
        said = max(scope.text.rfind(word, 0, quantity.start) for word in "由从自")
        scope.consumed |= {period.start for period in scope.periods if said <= period.start < quantity.start}
    scope.drafts += drafts
    if drafts:
        scope.last = drafts[-1]
    return drafts


def _shares(scope: Scope, quantity: Quantity, left: Left) -> list[Draft]:
    """11.9:51.9:36.3 of the three sectors are three shares."""
    before = scope.text[max(0, quantity.start - REACH) : quantity.start]
    goes_on = scope.last.resolved.name if scope.last is not None and scope.last.rule == "structure" else ""
    names = next((names for pattern, names in STRUCTURES if pattern.search(before) or goes_on == names[-1]), ())
    if len(names) != len(quantity.parts):
        return []
    percent = registry().units["%"]
    shares = []
    for name, part in zip(names, quantity.parts, strict=True):
        one = replace(
            quantity,
            value=part,
            unit=percent.canonical,
            unit_measure=percent.unit_measure,
            dimension="percent",
            factor=percent.factor,
        )
        state = replace(left, cue="level", to=True)
        start = min(left.noun_start, quantity.start)
        shares.append(scope.draft(one, state, resolve(name), start, quantity.end, "structure", "share"))
    return [share for share in shares if share is not None]


def _ratio(scope: Scope, quantity: Quantity, left: Left, noun: str) -> list[Draft]:
    """2.6:1 is a ratio, and so is 2.6 of a name that says so."""
    if not noun or (quantity.parts and Decimal(1) not in quantity.parts):
        return []
    if quantity.parts and quantity.parts[1] != 1:
        # 农村与城镇居民收入之比为1:1.6
        quantity = replace(quantity, value=quantity.parts[1])
    noun = re.sub(r"(?:为|由|从)$", "", noun)
    if len(quantity.parts) > 1 and quantity.parts[0] == 1 < quantity.parts[1]:
        # 师生比1:11: 11 is how many pupils a teacher has
        noun = OF_TWO.sub(r"\g<second>\g<first>比", noun)
    resolved = resolve(noun)
    start = left.noun_start if left.noun else quantity.start
    draft = scope.draft(quantity, left, resolved, start, quantity.end, "ratio", "ratio")
    return [draft] if draft else []
