"""Names that a part takes from the whole told before it: 装机容量128万千瓦,其中水电46万千瓦; 用电量…,二产8650万千瓦时.

Here: completing the noun of a part by what is measured of its whole. Not here: nouns by themselves (`indicators`), and
nouns that leave out their product or class (`nouns`, `siblings`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, metric_heads, resolve

SECTORS = {"一产": "第一产业", "二产": "第二产业", "三产": "第三产业"}
SECTOR = re.compile(r"第[一二三]产业|[一二三]产")
SECTOR_FIRST = re.compile(rf"^(?:{SECTOR.pattern})")
# their sectors are those of the value added
OF_VALUE_ADDED = re.compile(r"地区生产总值|增加值")
# 种植面积12万亩，其中黄芪5.6万亩: what each part is measured by
SHARED_HEADS = re.compile(
    r"(?:(?:播种|种植|栽植|养殖|栽培)?面积|总?产量|(?:全产业链|综合|总)?产值|装机容量|装机|发电量|用电量|增加值|销售额|零售额|营业收入|主营业务收入|存栏|出栏)(?:量)?$"
)
# 其中财政资金3亿元: money by where it comes from has a name of its own
OWN_NAME = re.compile(r"(?:资金|投资|贷款|[税费金款债]|收入|支出|利润|以上|以下|部分)$")
BEGINS = re.compile(r"其中[：:，,]?")
BRANCH = re.compile(r"[业产]$")
# what else is measured of an industry than its value added
OTHER_HEADS = re.compile(r"(?:产值|营业收入|主营业务收入|利润总额|利润|投资|用电量|税收|出口额?|销售产值)$")
PART_OF = re.compile(r"其中(?:[：:，,])?[^；;。]*$")
# 其中工业0.96亿千瓦时，增长6.1%；|农业
PART_AGAIN = re.compile(r"其中[^。]*[；;]$")
INCOME_PARTS = frozenset(("WAGE_INCOME", "BUSINESS_INCOME", "PROPERTY_INCOME", "TRANSFER_INCOME"))
RESIDENTS = re.compile(r"(?P<area>城镇|农村)(?:常住)?居民人均可支配收入|居民人均可支配收入")
GOODS = re.compile(r"[\u4e00-\u9fff]{2}类$")
SOLD = re.compile(r"零售额|销售额")
SCHOOL = re.compile(r"(?:小学|初中|高中|中学|中小学校?|学校|院校|幼儿园|学院|大学)数$")
AUTHORISED = re.compile(r"(?:授权|申请)(?:专利|量)")
PATENT = re.compile(r"(?:发明|实用新型|外观设计)专利")
PROJECTS_SUM = re.compile(r"(?:总投资|投资额?)$")


def sector_of(scope: Scope, noun: str) -> Resolved | None:
    """全社会用电量…，二产|8650万千瓦时: what is measured was told before, and is no value added.

    Args:
        scope: The sentence.
        noun: A sector alone.

    Returns:
        The figure of the sector, None where the value added is meant.
    """
    if SECTOR.fullmatch(noun) is None or scope.last is None:
        return None
    told = _whole(scope) or scope.last
    name = SECTOR_FIRST.sub("", told.resolved.name)
    if OF_VALUE_ADDED.search(told.resolved.name) or not name:
        return None
    head = metric_heads().search(name)
    sector = SECTORS.get(noun, noun)
    known = resolve(sector + (head.group() if head else name))
    return known if known.code else replace(told.resolved, breakdown={**told.resolved.breakdown, "industry": sector})


def part_by_head(scope: Scope, noun: str, start: int) -> Resolved | None:
    """发电装机容量128.5万千瓦，其中水电|46万千瓦: the part is measured as its whole is.

    Args:
        scope: The sentence.
        noun: The noun of the part, which names nothing that is measured.
        start: Where it begins.
    """
    again = PART_AGAIN.search(scope.text, 0, start) is not None
    if (
        (not again and PART_OF.search(scope.text, 0, start) is None)
        or OWN_NAME.search(noun)
        or metric_heads().search(noun)
    ):
        return None
    whole = _whole(scope)
    told = whole.resolved if whole is not None else scope.before if BEGINS.match(scope.text) else None
    head = SHARED_HEADS.search(told.name) if told is not None else None
    if head is None or (again and (scope.last is None or not scope.last.resolved.name.endswith(head.group()))):
        return None
    # 其中一产用电|320万千瓦时
    return resolve(noun.removesuffix(head.group()[:-1]) + head.group())


def part_of_income(scope: Scope, found: Resolved) -> Resolved:
    """农村居民人均可支配收入17640元，其中人均工资性收入8120元: the part is that of the same residents.

    Args:
        scope: The sentence.
        found: What the noun names by itself.

    Returns:
        The indicator with the residents whose income it is a part of, itself where it is no such part.
    """
    if found.code not in INCOME_PARTS or "area" in found.breakdown:
        return found
    names = [one.resolved.name for one in reversed(scope.drafts)] + ([scope.before.name] if scope.before else [])
    whose = next((told for name in names if (told := RESIDENTS.match(name)) is not None), None)
    return (
        found
        if whose is None or not whose["area"]
        else replace(found, breakdown={**found.breakdown, "area": whose["area"]})
    )


def of_goods(scope: Scope, noun: str) -> str:
    """限额以上单位商品零售额中，粮油食品类|增长14.2%: a class of goods is measured by what is sold of it.

    Args:
        scope: The sentence.
        noun: The noun before a number.

    Returns:
        The noun with what is measured of it, the noun itself where it is no class of goods that are sold.
    """
    if not GOODS.search(noun):
        return noun
    sold = SOLD.search(scope.text, 0, max(scope.text.find(noun), 0))
    sold = sold or (SOLD.search(scope.before.name) if scope.before is not None else None)
    return noun + sold.group() if sold is not None else noun


def industry_of_told(scope: Scope, found: Resolved, noun: str) -> Resolved | None:
    """规上工业总产值286亿元，其中装备制造业96亿元: an industry is measured as what was told, if by no value added.

    Args:
        scope: The sentence.
        found: What the noun names by itself.
        noun: The noun.
    """
    if not found.name.endswith("增加值") or "增加值" in noun or not BRANCH.search(noun):
        return None
    told = _whole(scope) or scope.last
    name = told.resolved.name if told is not None else scope.before.name if scope.before is not None else ""
    head = OTHER_HEADS.search(name)
    return None if head is None else resolve(noun + head.group())


def of_sum(scope: Scope, found: Resolved, noun: str) -> Resolved | None:
    """项目总投资15.6亿元，其中固定资产投资11.2亿元; 授权专利2365件，其中发明专利312件: parts with a name of their own.

    Args:
        scope: The sentence.
        found: What the noun names by itself.
        noun: The noun.
    """
    whole = _whole(scope)
    if whole is None:
        return None
    name = whole.resolved.name
    if found.code == "FIXED_ASSET_INVESTMENT" and PROJECTS_SUM.search(name) and "固定资产投资" not in name:
        return Resolved(None, "项目固定资产投资")
    if PATENT.fullmatch(noun.removesuffix("数")) and (kind := AUTHORISED.search(name)):
        return resolve(noun.removesuffix("数") + kind.group()[:2] + "量")
    return None


def whole_of_schools(scope: Scope, start: int) -> Draft | None:
    """中小学校96所，其中…、小学74所；|在校学生4.26万人: behind the semicolon all schools are told of again.

    Args:
        scope: The sentence.
        start: Where the noun begins.
    """
    parts = scope.text.rfind("其中", 0, start)
    if parts < 0 or "；" not in scope.text[parts:start]:
        return None
    before = [one for one in scope.drafts if one.quantity.end <= parts and SCHOOL.search(one.resolved.name)]
    return before[-1] if parts >= 0 and before else None


def _whole(scope: Scope) -> Draft | None:
    """The last level before 其中, None where there is no 其中 behind one."""
    parts = scope.text.rfind("其中", 0, scope.last.quantity.end + 6 if scope.last else 0)
    if parts < 0:
        return None
    return next(
        (one for one in reversed(scope.drafts) if one.quantity.end <= parts and one.measure in ("level", "change")),
        None,
    )
