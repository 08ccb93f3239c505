"""Numbers of a rule that is laid down: 完成率低于80%的单位扣5分, 对首次升规企业奖励10万元.

Here: telling the thresholds, points and awards of such a rule from statistics. Not here: what the numbers of a sentence
count (`binder`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.patterns import guarded
from pipelines.extraction.quantity import Quantity

OUTCOME = (
    r"(?:扣(?:除|减|发|\d)|奖励|奖补|补助|补贴|处以?罚|罚款|给予|予以|约谈|问责|通报|取消资格|一票否决|加\d"
    r"|不予|不得|一律)"
)
FOLLOWS = guarded(OUTCOME)
WHOEVER = guarded(r"(?:^|[，。；：:、\s])凡(?=[\u4e00-\u9fff])")
# 低于80%|的单位|扣5分
OF_THOSE = re.compile(rf"的[^。；;\d]{{0,16}}?{OUTCOME}")
FOR_WHOM = re.compile(
    r"(?:^|[，。；：:\s])对[^，。；;\d]{2,24}?[，,]?(?:一次性|分别|再|最高)*(?:给予|予以|奖励|奖补|补助|补贴)[^，。；;\d]{0,12}$"
)
# 已兑现奖励2300万元 was paid
DONE = re.compile(r"已|累计|共(?![同建享有])|兑现|拨付|发放|落实|争取")
PARTS = re.compile(r"[；;。]")


def conditional(scope: Scope) -> Iterator[Quantity]:
    """The quantities of a sentence that state a rule, not how things are.

    Args:
        scope: The sentence.

    Yields:
        Thresholds, and what follows from them up to the end of their part of the sentence.
    """
    text = scope.text
    whoever = WHOEVER.search(text)
    if whoever is None and FOLLOWS.search(text) is None:
        return
    dated = min((period.start for period in scope.periods if period.role == "state"), default=len(text))
    ruled_to = -1
    for quantity in scope.quantities:
        end = PARTS.search(text, quantity.end)
        stop = end.start() if end else len(text)
        before = text[: quantity.start]
        everyone = whoever is not None and whoever.start() < quantity.start
        if everyone or quantity.start < ruled_to:
            yield quantity
        elif dated < quantity.start or DONE.search(before):
            continue
        elif quantity.bound in ("at_least", "at_most") and OF_THOSE.match(text, quantity.end):
            ruled_to = stop
            yield quantity
        elif FOR_WHOM.search(before):
            yield quantity
