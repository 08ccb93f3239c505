"""One value for several names: 规上工业企业和高新技术企业各3500家, 工业投资、民间投资年均增长6%.

Here: 各, 均, and names that share a rate. Not here: a value for each of several names (`lists`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.items import items_of
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import resolve
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.patterns import guarded
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import peel_left

JOINS = re.compile("[、和与及]")
EACH = guarded(
    r"各(?:有|为|达到?|新增|占|约|超|自|设)?\s*$"
    # 植被覆盖率、森林覆盖率均保持在70%以上; 均 of 人均, 户均, 年均, 平均 hands out nothing
    r"|(?<=[率额量值例重数])(?:均|都|双双)(?:已?达到?|为|保持在?|稳定在|超过?|突破|提高到|提升至|实现|控制在)?\s*$"
)


def read_each(scope: Scope, quantity: Quantity, boundary: int, right_end: int) -> list[Draft]:
    """规上工业企业和高新技术企业各3500家: 各 gives the value to both.

    Args:
        scope: The sentence.
        quantity: The value.
        boundary: Where the words before it begin.
        right_end: What the noun behind it cannot pass.

    Returns:
        A draft for each name or place, none where the value is that of one.
    """
    window = scope.blank[boundary : quantity.start]
    match = EACH.search(window)
    if not match:
        return _rates_of_all(scope, quantity, boundary) if quantity.measure_hint == "percent" else []
    left = peel_left(window[: match.start()], boundary)
    left = replace(left, new=left.new or "新增" in match.group() or "增" in match.group())
    noun = scope.words(left)
    items = items_of(noun)
    places = [mention for mention in scope.mentions if boundary <= mention.start < quantity.start]
    right, right_stop = peel_right(scope.text, quantity.end, right_end)
    drafts = []
    if len(items) >= 2:
        for item in items:
            draft = scope.draft(
                quantity,
                left,
                resolve(item, quantity.dimension == "count"),
                left.noun_start,
                quantity.end,
                "each-value-to-all",
            )
            if draft:
                drafts.append(draft)
    elif len(places) >= 2 and (right or scope.last):
        resolved = resolve(right, True) if right or scope.last is None else scope.last.resolved
        end = max(quantity.end, right_stop)
        for place in places:
            draft = scope.draft(quantity, left, resolved, places[0].start, end, "each-value-to-all-places")
            if draft:
                draft.places = (place,)
                drafts.append(draft)
    scope.drafts += drafts
    if drafts:
        scope.last = drafts[-1]
    return drafts


def _rates_of_all(scope: Scope, quantity: Quantity, boundary: int) -> list[Draft]:
    """工业投资、民间投资年均增长6%: two registered names cannot share one rate but each by itself."""
    if JOINS.search(scope.text, boundary, quantity.start) is None:
        return []
    left = peel_left(scope.blank[boundary : quantity.start], boundary)
    noun = scope.words(left)
    if JOINS.search(noun) is None or resolve(noun).code is not None:
        return []
    named = [resolve(item) for item in items_of(noun)]
    if len(named) < 2 or any(one.code is None for one in named) or len({one.code for one in named}) < len(named):
        return []
    found = [scope.draft(quantity, left, one, left.noun_start, quantity.end, "each-value-to-all") for one in named]
    drafts = [draft for draft in found if draft is not None]
    scope.drafts += drafts
    if drafts:
        scope.last = drafts[-1]
    return drafts
