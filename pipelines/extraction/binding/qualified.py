"""What an amount says of the things that are counted: 经济总量超500亿元的县域增至12个, 两座GDP超5000亿元的县级市.

Here: counts whose things are told apart by another number, before or behind them. Not here: other counts (`counts`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left, peel_left

QUALIFIED = re.compile(
    r"(?P<noun>的?“?[\u4e00-\u9fff]{0,8}(?:企业|单位|项目|园区|开发区|产业|集群|县域|县市?|县区|镇|乡镇|街道|村|(?<=的)[区市]|强镇|大县|基地|品牌|商户|合作社|医院|学校|水库|城市|县[（(][市区旗、]{1,4}[)）]|地区|省份|市州|地市)”?)"
    r"(?:全[国省市县区]|[\u4e00-\u9fff]{2,3}[省市])?"
    r"(?:数量|总数)?(?:已?达到?|增至|增加到|增加至|有|共有|共|为|超过?|突破|累计达?)?"
)
CLASSED_NAME = re.compile(r".*?(?:以上|以下)(?P<noun>的?[\u4e00-\u9fff]{1,8}数)")
# 地区生产总值超过500亿元的|仅10个: what is counted was told before, 10万元以上的村占比达|80%: the share of such
COUNTED_ALONE = re.compile(r"的?(?:仅|只|已|还|仍|现)*(?:有|达到?|为|共|占)?(?:仅|约|近)?")
WHOLE_BEFORE = re.compile(
    r"\d+(?:多|余)?(?:个|家|户)?(?P<kind>县[（(][市区旗、]{1,4}[)）]|县市区?|县区|县|市州|地市|省份|乡镇|街道|村|企业|园区|城市|项目)(?![级域])"
)
SHARE_OF_SUCH = re.compile(
    r"的(?P<noun>[\u4e00-\u9fff]{1,8}?)(?:所?占)?(?:比重|比例|占比|比)(?:已?达到?|为|超过?|提高到|提升至|稳定在|保持在|近|约)*"
)
ALL_OF = re.compile(r"全(?:部|体|[省市县区州旗镇乡])的?$")
SIZE_CLASS = re.compile(r"以上$|级$|^[超过]")
THINGS_SIZED = re.compile(r"(?:企业|项目|基地|合作社|主体|园区|工程|大户|商户|组织|医院|学校)数$")
QUOTATION = re.compile("[“”]")
REACH = 10
# 48个|县（市）|GDP|突破千亿元
REACHING = re.compile(
    r"的?(?P<noun>[\u4e00-\u9fff]{0,6}?(?:县[（(][市区旗、]{1,4}[)）]|县市区?|县区|县|市州|地市|省份|区|市|乡镇|镇|村(?:[（(](?:社区|居)[)）])?|企业|园区|城市|产业|集群|项目))"
    r"(?:的|年)?(?P<metric>[\u4e00-\u9fffA-Z]{2,14}?)(?:达到?|也|已)*(?P<all>(?:均|都|全部)在?)?(?:达到?|已)*"
)


def read_qualified(scope: Scope, quantity: Quantity, counted: Quantity, boundary: int) -> bool:
    """经济总量超500亿元的县域增至12个: the amount says which of them are counted, and stays in their name.

    Args:
        scope: The sentence; the count is added to its drafts.
        quantity: The amount.
        counted: The number behind it.
        boundary: Where the words before the amount begin.

    Returns:
        Whether the two are such a pair, so that both are read.
    """
    if quantity.dimension in ("count", "", "percent", "percent_point", "multiple"):
        return False
    if quantity.bound not in ("at_least", "at_most") or "各" in scope.text[boundary : quantity.start]:
        return False
    if counted.dimension == "percent":
        return _share_of_such(scope, quantity, counted, boundary)
    if counted.dimension not in ("count", "household"):
        return False
    if (
        _class_again(scope, quantity, counted)
        or _class_of_those(scope, quantity, counted, boundary)
        or _of_kind_before(scope, quantity, counted, boundary)
    ):
        return True
    qualified = QUALIFIED.fullmatch(scope.text, quantity.end, counted.start)
    if qualified is None:
        return False
    left = peel_left(scope.blank[boundary : quantity.start], boundary)
    start = left.noun_start if left.noun else quantity.start
    name = QUOTATION.sub("", scope.text[start : qualified.end("noun")].lstrip("、，和与及的")) + "数"
    left = replace(left, cue="", to=True, new=left.new, versus="")
    draft = scope.draft(counted, left, Resolved(None, name), start, counted.end, "qualified-count")
    return _kept(scope, quantity, draft)


def _kept(scope: Scope, quantity: Quantity, draft: Draft | None) -> bool:
    """Whether there is a draft, which is kept then, with the amount as a part of its name."""
    if draft is None:
        return False
    scope.left_out[quantity.number_start] = "name"
    scope.drafts.append(draft)
    scope.last = draft
    return True


def _class_again(scope: Scope, quantity: Quantity, counted: Quantity) -> bool:
    """亿元以上项目46个,其中10亿元以上8个: the class leaves out what it is a class of."""
    last = scope.last
    between = scope.text[quantity.end : counted.start].strip("的有达 ")
    if last is None or last.rule != "qualified-count" or between or last.quantity.unit != counted.unit:
        return False
    named = CLASSED_NAME.fullmatch(last.resolved.name)
    if named is None:
        return False
    left = peel_left("", quantity.start)
    name = Resolved(None, quantity.text + named["noun"])
    draft = scope.draft(counted, left, name, quantity.start, counted.end, "qualified-count")
    return _kept(scope, quantity, draft)


def _class_of_those(scope: Scope, quantity: Quantity, counted: Quantity, boundary: int) -> bool:
    """引进项目45个，其中亿元以上18个；企业420家，其中年产值亿元以上21家: a class of size of those told before."""
    between = scope.text[quantity.end : counted.start].strip("的有达 ")
    if between or quantity.dimension != "money" or not SIZE_CLASS.search(quantity.text):
        return False
    those = [
        one
        for one in scope.drafts
        if one.quantity.unit == counted.unit and not {"tier", "industry"} & one.resolved.breakdown.keys()
    ]
    if not those or not THINGS_SIZED.search(those[-1].resolved.name) or those[-1].size:
        return False
    left = peel_left(scope.blank[boundary : quantity.start], boundary)
    whole, metric = those[-1].resolved, scope.words(left)
    named = replace(whole, breakdown={**whole.breakdown, "tier": quantity.text})
    if metric:
        named = Resolved(None, f"{metric}{quantity.text}{whole.name}")
    start = left.noun_start if metric else quantity.start
    plain = replace(left, cue="", to=True, new=False, versus="")
    draft = scope.draft(counted, plain, named, start, counted.end, "qualified-count")
    if draft is not None:
        draft.size = quantity.text if metric else ""
    return _kept(scope, quantity, draft)


def _of_kind_before(scope: Scope, quantity: Quantity, counted: Quantity, boundary: int) -> bool:
    """129个县（市、区）中,地区生产总值超过500亿元的仅10个、低于100亿元的仍有38个: the kind was told before."""
    if COUNTED_ALONE.fullmatch(scope.text, quantity.end, counted.start) is None:
        return False
    if not scope.text.startswith("的", quantity.end):
        return False
    left = peel_left(scope.blank[boundary : quantity.start], boundary)
    last = scope.last
    again = not left.noun and last is not None and last.rule == "qualified-count"
    if again and last is not None:
        name = last.resolved.name.replace(last.size, quantity.text) if last.size else ""
    else:
        kinds = list(WHOLE_BEFORE.finditer(scope.text, 0, quantity.start))
        kind = kinds[-1]["kind"] if kinds else counted.unit
        name = f"{resolve(scope.words(left)).name}{quantity.text}的{kind}数" if left.noun else ""
    if not name:
        return False
    start = left.noun_start if left.noun else quantity.start
    draft = scope.draft(
        counted, replace(left, cue="", to=True, versus=""), Resolved(None, name), start, counted.end, "qualified-count"
    )
    if draft is not None:
        draft.size = quantity.text
    return _kept(scope, quantity, draft)


def _share_of_such(scope: Scope, quantity: Quantity, counted: Quantity, boundary: int) -> bool:
    """村集体经营性收入10万元以上的村占比达80%: the amount says which of them have that share."""
    said = SHARE_OF_SUCH.fullmatch(scope.text, quantity.end, counted.start)
    if said is None:
        return False
    left = peel_left(scope.blank[boundary : quantity.start], boundary)
    start = left.noun_start if left.noun else quantity.start
    name = Resolved(None, scope.text[start : said.end("noun")].lstrip("、，和与及的") + "占比")
    draft = scope.draft(
        counted, replace(left, cue="level", to=True, versus=""), name, start, counted.end, "qualified-count", "share"
    )
    return _kept(scope, quantity, draft)


def read_count_reaching(scope: Scope, quantity: Quantity, left: Left) -> Draft | None:
    """48个县（市）GDP突破千亿元: the bound that they reach stays in the name of what is counted.

    Args:
        scope: The sentence; the bound is marked as part of a name.
        quantity: The count.
        left: What stands before it.
    """
    following = next((other for other in scope.quantities if other.start >= quantity.end), None)
    if following is None or following.bound not in ("at_least", "at_most") or following.dimension == "count":
        return None
    said = REACHING.fullmatch(scope.text, quantity.end, following.start)
    if said is None:
        return None
    metric = said["metric"]
    growth = metric.removesuffix("增速").removesuffix("增幅")
    # 45个|村|集体经济收入超过10万元
    known = resolve(growth) if resolve(growth).code else resolve(f"村{growth}" if "村" in said["noun"] else growth)
    if known.code is None or (following.dimension in ("percent",) and growth == metric):
        return None
    if said["all"] and "村" in said["noun"] and ALL_OF.search(scope.text, 0, quantity.start):
        # 全县352个行政村集体经济收入全部超过20万元: so many villages, and what each of them has
        villages = resolve(said["noun"], True)
        return scope.draft(quantity, left, villages, quantity.start, said.end("noun"), "noun-behind")
    metric = known.name + metric.removeprefix(growth)
    name = f"{metric}{following.text}的{said['noun']}数"
    scope.left_out[following.number_start] = "name"
    return scope.draft(quantity, left, Resolved(None, name), quantity.start, following.end, "qualified-count")


def qualifier_of(scope: Scope, start: int, end: int) -> Quantity | None:
    """The number between a count and what is counted (两座|GDP超5000亿元的|县级市), None where there is none."""
    return next(
        (
            quantity
            for quantity in scope.quantities
            if start < quantity.start <= end
            and quantity.start < start + REACH
            and scope.text[quantity.end : quantity.end + 1] == "的"
            # 7个县市|以全省4.9%的面积|承载了…: what they do it with
            and not {"，", "以"} & set(scope.text[start : quantity.start])
        ),
        None,
    )


def read_count_before(
    scope: Scope, quantity: Quantity, left: Left, qualifier: Quantity, start: int, clause_end: int
) -> Draft | None:
    """两座|GDP超5000亿元的|县级市: what is counted stands behind its qualification."""
    counted, stop = peel_right(scope.text, qualifier.end + 1, clause_end)
    if not counted:
        return None
    if "是" not in scope.text[max(0, quantity.start - 16) : quantity.start]:
        # 昆山、江阴是仅有的两座GDP超5000亿元的县级市 says it of both, 扶持20家销售收入超10亿元的企业 of none
        scope.left_out[qualifier.number_start] = "name"
    name = scope.text[start:stop] + "数"
    return scope.draft(quantity, left, Resolved(None, name), quantity.start, quantity.end, "qualified-count")
