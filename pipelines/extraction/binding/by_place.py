"""Values of places that leave out what is measured: 江阴市（4754.2亿元）、张家港市（3302.4亿元）, 江苏22席、浙江16席.

Here: telling such a value and finding what was told before it. Not here: whose the value is (`where`) and values with
a noun of their own (`amounts`, `counts`).
"""

import re
from decimal import Decimal

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import COUNTED, Scope
from pipelines.extraction.indicators import Resolved, last_named, resolve
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.patterns import guarded
from pipelines.extraction.places import Mention
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

# 其中江苏|占|22席, 三省|合计, 昆山市|以|5006.7亿元, 仅次于鄂托克旗（48万元
AROUND = re.compile(
    r"(?:(?:体量|规模|总量|经济总量)(?:相对|较|最|偏)?[小大低高][，,]?|(?:平均)?(?:增速|增幅)(?:排名)?(?:最[快高]|居首|第一|靠前)?的?|最[快高低慢]的?|[\s\u3000、，（(：:]|的|其中|此外|另外|还有|以及|和|与|及|而|则|各?占据?|共?有|仅次于|一[地县市区]就?|就|单|仅|只有|拥有|为|是|以|也|达到?|分别|依次|合计|共计"
    r"|[两二三四五六七八九十\d]{1,2}个?(?:乡镇|街道|园区|[省市县区旗镇乡州盟地](?:区|市)?|主?城区|县城)|(?:[都均]|已经?|共)+|超过|突破|分列|紧随其后的?|位居|排名|前[三四五六七八九十]的?)*"
)
GROWS = re.compile(r"增速|增幅|涨幅")
SUMMED = guarded(
    r"[两二三四五六七八九十\d]{1,2}个?(?:乡镇|街道|园区|[省市县区旗镇乡州盟地](?:区|市)?)(?:合计|共计|共|占)"
)
# 全国百强县中|江苏占21席
AMONG = re.compile(r"[^，；。]{2,24}(?:中|里|内|名单)(?=[^，；。]{1,12}$)")
ON_A_LIST = re.compile(r"\d{2,4}强[^，。；]{0,6}[中里][，,][^，。；]*$")
VILLAGE_ALONE = re.compile(r"(?:最[多少高低]的)?(?P<name>[\u4e00-\u9fff]{1,4}(?:村|社区|镇|乡|街道|嘎查))(?:为|是|达)?")
# 蒲源、东寨|两村均|20万元
VILLAGES_TOGETHER = re.compile(
    r"(?P<list>[\u4e00-\u9fff]{1,4}(?:、[\u4e00-\u9fff]{1,4})+)[两三四五六七八九]村(?:[均都各])?(?:为|达)?"
)
RANKED_BEHIND = re.compile(r"(?:的总量)?(?:排在|排名|位[居列]|居|列)(?:全[省市州国])?第")
PRODUCT = re.compile("GDP|生产总值|经济总量")
LEAST_SCALE = Decimal(10**4)
SEATS = frozenset(("席",))
# 四川|占得|26席, 河南|收获|5席: verbs that only seats have
TAKEN = re.compile(
    r"(?:[\s\u3000、，（(：:]|其中|此外|另外|还有|以及|和|与|及|而|则|也|仍|均|都|各|分别|依次|合计|共计?|总计|仅|只|有|为|是|以|独|达到?"
    r"|占据?|占得|占有|摘得|斩获|收获|拿下|揽下|揽获|夺得|获得|获|拥有|手握|入围|上榜|贡献|[两二三四五六七八九十\d]{1,2}个?[省市区县州](?:区|市)?)*"
)
# 四川占得26个席位，新疆14|个: a seat by the word that was told once
SHORT_SEAT = frozenset(("个", "家"))
# 2023镇域经济百强, 全国百强县: the list that seats are counted on
SEATED = re.compile(
    r"(?P<list>(?:(?:县域|镇域|城区|区域)?经济|综合实力|综合竞争力|[\u4e00-\u9fff]{0,6}(?<![的第在是年]))?"
    r"(?:[百千]|\d{2,4})强(?:县[（(]市[)）]|县市|县|区|镇|市|城市|企业)?)"
)
GENERAL = re.compile(r"(?:从|按|论|就)(?:经济)?(?:总量|规模|体量)(?:来?看|而言|来说|计算?|排序)?")


def read_by_place(scope: Scope, quantity: Quantity, left: Left, boundary: int) -> Draft | None:
    """The value of a place whose indicator is told once, before the list of places.

    Args:
        scope: The sentence.
        quantity: The value.
        left: What stands before it.
        boundary: Where that begins.

    Returns:
        The draft, None where a noun stands before the value or nothing was told.
    """
    short = _short(scope, quantity)
    if left.cue in ("up", "down") or (quantity.measure_hint != "level" and short is None):
        return None
    if not (_in_bracket(scope, quantity) or _beside(scope, quantity, boundary)):
        return None
    if quantity.dimension in COUNTED and peel_right(scope.text, quantity.end, len(scope.text))[0]:
        # 某自贸试验区20项改革成果: what is counted stands behind
        return None
    told = short or told_before(scope, quantity)
    if told is None:
        return None
    return scope.draft(quantity, left, told, quantity.start, quantity.end, "value-by-place", "level")


def read_by_village(scope: Scope, quantity: Quantity, left: Left) -> Draft | None:
    """其中势江村31.2万元、|竹山村|24万元、|最少的门等村|5.8万元: a village or town of a list that no register knows.

    Args:
        scope: The sentence.
        quantity: The value.
        left: What stands before it.
    """
    last = scope.last
    if last is None or last.measure != "level" or last.unit != quantity.unit or left.cue in ("up", "down"):
        return None
    words = scope.words(left)
    named, together = VILLAGE_ALONE.fullmatch(words), VILLAGES_TOGETHER.fullmatch(words)
    local = any(one.level in ("locality", "town") and one.end <= last.quantity.start for one in scope.mentions)
    if not (named or together) or not (last.places or local):
        return None
    villages = [name + "村" for name in together["list"].split("、")] if together else [named["name"]] if named else []
    draft = scope.draft(quantity, left, last.resolved, quantity.start, quantity.end, "value-by-place", "level")
    if draft is not None:
        at = left.noun_start
        draft.places = tuple(Mention("", name, "locality", at, at + len(name), name) for name in villages)
    return draft


def _short(scope: Scope, quantity: Quantity) -> Resolved | None:
    """其中秀山344.2亿元、松桃|186.5亿|、花垣87.3亿: an amount of the list that leaves out its unit."""
    last = scope.last
    if quantity.dimension or quantity.scale < LEAST_SCALE or last is None or last.measure != "level":
        return None
    dimension = last.quantity.dimension or last.resolved.dimension
    alike = dimension in ("money", "person") and last.rule == "value-by-place"
    return last.resolved if alike and last.quantity.scale in (Decimal(1), quantity.scale) else None


def read_growth_by_place(scope: Scope, quantity: Quantity, left: Left, boundary: int) -> Draft | None:
    """增速排名靠前的是蓝田县（9.6%）、周至县（8.8%）, 睢宁县为8.6%: growth rates of places.

    Args:
        scope: The sentence.
        quantity: The percentage.
        left: What stands before it.
        boundary: Where that begins.
    """
    if (
        quantity.measure_hint != "percent"
        or left.cue in ("up", "down")
        or not GROWS.search(scope.text, 0, quantity.start)
    ):
        return None
    if not (_in_bracket(scope, quantity) or _beside(scope, quantity, boundary)):
        return None
    last = scope.last
    told = last.resolved if last is not None and last.measure == "growth" else scope.before if last is None else None
    if told is None or told.dimension in ("percent", "permille"):
        return None
    return scope.draft(quantity, left, told, quantity.start, quantity.end, "growth-by-place", "growth")


def _in_bracket(scope: Scope, quantity: Quantity) -> bool:
    """长丰县（806.4亿元）: the value opens a bracket behind a place."""
    if scope.text[quantity.start - 1 : quantity.start] not in ("（", "("):
        return False
    return any(mention.end == quantity.start - 1 for mention in scope.mentions)


def _beside(scope: Scope, quantity: Quantity, boundary: int) -> bool:
    """其中江苏22席, 三省合计占据48席: nothing but places before the value."""
    begin = boundary
    if quantity.unit in SEATS and (among := AMONG.match(scope.blank, boundary, quantity.start)):
        begin = among.end()
    seated = quantity.unit in SEATS or _goes_on_with_seats(scope, quantity)
    if (TAKEN if seated else AROUND).fullmatch(scope.blank, begin, quantity.start) is None:
        return False
    placed = any(boundary <= mention.start < quantity.start for mention in scope.mentions)
    return placed or SUMMED.search(scope.blank, boundary, quantity.start) is not None


def _goes_on_with_seats(scope: Scope, quantity: Quantity) -> bool:
    """四川占得26个席位，新疆14个: the value before it in the sentence counts seats."""
    return quantity.unit in SHORT_SEAT and scope.last is not None and scope.last.unit in SEATS


def told_before(scope: Scope, quantity: Quantity) -> Resolved | None:
    """What is measured: the last like value of the sentence, its topic, or what the sentences before named.

    Args:
        scope: The sentence.
        quantity: A value that leaves out what it measures.
    """
    like = [
        draft
        for draft in reversed(scope.drafts)
        if draft.measure == "level" and draft.quantity.unit_measure == quantity.unit_measure
    ]
    # 实现GDP 640.2亿元,人均达8.4万元;长丰县806.4亿元: the same unit is the same indicator
    same = next((draft for draft in like if draft.unit == quantity.unit), None)
    if same is None and _goes_on_with_seats(scope, quantity):
        return scope.last.resolved if scope.last else None
    if same is not None or (like and quantity.dimension not in COUNTED):
        return (same or like[0]).resolved
    if (
        same is None
        and quantity.dimension == "count"
        and quantity.unit not in SEATS
        and ON_A_LIST.search(scope.text, 0, quantity.start)
    ):
        # 中国企业500强中，邹平有3家, behind 上市公司达到9家
        return None
    if quantity.dimension == "count":
        before = scope.before
        counts = before is not None and (before.dimension == "count" or before.name.endswith("数"))
        return _seats(scope, quantity) or (before if counts else None)
    if quantity.dimension != "money":
        return None
    topic = scope.noun_before
    if topic and resolve(topic).dimension == "money":
        return resolve(topic)
    if GENERAL.search(scope.text, 0, quantity.start):
        return resolve("经济总量")
    if RANKED_BEHIND.match(scope.text, quantity.end) and any(map(PRODUCT.search, scope.earlier)):
        # 巩义以|801.2亿元|排在第二, behind what others produce: by what the paragraph is about
        return resolve("地区生产总值")
    for text, end in ((scope.text, quantity.start), *((text, len(text)) for text in reversed(scope.earlier))):
        named = _named_money(text, end)
        if named is not None:
            return named
    return None


def _named_money(text: str, end: int) -> Resolved | None:
    """The last amount of money that a text names before a position."""
    name = last_named(text, end, "money")
    at = text.rfind(name, 0, end) if name else -1
    short = text.rfind("GDP", 0, end)
    product = "人均GDP" if text.endswith("人均", 0, max(short, 0)) else "GDP"
    found = resolve(product) if short > at else resolve(name) if name else None
    return found if found is not None and found.dimension == "money" else None


def _seats(scope: Scope, quantity: Quantity) -> Resolved | None:
    """22席: seats on the list that was named last."""
    if quantity.unit not in SEATS:
        return None
    for text in (scope.text[: quantity.start], *reversed(scope.earlier)):
        lists = list(SEATED.finditer(text)) if "强" in text else []
        if lists:
            name = lists[-1]["list"].lstrip("年月日的在")
            return resolve("百强县" if "百强" in name and re.search("[县区镇]", name) else name, True)
    return None
