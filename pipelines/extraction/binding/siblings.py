"""Nouns that leave out what was told right before them: 国家级龙头企业2家、省级21家, 专利申请1512件、授权873件.

Here: completing such a noun by the one before it. Not here: nouns by themselves (`indicators`) and heads that leave out
their product (`nouns`).
"""

import re

from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.quantity import Quantity

CLASS_ALONE = re.compile(r"[日德美韩英法港台外民国央内中合独]{1,2}资|(?:国家|自治区|省|市|县|区)级(?:以上)?|\dA级")
# 日资企业7家、德资4家
FUNDED_BY = re.compile(r"[\u4e00-\u9fff]{1,2}资")
CLASS_BEFORE = re.compile(r"^(?:(?:国家|自治区|省|市|县|区)级(?:以上)?|(?:国家)?\d?A级)+")


def of_class(scope: Scope, noun: str) -> Resolved | None:
    """国家级龙头企业2家、省级21家, 其中5A级2家: a class leaves out what it is a class of."""
    if (
        scope.last is None
        or not CLASS_ALONE.fullmatch(noun)
        or scope.last.quantity.dimension not in ("count", "household")
    ):
        return None
    head = CLASS_BEFORE.sub("", scope.last.resolved.name)
    if FUNDED_BY.fullmatch(noun):
        return resolve(noun + "企业", True) if "企业" in head else None
    return resolve(noun + head.removesuffix("数"), True)


def beside_told(scope: Scope, quantity: Quantity, tail: str, counted: bool) -> Resolved | None:
    """专利申请1512件、|授权|873件: the other half of a name that was told right before, where both make a known one.

    Args:
        scope: The sentence.
        quantity: The number.
        tail: The noun or the verb before it.
        counted: Whether it counts things.
    """
    last = scope.last
    if last is None or not tail or last.quantity.unit != quantity.unit or last.resolved.code is None:
        return None
    words = scope.text[last.start : last.quantity.start]
    known = (resolve(words[:cut] + tail, counted) for cut in range(len(words) - 1, 1, -1))
    return next((named for named in known if named.code not in (None, last.resolved.code)), None)
