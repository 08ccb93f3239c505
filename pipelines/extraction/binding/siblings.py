"""Nouns that leave out what was told right before them: 国家级龙头企业2家、省级21家, 专利申请1512件、授权873件.

Here: completing such a noun by the one before it. Not here: nouns by themselves (`indicators`) and heads that leave out
their product (`nouns`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.quantity import Quantity

CLASS_ALONE = re.compile(
    r"[日德美韩英法港台外民国央内中合独]{1,2}资|(?:国家|自治区|省|市|县|区)级(?:以上)?|\dA级|规上|规模以上|限上|限额以上"
)
# 日资企业7家、德资4家
FUNDED_BY = re.compile(r"[\u4e00-\u9fff]{1,2}资")
# 食品医药类|11个: a kind of the projects that are told of
KIND_ALONE = re.compile(r"(?P<kind>[\u4e00-\u9fff、]{2,10})类")
WHOLE = re.compile(r"(?:项目|企业|工程|产业|品牌)数$")
CLASS_BEFORE = re.compile(r"^(?:(?:国家|自治区|省|市|县|区)级(?:以上)?|(?:国家)?\d?A级)+")


LONGEST_TAIL = 5


def _level_told(scope: Scope) -> Draft | None:
    """The last number that was no rate of the one before it."""
    return next((draft for draft in reversed(scope.drafts) if draft.measure == "level"), None)


def part_of(scope: Scope, noun: str) -> Resolved | None:
    """商品房销售面积9.8万平方米,其中住宅8.6万平方米: the end of what was told is that of its part as well.

    Args:
        scope: The sentence.
        noun: The noun of the part.
    """
    last = _level_told(scope)
    if last is None or last.resolved.code is None or not noun or len(noun) > LONGEST_TAIL:
        return None
    words = scope.text[last.start : last.quantity.start]
    if not words or "其中" not in scope.text[last.quantity.end :]:
        return None
    known = registry().indicator_aliases
    names = (noun + words[cut:] for cut in range(1, len(words) - 1))
    return next((resolve(name) for name in names if known.get(name) not in (None, last.resolved.code)), None)


def of_class(scope: Scope, noun: str) -> Resolved | None:
    """国家级龙头企业2家、省级21家, 29个签约项目中装备制造类9个: a class leaves out what it is a class of."""
    if (kind := KIND_ALONE.fullmatch(noun)) is not None and scope.last is not None:
        things = (one for one in reversed(scope.drafts) if one.quantity.unit == scope.last.quantity.unit)
        whole = next((one.resolved for one in things if "industry" not in one.resolved.breakdown), None)
        if whole is not None and WHOLE.search(whole.name):
            return replace(whole, breakdown={**whole.breakdown, "industry": kind["kind"]})
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
    last = _level_told(scope)
    if last is None or last.quantity.unit != quantity.unit:
        return None
    return other_half(scope, tail, counted)


def spent_beside(scope: Scope, noun: str) -> Resolved | None:
    """地方一般公共预算收入增长2.3%、|支出|首次超过7000亿元: what was spent of what came in.

    Args:
        scope: The sentence.
        noun: The noun before the number.
    """
    told = scope.last.resolved.name if scope.last is not None else ""
    spent = resolve(told.removesuffix("收入") + noun) if noun == "支出" and told.endswith("收入") else None
    return spent if spent is not None and spent.code else None


def other_half(scope: Scope, tail: str, counted: bool = False) -> Resolved | None:
    """空气质量优良天数318天,优良率87.1%: the beginning of what was told and a tail, where both make a known name.

    Args:
        scope: The sentence.
        tail: A noun that no one knows by itself.
        counted: Whether it is counted.
    """
    last = _level_told(scope)
    if last is None or not tail or last.resolved.code is None or len(tail) > LONGEST_TAIL:
        return None
    words = scope.text[last.start : last.quantity.start]
    known = (resolve(words[:cut] + tail, counted) for cut in range(len(words) - 1, 1, -1))
    return next((named for named in known if named.code not in (None, last.resolved.code)), None)
