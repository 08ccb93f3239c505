"""Figures of other places and of the year before: 增长5.1%（全市为3.3%，全省增长4.0%）, （去年同期增长12.5%）.

Here: that such a figure is of the same indicator, and of the place or time before it. Not here: values of places that
are listed without a figure of their own in front (`by_place`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import resolve
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import peel_left

OPENING = re.compile(r"[(（][^()（）；;。]{0,60}$")
ITEM = re.compile(r"[(（、，,]")
# 全市|平均增长|9.4%, 全市|为|-2.3%
STATED = re.compile(r"(?:平均(?:水平|数)?|同期)?(?:同比)?(?:为|是|达)?(?P<how>增长|上升|下降|减少)?(?:了|约)?")
YEAR_BEFORE = re.compile(r"(?:去年|上年)同期")
FALLS = ("下降", "减少")
# 低于|沂水县|的32.7亿元, 高于|全省|平均水平的742元: how much it is there, and no difference
THERE = re.compile(r"(?:平均(?:水平|数|值)?|同期(?:水平)?)?的(?:约|近)?")
# 低于|全省|1.86|的平均水平
LEVEL_THERE = re.compile(r"的?(?:平均(?:水平|数|值|增速|增幅)|水平|增速|增幅)(?!的?\d)")
# 比全国|平均水平（|6977元, 比全省|平均的|5601元
MEAN_THERE = re.compile(r"(?:平均(?:水平|数|值)?|同期(?:水平)?)?(?:的|[（(])(?:约|近)?")
GAP_BEHIND = re.compile(
    r"[)）]?(?:还|要|仍|分别|整整)?(?:(?P<less>低|少|慢|落后)|高|多|快|超)(?:出|了|于)?(?:近|约)?(?=\d|$)"
)
HELD = re.compile(r"(?:高于|低于|高出|快于|慢于|多于|少于|大于|小于|不及|超过|好于|优于)$")


def read_level_beside(scope: Scope, quantity: Quantity) -> Draft | None:
    """低于沂水县的32.7亿元, 低于全省1.86的平均水平: the same figure of the place that the one told is held against.

    Args:
        scope: The sentence.
        quantity: The number behind 的, or before 的平均水平.

    Returns:
        The draft, None where the number is a difference, or of another kind than the figure told before.
    """
    if (yardstick := _yardstick(scope, quantity)) is not None:
        return yardstick
    of = scope.last
    if of is None or of.quantity.dimension != quantity.dimension or of.measure not in ("level", "growth", "ratio"):
        return None
    told = LEVEL_THERE.match(scope.text, quantity.end) is not None
    place = next(
        (
            one
            for one in scope.mentions
            if THERE.fullmatch(scope.text, one.end, quantity.start) or (told and one.end == quantity.start)
        ),
        None,
    )
    if place is None or not HELD.search(scope.text, 0, place.start):
        return None
    left = replace(peel_left("", quantity.start), cue="level", to=True)
    draft = scope.draft(quantity, left, of.resolved, place.start, quantity.end, "level-beside", of.measure)
    if draft is not None:
        draft.places = (place,)
    return draft


def _yardstick(scope: Scope, quantity: Quantity) -> Draft | None:
    """我市农民收入比全国平均水平（6977元）高379元: what is told of the place that the difference is to."""
    if GAP_BEHIND.match(scope.text, quantity.end) is None:
        return None
    place = next((one for one in scope.mentions if MEAN_THERE.fullmatch(scope.text, one.end, quantity.start)), None)
    if place is None or scope.text[place.start - 1 : place.start] not in ("比", "较"):
        return None
    begin = max(scope.text.rfind(mark, 0, place.start) for mark in "，,；;。（(") + 1
    noun = scope.words(peel_left(scope.blank[begin : place.start - 1], begin))
    own = resolve(noun) if len(noun) > 1 else scope.last.resolved if scope.last is not None else None
    if own is None or not scope.same_dimension(quantity, own):
        return None
    left = replace(peel_left("", quantity.start), cue="level", to=True)
    draft = scope.draft(quantity, left, own, begin if noun else place.start, quantity.end, "level-beside", "level")
    if draft is not None:
        draft.places = (place,)
    return draft


def read_gap_beside(scope: Scope, quantity: Quantity) -> Draft | None:
    """比全省平均的5601元|高出31.3%, 比全国平均水平（6977元）|高379元: by how much, behind what is told of the other.

    Args:
        scope: The sentence.
        quantity: The difference.

    Returns:
        The draft, None where no figure of another place stands before it.
    """
    told = scope.drafts[-1] if scope.drafts else None
    if told is None or told.rule != "level-beside" or not told.places:
        return None
    gap = GAP_BEHIND.fullmatch(scope.text, told.quantity.end, quantity.start)
    if gap is None:
        return None
    cue = "down" if gap["less"] else "up"
    left = replace(peel_left("", quantity.start), cue=cue, versus=told.places[0].text, compared=True)
    return scope.draft(quantity, left, told.resolved, quantity.start, quantity.end, "gap-beside", "change")


def read_elsewhere(scope: Scope, quantity: Quantity) -> Draft | None:
    """The same figure of another place, or of the same months of the year before.

    Args:
        scope: The sentence.
        quantity: The number in the bracket.

    Returns:
        The draft, None where neither stands before the number, of another kind than the figure before the bracket,
        or where it is not said which way it went behind a decline.
    """
    opening = OPENING.search(scope.text, 0, quantity.start)
    of = next((one for one in reversed(scope.drafts) if opening and one.quantity.end == opening.start()), None)
    if of is None or of.quantity.dimension != quantity.dimension:
        return None
    hints = {of.quantity.measure_hint, quantity.measure_hint}
    if len(hints) > 1 and hints != {"percent", "signed"}:
        return None
    items = [item.end() for item in ITEM.finditer(scope.text, of.quantity.end, quantity.start)]
    place = next((one for one in scope.mentions if one.start == items[-1]), None)
    before = YEAR_BEFORE.match(scope.text, items[-1], quantity.start)
    named = place.end if place else before.end() if before else quantity.end
    stated = STATED.fullmatch(scope.text, named, quantity.start)
    if stated is None:
        return None
    grows = of.measure in ("growth", "change")
    if bool(stated["how"]) > grows or (grows and of.value < 0 and not stated["how"] and quantity.value > 0):
        return None
    cue = ("down" if stated["how"] in FALLS else "up") if grows else "level"
    left = replace(peel_left("", quantity.start), cue=cue)
    draft = scope.draft(quantity, left, of.resolved, items[-1], quantity.end, "beside-in-bracket", of.measure)
    if draft is not None and place is not None:
        draft.places = (place,)
    elif draft is not None:
        draft.year_before = True
        scope.consumed |= {one.start for one in scope.periods if items[-1] <= one.start < quantity.start}
    return draft
