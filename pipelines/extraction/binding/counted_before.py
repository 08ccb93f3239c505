"""Counts whose noun stands before the number, or was told before it: 科技型中小企业3万家, 其中省外45万人.

Here: the noun of such a count. Not here: nouns behind a number and what is no count at all (`counts`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.administrative import reached_units
from pipelines.extraction.binding.deeds import DEED_INSIDE, OUTSIDE, REBUILT
from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.measures import indexed_to_hundred
from pipelines.extraction.binding.nouns import resolve_before
from pipelines.extraction.binding.people import read_households, read_served
from pipelines.extraction.binding.scope import GENERIC_NOUN, GROWTH_NOUN, Scope
from pipelines.extraction.binding.siblings import beside_told, of_class, part_of
from pipelines.extraction.binding.uncounted import VAGUE_LEAST
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

ADDED_INSIDE = re.compile(r"(?P<of>[\u4e00-\u9fff]{2,6})(?:新增|净增)(?P<what>[\u4e00-\u9fff]{2,12})")
DONE = frozenset(("投产", "开工", "开复工", "竣工", "建成", "完工", "投用", "投运", "签约", "落地", "入驻", "在建"))
# 历史建筑320栋，修缮120栋: what was done to some of them
DONE_TO_SOME = DONE | {"修缮", "修复", "整治", "加固", "调解", "办结", "受理", "整改", "审结", "化解", "续建", "在建"}
# 新签约项目32个,|新开工|24个,|新投产|21个: what was done is told with 新
DONE_ANEW = frozenset(("新开工", "新投产", "新竣工", "新落地", "新签约", "新入库"))
# 重点项目156个，其中|续建项目|62个、|新建项目|71个: each phase is a count of its own
PHASES = frozenset(
    ("续建", "新建", "前期", "储备", "在建", "新开工", "竣工", "投产", "扫尾", "预备", "前期储备", "谋划")
)
# 已建成充电桩1360个，|在建|412个: not yet there
UNDER_WAY = frozenset(("在建", "续建", "完工", "竣工", "投产", "运营", "入驻", "落地"))
DONE_FIRST = re.compile(r"^(?:已?建成|在建|续建|新开工|竣工|投产|入驻|落地)")
ANEW = re.compile(r"新(?:登记|注册|认定|设立|发展|开办)(?=[\u4e00-\u9fff]{2})")
IN_TOTAL = re.compile(r"(?:总量|总数)(?:已|达到?|超过?|突破|增至|为)*$")
NET = re.compile(r"净增加?$")
LEFT = re.compile(r"退库|退出|注销|退规|吊销")
BROUGHT = re.compile(r"^(?:计划|新)?(?:引进|招引|洽谈|签约|开工|续建|在建|落地|(?<=新)建)(?=[\u4e00-\u9fff]{2})")
# 县域高质量发展指数为118.6
INDEX_NAME = re.compile(r"(?<!价格)(?<!综合)指数$|空气质量综合指数$")
# 企业5.8万户: firms are counted by households too
FIRMS = re.compile(r"(?:企业|公司|工商户|主体|合作社|农场|商户)$")
BUSINESS = re.compile(r"企业|公司|工商户|商户|主体|合作社|农场|户数|单位|机构|巨人|冠军|大户|门店|店")
BARE_DEED = re.compile(r"^(?!.*(?:户|家庭|数$|企业|公司|主体|店|厂|社$)).{2,}$")
SCALED = ("元", "人")
# behind a number whose noun was told before stands nothing more ("" at the end of the sentence)
ENDS = ("", *'，,。；;、：:（()）！!？? 　\n\t|｜”"')
TOTAL_NOUN = re.compile(r"总量|总数|总计|合计|总户数|总人数")
COUNTED_AMONG = re.compile(r"\d(?:[\u4e00-\u9fff]{0,2}(?:多|余))?[个家户名]$")
OF_PEOPLE = frozenset(("总户数", "总人数"))
LEAST_PEOPLE = 10**4
# what is told of so many heads, and more of them than a place has
PER_HEADS = re.compile(r"每[千万百]人口?(?:拥有)?")
STAFFED = re.compile(r"(?:注册)?护士|(?:执业)?(?:（助理）)?医师|卫生技术人员|床位|托位|全科医生|药师")
MOST_PER_HEADS = 100


def counts_things(quantity: Quantity) -> bool:
    """Whether a number counts things: it has a unit of counting, or neither unit nor scale."""
    return quantity.dimension in ("count", "") and not (quantity.scale >= LEAST_PEOPLE and not quantity.dimension)


def read_noun_before(scope: Scope, quantity: Quantity, left: Left, noun: str) -> Draft | None:
    """A count whose noun stands before it, or was told before.

    Args:
        scope: The sentence.
        quantity: The number.
        left: The words before it.
        noun: Their noun, "" where there is none.
    """
    counted = counts_things(quantity)
    if people := read_served(scope, quantity, left, noun) or read_households(scope, quantity, left, noun):
        return people
    last = scope.last
    of_last = last is not None and (noun not in OF_PEOPLE or last.quantity.dimension == quantity.dimension)
    of_all = TOTAL_NOUN.fullmatch(noun) if noun else NET.search(scope.text, 0, quantity.start)
    if of_all and (around := _around_parts(scope, quantity)) is not None:
        # 新增“四上”企业126家，其中规上工业企业42家、限上批零企业51家，|净增|58家，|总数|突破800家: of the whole
        return scope.draft(quantity, left, around.resolved, quantity.start, quantity.end, "carried-over")
    if noun and TOTAL_NOUN.fullmatch(noun) and last and of_last and scope.same_dimension(quantity, last.resolved):
        # 净增经营主体155万户、总量474万户; 9个社区，总户数2.68万户 are other things
        return scope.draft(quantity, left, _old_and_new(last.resolved), left.noun_start, quantity.end, "carried-over")
    if noun.endswith("中") and COUNTED_AMONG.search(scope.text, 0, left.noun_start):
        # 187个|行政村中|已有171个建成: among how many
        noun = noun.removesuffix("中")
    if (noun and GENERIC_NOUN.match(noun)) or noun == "数量":
        # 服务数量超75万人次: the verb is part of the name
        noun = left.verb + noun if left.verb else ""
    if noun in DONE_ANEW or (left.verb in DONE_ANEW and not noun):
        noun, left = "", replace(left, verb=noun or left.verb, new=False)
    phase = left.verb + noun if noun == "项目" else noun
    if phase.endswith("项目") and phase.removesuffix("项目") in PHASES and "其中" in scope.text[: quantity.start]:
        # the phases of those told before, and no change of them
        left, named = replace(left, new=False, cue=""), Resolved(None, phase + "数")
        return scope.draft(quantity, left, named, left.noun_start, quantity.end, "noun-before")
    if noun in UNDER_WAY and scope.last and scope.last.quantity.unit == quantity.unit:
        under_way = Resolved(None, noun + DONE_FIRST.sub("", scope.last.resolved.name))
        return scope.draft(quantity, left, under_way, left.noun_start, quantity.end, "verb-counts-things")
    if noun in OUTSIDE and scope.last and scope.last.quantity.dimension == quantity.dimension == "person":
        # 转移农村劳动力58万人,其中省外45万人
        part = replace(scope.last.resolved, breakdown={**scope.last.resolved.breakdown, "area": noun})
        return scope.draft(quantity, left, part, left.noun_start, quantity.end, "carried-over")
    if last is not None and (rate := PER_HEADS.match(last.resolved.name)) and STAFFED.fullmatch(noun):
        # 每千人口执业（助理）医师2.6人，|注册护士|3.1人
        per_heads = resolve(rate.group() + noun)
        if quantity.value < MOST_PER_HEADS and scope.same_dimension(quantity, last.resolved):
            return scope.draft(quantity, left, per_heads, left.noun_start, quantity.end, "carried-over")
    if noun and not GROWTH_NOUN.match(noun):
        if not quantity.dimension and quantity.scale == 1 and not _stands_alone(scope, quantity, noun):
            return None
        resolved = of_class(scope, noun) or resolve_before(scope, noun, left, counted or FIRMS.search(noun) is not None)
        inside = part_of(scope, noun)
        if inside is not None and scope.same_dimension(quantity, inside):
            # 专利授权量986件,其中发明专利86件
            resolved = inside
        if resolved.code is None and (other := beside_told(scope, quantity, noun, counted)) is not None:
            resolved = other
        if resolved.code is None and (added := ADDED_INSIDE.fullmatch(noun)):
            # 城区|新增|人口1.1万人
            resolved, left = resolve(added["of"] + added["what"], counted), replace(left, new=True)
        if quantity.dimension == "household" and resolved.dimension == "count" and not BUSINESS.search(resolved.name):
            # 改造老旧小区174万户: the households are no number of estates
            resolved = Resolved(None, f"{noun}{left.verb if left.verb in REBUILT else ''}户数")
        if quantity.dimension == "household" and resolved.code is None and BARE_DEED.search(resolved.name):
            # 减贫2163户
            resolved = replace(resolved, name=resolved.name + "户数")
        deed = scope.text[left.noun_start + len(left.noun) : quantity.start]
        if quantity.dimension == "household" and resolved.code is None and DEED_INSIDE.fullmatch(deed):
            resolved, left = Resolved(None, f"{noun}{deed}户数"), replace(left, cue="level")
        reached = reached_units(scope, quantity, resolved, noun, left.noun_start + len(noun))
        resolved = reached or resolved
        left = scope.list_verb(quantity, left)
        return scope.draft(quantity, left, resolved, left.noun_start, quantity.end, "noun-before")
    if (sibling := beside_told(scope, quantity, left.verb, counted)) is not None:
        return scope.draft(quantity, left, sibling, quantity.start, quantity.end, "carried-over")
    told_of = {quantity.dimension, "count", ""}
    peopled = scope.last is not None and scope.last.quantity.dimension in told_of
    if left.verb and scope.last and peopled and quantity.dimension in ("person", "household"):
        tail = left.verb + ("人数" if quantity.dimension == "person" else "户数")
        name = Resolved(None, scope.last.resolved.name.removesuffix("数") + tail)
        return scope.draft(quantity, left, name, quantity.start, quantity.end, "verb-counts-people")
    same_unit = scope.last is not None and scope.last.quantity.unit == quantity.unit and quantity.dimension == "count"
    of_projects = same_unit and scope.last is not None and scope.last.resolved.name.endswith("项目数")
    if not noun and left.verb == "新建" and of_projects and scope.last and "其中" in scope.text[: quantity.start]:
        # 省级重点项目22个,其中|新建|9个: a phase of the projects, and no more of them
        phased, named = replace(left, new=False, cue=""), Resolved(None, "新建" + scope.last.resolved.name)
        return scope.draft(quantity, phased, named, quantity.start, quantity.end, "verb-counts-things")
    things = scope.last if same_unit else _things_before(scope, quantity)
    if (left.verb in DONE_TO_SOME or left.verb in DONE_ANEW) and things:
        # 入园企业218家,投产156家; 签约项目32个，总投资168亿元，已开工24个
        told = things.resolved.name
        before = next((verb for verb in sorted(DONE_TO_SOME) if told.removesuffix("数").endswith(verb)), "")
        # 重点项目开工52个、竣工38个: one verb for the other
        base = told.removesuffix("数").removesuffix(before)
        # 引进项目30个,已签约24个: one verb for the other
        done = Resolved(None, f"{base}{left.verb}数" if before else left.verb + BROUGHT.sub("", told))
        if told.startswith(left.verb):
            done = things.resolved
        return scope.draft(quantity, left, done, quantity.start, quantity.end, "verb-counts-things")
    scaled = not quantity.dimension and quantity.scale >= LEAST_PEOPLE and not noun
    if scaled and left.cue and scope.last and scope.last.origin and scope.last.unit.endswith(SCALED):
        # 由2015年的3.2亿元|提高到6.1亿: the unit is that of the first value
        return scope.draft(quantity, left, scope.last.resolved, quantity.start, quantity.end, "carried-over")
    other_kind = scope.last is not None and {scope.last.quantity.dimension, quantity.dimension} == {"time", "count"}
    if other_kind:
        # 缩短至35个工作日,获得电力环节由4个减至|2个: no number of days
        return None
    risen = left.cue or "基础上" in scope.text[max(0, quantity.start - 10) : quantity.start]
    alike = scope.last is not None and (
        scope.same_dimension(quantity, scope.last.resolved)
        or scope.last.quantity.unit_measure == quantity.unit_measure != ""
    )
    withdrawn = scope.last is not None and LEFT.search(scope.last.resolved.name) is not None
    if withdrawn and NET.search(scope.text, 0, quantity.start) and scope.drafts[0].quantity.unit == quantity.unit:
        # 新增“四上”企业62家…，退库11家，|净增|51家: of the whole
        return scope.draft(quantity, left, scope.drafts[0].resolved, quantity.start, quantity.end, "carried-over")
    if risen and scope.last and alike:
        # 项目8个、总投资41亿元，去年同期为|5个|: of what was counted, which the sum is of
        same = (one for one in reversed(scope.drafts) if one.quantity.unit == quantity.unit)
        of = next(same, None) if scope.last.quantity.dimension == "money" else scope.last
        if of is None:
            return None
        all_told = IN_TOTAL.search(scope.text, 0, quantity.start) is not None
        resolved = _old_and_new(of.resolved) if all_told else of.resolved
        return scope.draft(quantity, left, resolved, quantity.start, quantity.end, "carried-over")
    beside = scope.last if scope.last and scope.last.quantity.dimension == "count" else None
    if quantity.dimension == "household" and beside and scope.text[beside.quantity.end : quantity.start] in ("", "、"):
        # 改造老旧小区12个|1860户: those who live there
        if BUSINESS.search(beside.resolved.name):
            return None
        name, left = (
            Resolved(None, beside.resolved.name.removesuffix("数") + "涉及户数"),
            replace(left, verb=beside.verb),
        )
        return scope.draft(quantity, left, name, quantity.start, quantity.end, "counted-beside")
    households = scope.last if scope.last and scope.last.quantity.dimension == "household" else None
    if quantity.dimension == "person" and households and households.quantity.end == quantity.start:
        # 减贫2163户|8014人
        name = Resolved(None, households.resolved.name.removesuffix("户数") + "人数")
        return scope.draft(quantity, left, name, quantity.start, quantity.end, "households-and-people")
    ends = scope.text[quantity.end : quantity.end + 1] in ENDS
    told = scope.noun_before if quantity.dimension and ends else ""
    if not told:
        return None
    return scope.draft(quantity, left, resolve(told, counted), quantity.start, quantity.end, "noun-in-clause-before")


def _old_and_new(resolved: Resolved) -> Resolved:
    """新登记经营主体6127户，|总量|4.3万户: what is told of the new ones, as an indicator of all of them."""
    anew = ANEW.match(resolved.name)
    return resolve(resolved.name[anew.end() :]) if anew else resolved


def _around_parts(scope: Scope, quantity: Quantity) -> Draft | None:
    """The whole of the parts between 其中 and a number of the same unit, None where there are fewer than two."""
    inside = scope.text.rfind("其中", 0, quantity.start)
    if inside < 0 or "；" in scope.text[inside : quantity.start]:
        return None
    parts = [one for one in scope.drafts if one.quantity.start > inside and one.quantity.unit == quantity.unit]
    whole = next((one for one in reversed(scope.drafts) if one.quantity.end <= inside), None)
    return whole if whole is not None and len(parts) > 1 and whole.quantity.unit == quantity.unit else None


def _things_before(scope: Scope, quantity: Quantity) -> Draft | None:
    """The projects that a sum of money was told of since: 签约项目32个，总投资168亿元，已开工|24个."""
    for draft in reversed(scope.drafts):
        if draft.quantity.dimension != "money":
            counted = draft.quantity.unit == quantity.unit and quantity.dimension == "count"
            return draft if counted and draft.resolved.name.endswith(("项目数", "企业数", "工程数")) else None
    return None


def _stands_alone(scope: Scope, quantity: Quantity, noun: str) -> bool:
    """年末常住人口766579,比上年末增加…: a registered number of people or things whose unit is left out."""
    known = resolve(noun)
    if INDEX_NAME.search(noun) and not quantity.chinese:
        return True
    if noun.endswith("系数") and not quantity.chinese:
        # 农田灌溉水有效利用系数达0.56
        return True
    if indexed_to_hundred(quantity.value, known) and not quantity.chinese:
        return True
    behind = scope.text[quantity.end : quantity.end + 1]
    counts = known.code is not None and known.dimension in ("person", "household", "count")
    return counts and quantity.value >= VAGUE_LEAST and not quantity.chinese and behind in ",，。；;、)）"
