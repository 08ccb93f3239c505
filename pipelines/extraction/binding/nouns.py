"""Which indicator the noun before a number names, given what the sentence has told already.

Here: nouns that leave out what was named before (人均, 总产, 出栏), and parts that must not take the name of their
whole. Not here: nouns by themselves (`indicators`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.binding.wholes import (
    industry_of_told,
    of_goods,
    of_sum,
    part_by_head,
    part_of_income,
    sector_of,
    whole_of_schools,
)
from pipelines.extraction.indicators import Resolved, qualify, resolve
from pipelines.extraction.windows import Left

HEADS_ALONE = frozenset(
    (
        "产值",
        "综合产值",
        "年产值",
        "总产值",
        "全产业链产值",
        "总产",
        "总产量",
        "产量",
        "年产量",
        "年总产量",
        "单产",
        "亩产",
        "平均单产",
        "存栏",
        "出栏",
        "存栏量",
        "出栏量",
    )
)
PER = re.compile(
    r"每(?:[百千万]|[十百千]?万|\d+)?(?:名|个)?(?:常住)?(?:人口?|平方公里|亩|户|平方米)?(?:常住人口)?(?:拥有|土地)?$"
)
PER_FIRST = re.compile(r"每(?:[百千万]|十万)(?:名|个)?(?:常住)?(?:人口?|户)(?:拥有)?")
KIND_OF_SCHOOL = re.compile(
    r"(?P<school>小学|初中|普通高中|高中|普通中学|中等职业(?:教育|学校)|职业高中|特殊教育|幼儿园|普通高等学校)(?:学校)?(?P<whose>招生|毕业生)(?:人数|数)?"
)
OF_SCHOOLS = re.compile(r"(?:在校(?:学生|生)|招生|毕业生|专任教师|教职工)(?:人数|数)?")
SCHOOLS = re.compile(r"(?:小学|初中|高中|中学|中小学|学校|院校|幼儿园|学院|大学)数$")
GRAIN = re.compile(r"(?:粮食|夏粮|秋粮)生产[^，；。]{0,12}[，,]$")
STRONG = re.compile(r"\d{2,4}强")
LODGING = re.compile(r"民宿|宾馆|酒店|旅馆|客栈|农家乐|养老|托育|公寓|宿舍")
REACH = 14
SHORT_PRODUCT = 4
ANIMAL_HEAD = re.compile(r"(?P<head>存栏|出栏)(?:量|数)?$")
BARE_HEADS = frozenset(
    ("增加值", "工业增加值", "总产值", "工业总产值", "利润", "利润总额", "利税", "利税总额", "营业收入", "主营业务收入")
)
# 咖啡|投产|面积
BEARING = frozenset(("投产", "挂果", "采摘", "丰产", "盛果", "盛产", "可采", "采收"))
BEARS = re.compile(f"(?<=..)(?:{'|'.join(sorted(BEARING))})$")
HANDLED = frozenset(("收购", "储备", "采购", "授权", "引进", "招引", "外销"))
BROUGHT_IN = ("引进", "招引")
FIRM_CLASS = re.compile(r"(?:规模以上|规上)(?:工业|服务业)")
HEAD_OF_PRODUCT = re.compile(
    r"(?:(?:播种|种植|栽培|栽植|养殖)?面积|年?总?产量|单产|亩产|存栏|出栏|存栏量|出栏量|饲养量|(?:栽培|养殖|种植)规模)(?:数)?$"
)
# 挂果面积24万亩，产量41.6万吨: of no product by that name
PRODUCT_TAIL = re.compile(r"(?<=..)(?:产业)?(?:年[末底]?)?$")
NO_PRODUCT = re.compile(
    r"^(?:挂果|投产|采摘|新栽|新增|新建|改造|总|建成区|行政区域|耕地|土地|流转|占地|规划|基地|种植|养殖)?$"
)
# 茶园面积6.2万亩，|产量|1986吨
GROWN_THERE = {"茶园": "茶叶", "果园": "水果"}
OUTPUT_HEADS = ("产值",)
PRODUCT_NEAR = re.compile(
    r"(?P<product>(?!农作物|作物|特色)[\u4e00-\u9fff]{2,6}?)(?:收购量?|种植|养殖|栽培|采收量?|加工量|销售量|出口量)"
)
PRODUCT_KEPT = re.compile(r"(?:饲养|养殖|存养)(?P<product>[\u4e00-\u9fff]{1,5}?)数?")
FIRMS_TOLD = re.compile(r"(?P<firms>[\u4e00-\u9fff]{2,}(?:加工|制造|生产|龙头)企业)数")
OF_FIRMS = frozenset(("产值", "总产值"))
SCALE_SECTOR = re.compile(r"(?:规上|规模以上|规模|限上|限额以上)(?:工业|服务业|商贸业?|批零业|建筑业)")
# 初步核算|GDP, 最终核实|GDP, 主要是|出让收入减收
PLANNED_TAIL = re.compile(r"(?:预期|计划|拟?安排|拟|(?:年初|年度|调整)?预算数?|目标|目标任务|任务数)$")
PLANNED_LEAD = re.compile(r"^(?:代编|预算安排|汇总|(?:上级|[省市州])下达|下达|加上?)+(?:我?[全]?[省市县区])?(?=.{3})")
LEAST_PLANNED = 4
# 市下达我县|到位资金|目标任务
HANDED_DOWN = re.compile(r"(?:上级|[省市州])下达.{4,}")
PRELIMINARY = re.compile(r"^(?:(?:经?初步|最终)?(?:核算|核实)|主要是)(?=.{3})")


def resolve_before(scope: Scope, noun: str, left: Left, counted: bool = False) -> Resolved:
    """The indicator of a noun before its number, with the verb (转移农村劳动力) or product that belongs to it.

    Args:
        scope: The sentence.
        noun: The noun.
        left: The words that it stands in.
        counted: Whether it is counted.
    """
    if counted and SCALE_SECTOR.fullmatch(noun):
        # 新增规上工业|22家: firms, and no value added
        noun += "企业"
    noun = PRELIMINARY.sub("", noun)
    if len(noun) > LEAST_PLANNED and (planned := PLANNED_TAIL.search(noun)):
        # 一般公共预算收入|预期, 收入|预算数: that it is planned is no part of its name
        short = PLANNED_LEAD.sub("", noun[: planned.start()])
        budgeted = planned.group().endswith("预算数")
        noun = short if resolve(short).code or budgeted or HANDED_DOWN.match(noun) else noun
    elif lead := PLANNED_LEAD.match(noun):
        noun = noun[lead.end() :] if resolve(noun[lead.end() :]).code else noun
    if noun == "资金" and left.verb:
        # 签约|资金68亿元
        return Resolved(None, left.verb + noun)
    if (other := _of_last(scope, noun, left.noun_start)) is not None:
        return other
    brought = left.verb in BROUGHT_IN and not noun.endswith(("企业", "人才"))
    if left.verb in HANDLED and not brought and resolve(noun, counted).code:
        return handled(noun, left.verb, counted)
    if noun == "人均" and scope.last is not None:
        # 生产总值102亿元,人均达1500美元
        return resolve("人均" + scope.last.resolved.name)
    if (per := PER.search(scope.text, max(0, left.noun_start - REACH), left.noun_start)) is not None:
        # 每千人拥有|企业23家 is no number of firms
        return resolve(per.group() + noun, counted)
    if shared := _per_of_list(scope, left):
        # 每千人口拥有执业医师4人、托位5个
        return resolve(shared + noun, counted)
    if (sector := sector_of(scope, noun)) is not None:
        return sector
    if (whose := KIND_OF_SCHOOL.fullmatch(noun)) is not None:
        return _of_kind(whose["school"], whose["whose"])
    if OF_SCHOOLS.fullmatch(noun) and (schools := whole_of_schools(scope, left.noun_start)) is not None:
        kind = resolve(schools.resolved.name.removesuffix("数") + noun)
        return kind if kind.code else resolve(noun)
    if OF_SCHOOLS.fullmatch(noun) and (ours := _of_schools(scope, noun)) is not None:
        return ours
    if STRONG.match(noun) and (owner := next((m for m in scope.mentions if m.end == left.noun_start), None)):
        # 中国|500强企业: the country is part of the name
        return resolve(owner.text + noun, counted)
    if noun in ("床位", "床位数") and LODGING.search(scope.text, 0, left.noun_start):
        # 民宿468家,床位7200张: no beds of hospitals
        return Resolved(None, "床位数")
    if noun == "面积" and scope.last is None and not left.verb:
        # 面积1071平方公里,辖13个乡镇: that of the place itself
        noun = "行政区域面积"
    completed = _completed(scope, noun, left.noun_start)
    found = resolve(completed, counted)
    if found.code is None and left.verb and completed == noun:
        found = next((named for named in (resolve(left.verb + noun),) if named.code), found)
    found = part_of_income(scope, found)
    if (part := of_sum(scope, found, noun) or industry_of_told(scope, found, noun)) is not None:
        return part
    if found.code is None and not counted and (part := part_by_head(scope, noun, left.noun_start)) is not None:
        return part
    if found.code is None and len(noun) <= SHORT_PRODUCT and (part := _product_part(scope, noun, left)) is not None:
        return part
    told = scope.last
    if found.code is None and told is not None and told.measure == "level" and noun in told.resolved.name:
        # 农林牧渔业总产值31.6亿元,其中|渔业|8.2亿元: a part, though its name is in that of the whole
        inside = "其中" in scope.text[told.quantity.end : left.noun_start] and qualify(noun) is None
        ends = told.resolved.name.removesuffix("数").endswith(noun)
        if inside and ends and told.resolved.name != noun and resolve(noun).name.removesuffix("数") == noun:
            # 中老班列开行844列,其中2020年开行241列
            return told.resolved
    whole = next((draft for draft in reversed(scope.drafts) if draft.measure == "level"), None)
    if (
        found.code is not None
        and whole is not None
        and whole.resolved.code == found.code
        and not whole.origin
        and noun != whole.resolved.name
        and "其中" in scope.text[whole.end : left.noun_start]
    ):
        # 农林牧渔业总产值169亿元,其中农业产值92亿元: a part is not what its whole is
        return Resolved(None, noun)
    return found


def handled(noun: str, verb: str, counted: bool = False) -> Resolved:
    """收购|烟叶1.2万担, 引进|企业36家: what is done with them, and not all that there is.

    Args:
        noun: What is handled.
        verb: One of `HANDLED`.
        counted: Whether it is counted.
    """
    known = next((one for one in (resolve(verb + noun), resolve(f"{noun}{verb}量")) if one.code), None)
    return known or Resolved(None, verb + noun + ("数" if counted and not noun.endswith("数") else ""))


def _first_product(drafts: Sequence[Draft]) -> str:
    """The first product that figures name (小麦播种面积102万亩), "" for none."""
    named = ((HEAD_OF_PRODUCT.sub("", one.resolved.name), one.resolved.name) for one in drafts)
    return next((product for product, name in named if product != name and not NO_PRODUCT.match(product)), "")


def _of_schools(scope: Scope, noun: str) -> Resolved | None:
    """普通高中2所,在校生5120人;初中12所,在校生9860人: whose they are was told right before."""
    for draft in reversed(scope.drafts):
        if "type" in draft.resolved.breakdown and OF_SCHOOLS.match(draft.resolved.name):
            # 小学招生3126人，|在校生|1.82万人
            return _of_kind(draft.resolved.breakdown["type"], noun)
        if SCHOOLS.search(draft.resolved.name):
            return _of_kind(draft.resolved.name.removesuffix("数"), noun)
    return None


def _of_last(scope: Scope, noun: str, start: int) -> Resolved | None:
    """法定债务限额52.4亿元、余额48.4亿元; 公积金缴存额4.86亿元,提取3.92亿元: what is told of the same thing."""
    told = scope.last.resolved.name if scope.last is not None else ""
    if noun == "余额" and told.endswith("限额"):
        return resolve(told.removesuffix("限额") + noun)
    if noun == "提取" and told.startswith("住房公积金"):
        return resolve("住房公积金提取额")
    if noun == "在建" and told.endswith("面积"):
        # 已建成高标准农田28.4万亩，|在建|3.6万亩
        return Resolved(None, noun + told)
    if noun in ("总产", "总产量") and not told and GRAIN.search(scope.text, 0, start):
        # 粮食生产再获丰收，|总产|达9.65亿斤
        return resolve("粮食产量")
    return None


def _of_kind(school: str, whose: str) -> Resolved:
    """招生 and 毕业生 of a kind of school: of that name where there is one (小学在校学生数), else as a part of all."""
    named = resolve(school + whose)
    of_all = next((told for words in (whose, f"{whose}人数") if (told := resolve(words)).code), resolve(whose))
    known = named.code is not None and named.code != of_all.code
    return named if known else replace(of_all, breakdown={"type": school})


def _per_of_list(scope: Scope, left: Left) -> str:
    """What the numbers of a list are counted by, told before its first item."""
    last = scope.last
    # 、注册|护士3.2人: the verb is a part of who is counted
    if last is None or not scope.text[: left.noun_start].removesuffix(left.verb or "").endswith("、"):
        return ""
    per = PER_FIRST.search(scope.text, max(0, last.start - REACH), last.quantity.start)
    return per.group() if per else ""


def _product_part(scope: Scope, noun: str, left: Left) -> Resolved | None:
    """牲畜存栏186万头,其中牛31.2万头; 出栏生猪68.5万头、家禽860万羽: what is counted is told once."""
    last = scope.last
    head = ANIMAL_HEAD.search(last.resolved.name) if last is not None and last.measure == "level" else None
    between = scope.text[last.end : left.noun_start] if last is not None else ""
    if head is None or not ("其中" in between or between == "、"):
        return None
    return resolve(noun + head.group("head"))


def of_told(scope: Scope, noun: str) -> str:
    """规模以上工业企业214户,完成增加值增长8.3%: a bare head noun is that of the class of firms told before.

    Args:
        scope: The sentence.
        noun: The noun before a number.

    Returns:
        The noun with the class before it, where that is a registered name; the noun itself else.
    """
    firms = FIRMS_TOLD.fullmatch(scope.last.resolved.name) if scope.last is not None and noun in OF_FIRMS else None
    if firms is not None and scope.last is not None and FIRM_CLASS.match(firms["firms"]) is None:
        between = scope.text[scope.last.quantity.end :].split(noun)[0]
        if between.strip("，,、年实现完成 ") == "":
            # 规模以上农产品加工企业86家，实现|产值|68亿元: of these firms, and of no industry
            return firms["firms"] + noun.removeprefix("年")
    if noun not in BARE_HEADS:
        return of_goods(scope, noun)
    industry = scope.last.resolved.breakdown.get("industry") if scope.last is not None else None
    if industry and FIRM_CLASS.match(scope.last.resolved.name if scope.last else "") is None:
        # 其中医药制造业营业收入48.2亿元，|利润|5.1亿元
        return industry + noun
    for draft in reversed(scope.drafts):
        if (firms := FIRM_CLASS.match(draft.resolved.name)) is not None:
            for whole in (firms.group() + "企业" + noun, firms.group() + noun):
                if resolve(whole).code:
                    return whole
    return noun


def _completed(scope: Scope, noun: str, start: int) -> str:
    """粮食播种面积112万亩,总产57.5万吨 and 生猪存栏36万头;出栏61万头: the product is named once."""
    noun = of_told(scope, noun)
    if noun not in HEADS_ALONE or scope.last is None:
        return noun
    told = scope.last
    parts = scope.text.rfind("其中", 0, start)
    if parts >= 0 and "、" in scope.text[parts:start] and scope.text[start - 1 : start] in "，,":
        # 种植面积12万亩，其中黄芪5.6万亩、党参3.8万亩，|年产量|3.2万吨: back to the whole
        told = next((draft for draft in reversed(scope.drafts) if draft.quantity.end <= parts), told)
    if scope.text[:start].rstrip(" 　").endswith(("；", ";")):
        # 生猪存栏36.5万头,其中能繁母猪3.6万头;出栏61.8万头: back to the whole
        told = next((draft for draft in scope.drafts if HEAD_OF_PRODUCT.search(draft.resolved.name)), told)
    if kept := PRODUCT_KEPT.fullmatch(told.resolved.name):
        # 饲养肉羊126万只，|出栏|68万只
        return kept["product"] + noun
    product = HEAD_OF_PRODUCT.sub("", told.resolved.name)
    near = PRODUCT_NEAR.fullmatch(told.resolved.name)
    if near is not None and scope.text[told.quantity.end : start].strip("，,、实现完成年综合总 ") == "":
        # 粮食总产量38.2万吨，烤烟收购量36.5万担、|产值|6.3亿元: of what was told right before
        return near["product"] + noun.removeprefix("年")
    # 蔬菜种植42万亩、产值31亿元，魔芋种植8.6万亩、|产值|9.2亿元
    beside = told.resolved.name.endswith("面积") and told is scope.last and not NO_PRODUCT.match(product)
    if not beside and (product == told.resolved.name or NO_PRODUCT.match(product) or noun.endswith(OUTPUT_HEADS)):
        # 花椒种植面积18.6万亩，年产干椒9300吨，|产值|7.4亿元: the first product of the sentence, or of its part
        part = max(scope.text.rfind(mark, 0, start) for mark in "；;")
        levels = [one for one in scope.drafts if one.measure == "level"]
        product = _first_product([one for one in levels if one.start > part]) or _first_product(levels)
    product = BEARS.sub("", PRODUCT_TAIL.sub("", product))
    product = GROWN_THERE.get(product, product)
    return product + noun.removeprefix("年") if product and product != told.resolved.name else noun
