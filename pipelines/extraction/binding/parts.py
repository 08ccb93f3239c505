"""Shares that stand before what they are a share of: 90%的县医院达到三级能力, 财政支出的80%用于民生.

Here: naming such a share after the whole and what its part does. Not here: shares behind 占 (`rates`).
"""

import re

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved
from pipelines.extraction.lexicon import word_set
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

# 已达到三级能力, 均通公路, 用于民生: what the part does, without its adverbs
ADVERBS = re.compile(r"^(?:已经?|均|都|全部|基本|顺利|主要|以上|实现了?|完成了?)+")
DOES = re.compile(r"[\u4e00-\u9fff“”A-Za-z0-9]{2,18}")
OWNER = re.compile(
    r"(?P<owner>[\u4e00-\u9fff]{0,6}?(?:企业|农户|居民|家庭|行政村|乡镇|县区))(?P<rest>(?:产值|收入|利润|营收|订单|产量|销售额|建立|建有|设立|开展|参与)[\u4e00-\u9fff]*)"
)
USED = re.compile(r"(?:用于|用在|投向|投入|来自|来源于|集中在|流向|分布在)[\u4e00-\u9fff]{2,10}")
LONGEST_WHOLE = 16


def read_share_before(scope: Scope, quantity: Quantity, left: Left, noun: str, clause_end: int) -> Draft | None:
    """A percentage in front of the whole that it is a part of.

    Args:
        scope: The sentence.
        quantity: The percentage (90%, 八成以上).
        left: What stands before.
        noun: The noun in it, "" where there is none.
        clause_end: Offset behind the clause.
    """
    if left.cue in ("up", "down") or quantity.measure_hint == "signed":
        return None
    if noun and scope.text[left.noun_start + len(left.noun) : quantity.start].strip("的近约超 　") == "":
        return _used(scope, quantity, left, noun, clause_end)
    if left.noun or left.cue:
        return None
    whole, stop = peel_right(scope.text, quantity.end, clause_end)
    whole = whole.strip("的")
    if whole.startswith(("增长", "目标", "预期", "增速")):
        # 5%的增长目标 is no share
        return None
    least = 1 if whole in word_set("unit_noun") else 2
    if not least <= len(whole) <= LONGEST_WHOLE or any(character.isdigit() for character in whole):
        return None
    if inner := OWNER.fullmatch(whole):
        # 近三成|企业|产值同比|下降: what the part does begins inside
        whole, stop = inner["owner"], stop - len(inner["rest"])
    does = DOES.match(scope.text, stop, clause_end)
    said = ADVERBS.sub("", does.group()) if does and does.end() == clause_end else ""
    if not said:
        return None
    resolved = Resolved(None, f"{said}的{whole}占比", {"part": said, "of": whole})
    return scope.draft(
        quantity,
        left,
        resolved,
        quantity.start,
        stop + len(does.group()) if does else stop,
        "share-before-whole",
        "share",
    )


def _used(scope: Scope, quantity: Quantity, left: Left, noun: str, clause_end: int) -> Draft | None:
    """财政支出的80%以上|用于民生: the whole stands before, what it goes to behind."""
    used = USED.match(scope.text, quantity.end, clause_end)
    if used is None or used.end() < clause_end:
        return None
    whole = noun.removesuffix("的")
    resolved = Resolved(None, f"{used.group()}占{whole}比重", {"part": used.group(), "of": whole})
    return scope.draft(quantity, left, resolved, left.noun_start, used.end(), "share-before-use", "share")
