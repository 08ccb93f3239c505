"""Counts: things, persons, households, and numbers without a unit.

Here: what is counted, and telling counts of an economy from the parts of a text. Not here: amounts with a physical
unit (`amounts`).
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from pipelines.extraction.binding.administrative import reached_units
from pipelines.extraction.binding.chosen import CHOSEN, read_chosen
from pipelines.extraction.binding.counted_before import ENDS, LEAST_PEOPLE, TOTAL_NOUN, counts_things, read_noun_before
from pipelines.extraction.binding.deeds import (
    ADVERB_TAIL,
    DEED_BEHIND,
    ELSEWHERE,
    FOR_OTHERS,
    LONGEST_SERVED,
    QUALITY_OF_PLACES,
    REACHED_COUNTRIES,
)
from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.people import (
    SERVED,
    SERVED_DIRECTLY,
    SERVED_VERB,
    read_bare_persons,
    read_households,
    read_served,
)
from pipelines.extraction.binding.qualified import qualifier_of, read_count_before, read_count_reaching
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.binding.uncounted import PLACE_KINDS, disposition
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import registry, word_set
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left, strip_lead

CLAUSE_ENDS = re.compile(r"的(?:共?有|达到?|共)\s*$")
AMOUNT_BEHIND = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?:累计)?(?:完成|实现)(?:总?投资额?|总?产值|营业收入|销售收入|增加值|税收|零售额)|总产值|主营业务收入)(?:完成|实现|达到?)?$"
)
FIGURE_BEHIND = re.compile(r"(?:完成|实现|达到?|共|约|超过?|突破)*\d")
OUTPUT_HEAD = re.compile(
    r"(?:集体经济)?(?:总产值|产值|增加值|营业收入|营收|销售收入|收入|税收|利润)(?:同比|比上年|较上年|平均)*$|集体经济$"
)
INDICATORS_COUNTED = re.compile(r"(?:主要|核心|重点|关键)?(?:经济)?指标(?!责任)")
LOOSE_TIER = re.compile(r"[超过](?:[一二两三五十百千万]+亿|[十百千万]+万)(?!元)(?=[、，\u4e00-\u9fff])")
SHORT_NOUN = 3
LISTED_BEFORE = re.compile(r"(?:、[\u4e00-\u9fff]{1,8})*等(?=[\u4e00-\u9fff]{2})")
CLASS_TAIL = re.compile(r"[级型类]$")
CLASSES = re.compile(r"(?:、[\u4e00-\u9fff]{1,5}?[级型类](?=、|[\u4e00-\u9fff]{2}))+")
KINDS_BEHIND = re.compile(r"[（(][市区旗州、]{1,5}[)）]")
OF_ALL_THESE = ("中有", "中，有", "中已有", "里有")
ENJOYS = re.compile(r"享受(?:了)?(?P<what>[\u4e00-\u9fff（）()]{4,20})(?=[，,、。；;]|$)")
KINDS_BESIDE = re.compile(r"[（(][镇乡村居社区街道、]{1,5}[)）]")
HAS_SUCH = re.compile(
    r"(?:[辖有设]|管理|分为|划分为|覆盖|涉及|包括|代管)(?:[\u4e00-\u9fff\d（(、市区）)]{0,10}[、和])?(?:全[市省县区]的?)?$"
)
CLAUSE_COUNTED = re.compile(r"(?P<words>[\u4e00-\u9fff]{4,16})的(?:共?有|达到?|共)\s*$")
LEAST_SUM = 10**8
LONGEST_REACH = 24
GROWN_TAIL = re.compile(r"(?<=[\u4e00-\u9fff])(?:(?:扩大|扩展|拓展|延伸|推广)[到至]|(?:组成|构成)[，。；]?)$")
RANK_GROUP = re.compile(r"^(?:梯队|阵营|档|俱乐部|方阵)")


def read_count(
    scope: Scope, quantity: Quantity, left: Left, right_end: int, clause_end: int, tier: Quantity | None
) -> Draft | None:
    """Things, persons, households: the noun stands behind (8家全国重点实验室) or before (科技型中小企业3万家)."""
    start = tier.end if tier else quantity.end
    right, stop = peel_right(scope.text, start, right_end)
    noun = scope.words(left)
    if len(noun) > 1 and right and scope.text[start : start + 1] in (" ", "\u3000"):
        # 高新技术企业142家 专精特新企业12家: a space parts as a comma does
        right, stop = "", start
    if not right and CLAUSE_ENDS.search(scope.text[max(0, quantity.start - 4) : quantity.start]):
        return _described(scope, quantity, left)
    if quantity.dimension == "person" and (enjoys := ENJOYS.match(scope.text, quantity.end, clause_end)):
        # 有2836人|享受城市居民最低生活保障
        named = resolve(enjoys["what"] + "人数")
        named = named if named.code else Resolved(None, enjoys.group() + "人数")
        return scope.draft(quantity, left, named, quantity.start, enjoys.end(), "people-described")
    if tier is None and quantity.dimension == "count" and (loose := LOOSE_TIER.match(scope.text, quantity.end)):
        return _of_loose_tier(scope, quantity, left, loose, right_end)
    if quantity.dimension == "count" and (reaching := read_count_reaching(scope, quantity, left)):
        return reaching
    if quantity.dimension == "person" and quantity.text.endswith("人口") and not right and not noun:
        # 全镇六万人口
        return scope.draft(quantity, left, resolve("总人口"), quantity.start, quantity.end, "noun-behind")
    instead = disposition(scope, quantity, left, right, (start, stop, right_end), tier is not None)
    if not instead and (_abstract(right) if right else noun and _abstract(noun) and not TOTAL_NOUN.fullmatch(noun)):
        instead = "programme" if right or not read_served(scope, quantity, left, noun) else ""
    if instead:
        scope.left_out[quantity.number_start] = instead
        return None
    if not quantity.dimension and quantity.chinese and quantity.scale == 1 and quantity.value >= LEAST_SUM:
        # 三亿出头: the scale of a number in characters is part of its value
        quantity = replace(quantity, value=quantity.value / LEAST_SUM, scale=Decimal(LEAST_SUM))
    elif not quantity.dimension and quantity.chinese and quantity.scale == 1 and quantity.value >= LEAST_PEOPLE:
        # 常住人口不过一百二十万
        people = noun and not right and resolve(noun).dimension in ("person", "household")
        scaled = replace(quantity, value=quantity.value / LEAST_PEOPLE, scale=Decimal(LEAST_PEOPLE))
        quantity = scaled if people else quantity
    if not quantity.dimension and quantity.scale >= LEAST_SUM and noun and resolve(noun).dimension == "money":
        # GDP突破5000亿的县市: the sum whose 元 is left out
        return scope.draft(quantity, left, resolve(noun), left.noun_start, quantity.end, "noun-before")
    if tier is not None and not right:
        return _shares_noun(scope, quantity, left, tier)
    if not quantity.dimension and RANK_GROUP.match(right):
        return _in_group(scope, quantity, left, stop)
    if (qualifier := qualifier_of(scope, start, right_end)) is not None:
        return read_count_before(scope, quantity, left, qualifier, start, clause_end)
    if right:
        return _noun_behind(scope, quantity, left, right, stop, clause_end)
    return read_noun_before(scope, quantity, left, noun)


def _described(scope: Scope, quantity: Quantity, left: Left) -> Draft | None:
    """产量同比增长的有45种: a clause is counted, no named thing; 参加养老保险的有38万余人 are people."""
    described = CLAUSE_COUNTED.search(scope.blank[: quantity.start])
    if quantity.dimension != "person" or described is None:
        return None
    words, _, _ = strip_lead(described["words"])
    start = quantity.start - len(described.group())
    return scope.draft(quantity, left, Resolved(None, words + "人数"), start, quantity.end, "people-described")


def _shares_noun(scope: Scope, quantity: Quantity, left: Left, tier: Quantity) -> Draft | None:
    """3个千亿级、30个百亿级企业: the noun is still to come."""
    draft = scope.draft(quantity, left, Resolved(None, ""), quantity.start, tier.end, "tiers-share-noun")
    if draft:
        draft.pending = True
        draft.breakdown = {"tier": tier.text.replace("元级", "级")}
    return draft


def _of_loose_tier(scope: Scope, quantity: Quantity, left: Left, tier: re.Match[str], right_end: int) -> Draft | None:
    """2个超千亿、4个超百亿产业集群: the size class has no 元 and no 级; the noun may be still to come."""
    right, stop = peel_right(scope.text, tier.end(), right_end)
    draft = scope.draft(
        quantity, left, resolve(right, True) if right else Resolved(None, ""), quantity.start, stop, "tiers-share-noun"
    )
    if draft:
        draft.pending = not right
        draft.breakdown = {**draft.breakdown, "tier": tier.group()}
    return draft


def _in_group(scope: Scope, quantity: Quantity, left: Left, stop: int) -> Draft | None:
    """进入5000亿元梯队: the amount of what was told before."""
    carried = next((draft for draft in reversed(scope.drafts) if draft.quantity.value > 99), None)
    if carried is None or scope.text[quantity.start - 1 : quantity.start] in ("“", '"'):
        # 同在“800亿俱乐部”: a name
        return None
    unit = replace(quantity, unit=carried.unit, unit_measure=carried.unit_measure, dimension="count")
    return scope.draft(unit, left, carried.resolved, quantity.start, stop, "carried-over")


def _noun_behind(scope: Scope, quantity: Quantity, left: Left, right: str, stop: int, clause_end: int) -> Draft | None:
    counted = counts_things(quantity)
    noun = scope.words(left)
    if both := read_households(scope, quantity, left, noun):
        # 2.1万户4.7万名贫困人口全部脱贫
        return both
    if counted and right.startswith(ELSEWHERE) and FOR_OTHERS.search(scope.text, 0, quantity.start):
        # 累计为29个省份保供煤: for whom, and no figure of the place
        scope.left_out[quantity.number_start] = "name"
        return None
    if (
        counted
        and right.startswith(ELSEWHERE)
        and (countries := REACHED_COUNTRIES.search(scope.text, max(0, quantity.start - LONGEST_REACH), quantity.start))
    ):
        which = next(way for way, words in countries.groupdict().items() if words)
        named = Resolved(None, f"{which}{right.removesuffix('数')}数")
        return scope.draft(quantity, left, named, quantity.start, stop, "countries-reached")
    if counted and (amount := AMOUNT_BEHIND.search(right)) and FIGURE_BEHIND.match(scope.text, stop, clause_end):
        # 7个重点项目|完成投资4亿元, 118家规上工业|总产值完成163亿元: the amount is no part of their name
        right, stop = right[: amount.start()], stop - len(right) + amount.start()
        right += "企业" if right.endswith("工业") else ""
        return scope.draft(quantity, left, resolve(right, True), quantity.start, stop, "noun-behind")
    right, stop = _whole_noun(scope, quantity, right, stop, clause_end)
    if (adverb := ADVERB_TAIL.search(right)) is not None:
        # 5个县级城市|新获评全国文明城市
        right, stop = right[: adverb.start()], stop - len(adverb.group())
    if quantity.dimension == "household" and (deed := DEED_BEHIND.match(scope.text, stop)):
        right, stop = right + deed.group(), deed.end()
    if (grown := GROWN_TAIL.search(right + scope.text[stop : stop + 1])) is not None:
        # 从15个县|扩大|到57个县, 由5个街道|组成
        right, stop = right[: grown.start()], stop - len(right) + grown.start()
    if counted and QUALITY_OF_PLACES.search(right):
        # 7个设区市水环境质量进入全国前十: no number of qualities
        return None
    if grown is None and _told_of_some(scope, quantity, right, stop):
        return None
    resolved = resolve(right, counted)
    served = SERVED.search(scope.text[left.noun_start : quantity.start]) if noun else None
    if served and right in word_set("person_noun"):
        # “以旧换新”政策惠及76万群众
        subject = re.sub(rf"{SERVED_VERB}.*$", "", noun)
        resolved = Resolved(None, f"{subject}{served['verb']}人数") if len(subject) > 1 else resolved
        return scope.draft(quantity, left, resolved, left.noun_start, stop, "people-served")
    if (
        quantity.dimension in ("person", "household")
        and not noun
        and (reached := SERVED_DIRECTLY.search(scope.text, max(0, quantity.start - LONGEST_SERVED), quantity.start))
    ):
        # 惠及超3万名学生 are not all of them
        resolved = Resolved(None, reached["verb"] + right)
        return scope.draft(quantity, left, resolved, quantity.start, stop, "people-served")
    if counted and left.verb and resolved.code is None and (done := resolve(left.verb + right, True)).code:
        # 签约23个项目, 引进42个项目: what was done to them is a name of its own
        resolved = done
    loose = resolved.code is None and len(right) < SHORT_NOUN and not right.startswith(("企业", "项目"))
    if noun and loose and resolve(noun, counted).code:
        return scope.draft(quantity, left, resolve(noun, counted), left.noun_start, quantity.end, "noun-before")
    if not quantity.dimension and quantity.scale == 1:
        if right not in word_set("unit_noun") and resolve(right).code is None:
            return None
        return _plain_count(scope, quantity, left, right, stop)
    if counted and resolved.code is None and (head := OUTPUT_HEAD.search(right)) and head.start() > 1:
        # 9个重点产业产值占农业总产值的七成: the industries are counted
        right, stop = right[: head.start()], stop - len(head.group())
        resolved = resolve(right, counted)
    if chosen := read_chosen(scope, quantity, left, right, stop, clause_end, resolved.code is not None):
        return chosen
    if units := reached_units(scope, quantity, resolved, right, stop):
        return scope.draft(quantity, left, units, quantity.start, stop, "noun-behind")
    if resolved.code and resolved.dimension not in ("count", "person", "household"):
        # 7个行业营业收入实现增长, 6个产值百亿元板块: what is counted is not what is named
        return None
    if quantity.unit == "次" and resolved.code is None:
        # 3次亲临考察, 4次回信: how often something happened is told, no state of an economy
        scope.left_out[quantity.number_start] = "name"
        return None
    return scope.draft(quantity, left, resolved, quantity.start, stop, "noun-behind") or read_bare_persons(
        scope, quantity, left, right, clause_end
    )


def _whole_noun(scope: Scope, quantity: Quantity, right: str, stop: int, clause_end: int) -> tuple[str, int]:
    """2万名视力、听力等|残疾儿童 and 100个行业级、|场景级大模型: the noun stands at the end of the list."""
    if (kinds := KINDS_BESIDE.match(scope.text, stop)) and resolve(right + kinds.group(), True).code:
        # 13个乡|（镇）, 137个村|（社区）
        return right + kinds.group(), kinds.end()
    if scope.text[stop : stop + 1] != "、":
        return right, stop
    if listed := LISTED_BEFORE.match(scope.text, stop, clause_end):
        noun, end = peel_right(scope.text, listed.end(), clause_end)
        return (noun, end) if len(noun) > 1 else (right, stop)
    if CLASS_TAIL.search(right) and (classes := CLASSES.match(scope.text, stop, clause_end)):
        _, end = peel_right(scope.text, classes.end(), clause_end)
        return scope.text[stop - len(right) : end], end
    return right, stop


def _told_of_some(scope: Scope, quantity: Quantity, right: str, stop: int) -> bool:
    """57个县（市）|增速快于全省: some of them do something, which is not how many there are."""
    if not (PLACE_KINDS.fullmatch(right) or right in word_set("unit_noun")):
        return False
    has = HAS_SUCH.search(scope.text, max(0, quantity.start - 12), quantity.start)
    if scope.text.endswith(OF_ALL_THESE, 0, quantity.start):
        # 118个行政村中有|62个村|完成规划编制: some of them
        return "\u4e00" <= scope.text[stop : stop + 1] <= "\u9fff"
    if bracket := KINDS_BEHIND.match(scope.text, stop):
        stop = bracket.end()
    if CHOSEN.match(scope.text, stop):
        # 3个县（市）|进入全国百强
        return False
    behind = scope.text[stop : stop + 1]
    return not has and behind not in ENDS and behind not in "和与及以全均都组构共在" and "\u4e00" <= behind <= "\u9fff"


def _plain_count(scope: Scope, quantity: Quantity, left: Left, right: str, stop: int) -> Draft | None:
    """7镇8乡: the noun is its own measure word."""
    unit = registry().units["个"]
    plain = replace(
        quantity, unit=unit.canonical, unit_measure=unit.unit_measure, dimension=unit.dimension, factor=unit.factor
    )
    return scope.draft(plain, left, resolve(right, True), quantity.start, stop, "noun-is-unit")


@lru_cache(maxsize=1)
def _abstract_tails() -> tuple[str, ...]:
    return tuple(word for word in word_set("abstract_noun") if len(word) > 1)


def _abstract(noun: str) -> bool:
    """Whether the noun counts parts of a text or plan, not things of an economy (五个方面, 六大行动, 3项指标增速)."""
    plain = noun.strip('“”"')
    if INDICATORS_COUNTED.match(plain):
        return True
    return plain.endswith(_abstract_tails()) or plain.lstrip("大项个") in word_set("abstract_noun")
