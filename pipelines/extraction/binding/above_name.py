"""Values on the line above their names: 512.7亿元 over 2021年全县地区生产总值.

Here: the observations of such a pair of lines. Not here: which lines are one (`value_above`).
"""

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.items import items_of
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import resolve
from pipelines.extraction.value_above import named_below, stands_alone
from pipelines.extraction.windows import peel_left


def read_above_name(scope: Scope) -> list[Draft]:
    """The values that a sentence begins with, each as the line below names it.

    Args:
        scope: The sentence, with its lines.

    Returns:
        A draft for each value; none where the lines are no such pair.
    """
    below = scope.text.find("\n") + 1
    if not below or not stands_alone(scope.text[: below - 1]):
        return []
    named = named_below(scope.text[below:])
    quantities = [quantity for quantity in scope.quantities if quantity.end < below]
    if named is None or not quantities:
        return []
    name, start, end = named
    items = items_of(name, len(quantities)) if len(quantities) > 1 else [name]
    if len(items) != len(quantities):
        return []
    when = [one for one in scope.periods if below <= one.start < below + start]
    where = [one for one in scope.mentions if below <= one.start < below + start and one.code and not one.own]
    drafts = []
    for quantity, item in zip(quantities, items, strict=True):
        left = peel_left(item, 0)
        counted = quantity.dimension in ("count", "household")
        draft = scope.draft(
            quantity, left, resolve(left.noun, counted), quantity.start, below + end, "value-above-name"
        )
        if draft is None:
            return []
        draft.period = when[-1] if when else None
        draft.places = tuple(where[-1:])
        drafts.append(draft)
    return drafts
