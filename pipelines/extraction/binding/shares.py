"""Shares of a named whole: 占种植业产值的33.9%, 约占全省的12%、全国的4.5%, 以全国3%的土地创造了全国10%的GDP.

Here: what is a part and what the whole is, also where one of them was told before. Not here: shares that stand before
their whole (`parts`) and other percentages (`rates`).
"""

import re
from dataclasses import replace
from decimal import Decimal

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left, peel_left

# 占规上工业比重从, 占比提升至, 占全市工业比重保持在: how the share moves is no part of the whole
PRODUCT_OF_WHOLE = re.compile(
    r"(?:全[省市县区州国]|[\u4e00-\u9fff]{2,4}[省市县区])(?P<product>[\u4e00-\u9fff]{2,8}(?:产量|产值|面积|存栏|出栏))$"
)
ROUNDED = Decimal(1)
METRIC = re.compile("(?:产量|产值|面积|存栏|出栏)$")
WHOLE_TAIL = re.compile(
    r"(?:的?(?:比重|比例|份额|比率))?[由从自].*$"
    r"|(?:的?(?:比重|比例|份额|比率))?(?:进一步|继续|始终|持续|稳步|连续|逐年|均|也|都|已|又)*"
    r"(?:提升|提高|增加|上升|增长|下降|降低|回落|压降|降|升|增|扩大|保持|稳定|维持|控制)(?:[在到至为].{0,3})?$"
    # 占比力争|达到50%
    r"|(?:的?(?:比重|比例|份额|比率))?(?:力争|确保|争取|预计|有望|将|须|需)+(?:提升|提高|增加|上升|下降|降低)?[到至在为]?$"
)
WHOLE_BEFORE = re.compile(r"全[国省市州盟]$")
# 以不到全省|6%|的土地、|9%|的人口,创造了全省约|七分之一|的GDP
HELD = re.compile(
    r"(?:(?P<with>以|用|凭借?)(?:仅?占)?|(?:贡献|创造|提供|承载|集聚|聚集|养活|支撑起?|产出|完成|实现)(?:了|出)?|[、，])"
    r"(?:约|近)?(?P<less>不到|不足)?(?:占)?(?P<whole>全[国省市县区州球]|全世界|世界)(?:的)?(?:总量)?(?P<about>约|近)?(?:不到|不足|超过?|逾)?$"
)
# 以全县1.2%的土地,|创造了|46%的工业产值
HELD_ON = re.compile(r"[，,]?(?:贡献|创造|提供|承载|产出|完成|实现)(?:了|出)?(?:约|近|超)?")
LISTED_ON = re.compile(r"[、，]?(?:和|及|与|以及)?(?:约|近|不到)?")
# 占全省的12%、|全国的4.5%: another whole of the same part
OTHER_WHOLE = re.compile(r"^[、，]?(?:占)?(?P<whole>[\u4e00-\u9fff]{2,8}?)的?(?:比重|比例)?(?:约|近|超过?|达到?|为)*$")
# 沐川、马边|两县合计|不足5%: the share of other places
OF_PLACES = re.compile(r"(?:[两三四五六七八九十\d]{1,2}个?[县市区旗省镇地家](?:市|区)?)?(?:合计|共计|总共|一共)?")
THING_BEHIND = re.compile(r"的(?P<thing>[\u4e00-\u9fffA-Z]{2,8}?)(?=[、，；。和及与]|$)")


def read_share_held(scope: Scope, quantity: Quantity, boundary: int, right_end: int) -> Draft | None:
    """以不到全省6%的土地、9%的人口,创造了全省约七分之一的GDP: shares of one whole, each with its thing behind.

    Args:
        scope: The sentence.
        quantity: The percentage.
        boundary: Where the words before it begin.
        right_end: What the thing behind it cannot pass.

    Returns:
        The share, None where the words say no such thing.
    """
    behind = THING_BEHIND.match(scope.text, quantity.end, right_end)
    if behind is None:
        return None
    window = scope.text[boundary : quantity.start]
    last = scope.last
    goes_on = last is not None and last.rule == "share-held"
    held = HELD.search(window)
    if held is not None and (held["with"] or goes_on):
        whole = held["whole"]
    elif last is not None and goes_on and (LISTED_ON.fullmatch(window) or HELD_ON.fullmatch(window)):
        whole = last.breakdown["of"]
    else:
        return None
    bound = "at_most" if held and held["less"] else "approx" if held and held["about"] else quantity.bound
    known = resolve(behind["thing"])
    thing = known.name if known.code == "GDP" else behind["thing"]
    resolved = Resolved(None, f"{thing}占{whole}比重", {"part": thing, "of": whole})
    left = peel_left("", quantity.start)
    stated = replace(quantity, bound=bound if quantity.bound == "exact" else quantity.bound)
    return scope.draft(stated, left, resolved, quantity.start, behind.end(), "share-held", "share")


def read_other_share(scope: Scope, quantity: Quantity, left: Left, boundary: int) -> Draft | None:
    """约占全省的12%、全国的4.5% and 三地占全市的六成,而沐川、马边两县合计不足5% go on with the share before.

    Args:
        scope: The sentence.
        quantity: The percentage.
        left: What stands before it.
        boundary: Where that begins.

    Returns:
        The share, None where the words say no such thing.
    """
    last = scope.last
    if last is None or last.rule != "share-of" or left.cue in ("up", "down") or quantity.measure_hint == "signed":
        return None
    said = scope.text[boundary : quantity.start]
    other = OTHER_WHOLE.match(said) if said.startswith("、") else None
    if other is not None and "part" in last.breakdown:
        part, whole = last.breakdown["part"], other["whole"]
        resolved = Resolved(None, f"{part}占{whole}比重", {"part": part, "of": whole})
        if last.bound == "approx" and quantity.bound == "exact":
            # 约 is said of the whole list
            quantity = replace(quantity, bound="approx")
        return scope.draft(quantity, left, resolved, boundary + other.start("whole"), quantity.end, "share-of", "share")
    placed = any(boundary <= mention.start < quantity.start for mention in scope.mentions)
    if placed and OF_PLACES.fullmatch(scope.words(left)):
        state = replace(left, cue="level", to=True, new=False)
        return scope.draft(quantity, state, last.resolved, quantity.start, quantity.end, "share-of", "share")
    return None


def _unread_between(scope: Scope, last: Draft, quantity: Quantity) -> bool:
    """Whether a number that nothing was made of stands between the last draft and a quantity."""
    return any(
        scope.left_out.get(one.number_start) == "unassigned"
        for one in scope.quantities
        if last.quantity.end <= one.start < quantity.start
    )


def _like_whole(scope: Scope, part: str, whole: str) -> str:
    """产量11万吨，产值9亿元，占全省|总产量|的60%: the part is what is measured as the whole is."""
    metric = METRIC.search(whole)
    if metric is None or metric.group() in part or "占" in part:
        return part
    told = (one.resolved.name for one in reversed(scope.drafts) if one.measure == "level")
    found = next((name for name in told if name.endswith(metric.group())), "")
    # 企业1800多家，占邳州市|板材总产量|的45%: of what the whole is, and no firms
    product = PRODUCT_OF_WHOLE.search(whole)
    return found or (product["product"] if product and part.endswith("数") else part)


def _told_around(scope: Scope, part: Draft, share: Quantity) -> str:
    """5G基站1260个；宽带用户15.6万户，其中千兆用户4.2万户，|占比26.9%|: what the part is of, "" for nothing.

    The numbers tell: of those told before, the one of which the part is that share. 少数民族8.2万人，其中满族7.9万人，
    占39.2% is a share of all people.
    """
    inside = scope.text.rfind("其中", 0, part.quantity.start)
    if inside < 0:
        return ""
    told = [one for one in scope.drafts if one.measure in ("level", "change") and one.quantity.end <= inside]
    like = [one for one in told if one.unit_measure == part.unit_measure and one.value]
    size = part.value * part.factor
    fitting = [one for one in like if abs(size * 100 / (one.value * one.factor) - share.value) <= ROUNDED]
    if fitting:
        return fitting[-1].resolved.name
    before = scope.before if scope.drafts[0] is part else None
    if before is not None and before.code:
        return before.name
    # 党员2.38万名，其中女党员6120名: of another unit, or of numbers that were rounded
    return told[-1].resolved.name if told and not like else ""


def read_share_of(scope: Scope, quantity: Quantity, left: Left, boundary: int, match: re.Match[str]) -> Draft | None:
    """占种植业产值的33.9%: part (named or carried over) of a whole.

    Args:
        scope: The sentence.
        quantity: The percentage.
        left: What stands before it.
        boundary: Where that begins.
        match: 占 and the whole behind it.

    Returns:
        The share, None where the words say no such thing.
    """
    part_left = peel_left(scope.blank[boundary : boundary + match.start()], boundary)
    part = scope.words(part_left)
    start = part_left.noun_start if part else boundary + match.start()
    if quantity.bound == "exact" and scope.text[: boundary + match.start()].endswith("约"):
        # 县城人口约占全县的四成
        quantity = replace(quantity, bound="approx")
    whole = WHOLE_TAIL.sub("", scope.text[boundary + match.start("whole") : boundary + match.end("whole")])
    whole = whole.strip(" 　的约近超过为是达到比重已高仅只")
    if not whole and (around := WHOLE_BEFORE.search(scope.text, 0, boundary + match.start())):
        # 总量达1411亿元,|全市|占比由30.9%提升至32.1%
        whole = around.group()
    if not part and scope.last and _unread_between(scope, scope.last, quantity):
        # 入驻企业156家，纺纱产能达到260万锭，占全疆的11%: of what was not understood
        return None
    if not part and scope.last:
        # 占全省的12%,占全国的4.5%: the part of both shares is the same
        part = scope.last.breakdown.get("part", scope.last.resolved.name)
        part = _like_whole(scope, part, whole)
    if not part:
        part = scope.noun_before
    if not part:
        return None
    last = scope.last
    elided = match.group().startswith("占") and not match.group().startswith("占比") and part_left.noun
    if not whole and elided and last is not None and last.rule == "share-of" and "of" in last.breakdown:
        # GDP占全市的13.8%,一般公共预算收入占11.2%
        whole = last.breakdown["of"]
    carried = last is not None and part == last.resolved.name and not part_left.noun
    if not whole and carried and last is not None and last.resolved.code is None:
        # 规上工业总产值712亿元。其中：数字经济核心产业335亿元（占47.1%）: a share of what was told, not of the GDP
        whole = _told_around(scope, last, quantity)
        resolved = Resolved(
            None, f"{part}占{whole}比重" if whole else f"{part}占比", {"part": part, "of": whole} if whole else {}
        )
    elif not whole:
        resolved = resolve(part + "占比")
    else:
        part = resolve(part).name if resolve(part).code == "GDP" else part
        resolved = resolve(f"{part}占{whole}比重")
        if any("占" in told for told in resolved.breakdown.values()):
            # 化工产业税收占全市工业税收的46%: no share of taxes in a budget
            resolved = Resolved(None, f"{part}占{whole}比重")
        if resolved.code is None:
            resolved = replace(resolved, breakdown={"part": part, "of": whole})
    industry = last.breakdown.get("industry") if carried and last is not None else None
    if industry:
        # 电子信息：产值246.3亿元，占园区的47.5%
        resolved = replace(resolved, breakdown={**resolved.breakdown, "industry": industry})
    return scope.draft(
        quantity, replace(left, cue="level", to=True, new=False), resolved, start, quantity.end, "share-of", "share"
    )
