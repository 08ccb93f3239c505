"""Land and what grows on it.

Here: crops told by their name alone behind one with an area, and the part of an area that bears. Not here: names of
products and their heads (`nouns`).
"""

import re

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.nouns import BEARING
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, metric_heads
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

AREA_OF = re.compile(r"(?P<product>[\u4e00-\u9fff]{1,6}?)(?:种植|栽培|栽植)?(?:总)?面积")
PLANTED = re.compile("(?:种植|栽培|栽植)面积$")
LONGEST_CROP = 5


def is_crop(scope: Scope, noun: str) -> bool:
    """Whether a noun stands where the crops before it had an area."""
    planted = any(PLANTED.search(one.resolved.name) for one in scope.drafts)
    return planted and len(noun) <= LONGEST_CROP and metric_heads().search(noun) is None


def bearing(scope: Scope, quantity: Quantity, left: Left, noun: str) -> Draft | None:
    """咖啡种植面积6.2万亩，其中|投产|5.1万亩: the part of an area that bears.

    Args:
        scope: The sentence.
        quantity: An area.
        left: The words before it.
        noun: Its noun.

    Returns:
        The draft, None where nothing bears or no area was told before.
    """
    # 投产茶园50.5万亩 names what bears
    state, last = noun if not left.verb else "" if noun else left.verb, scope.last
    planted = AREA_OF.fullmatch(last.resolved.name) if last is not None and state in BEARING else None
    if planted is None:
        return None
    named = Resolved(None, f"{planted['product']}{state}面积")
    return scope.draft(quantity, left, named, quantity.start, quantity.end, "carried-over", "level")
