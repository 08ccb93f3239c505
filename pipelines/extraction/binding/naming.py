"""What the name of an indicator gains from its sentence: the whole that a part is of, people that are counted, one GDP.

Here: names after they have been chosen. Not here: choosing them (`nouns`, `indicators`) and the state of a sentence
(`scope`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded

INDUSTRY_OUTPUT = "INDUSTRY_OUTPUT"
LABEL = re.compile(
    r"(?:^|[；;])[\s　（(]*(?:[\d一二三四五六七八九十]{1,2}[、.．)）])?(?P<industry>[\u4e00-\u9fff]{2,10})[：:]"
)
SCOPE_OF_PARTS = re.compile(
    r"(?:^|[。；，])(?P<whole>规上工业|规模以上工业|规模以上服务业|限额以上批发零售业)(?:企业)?中[，,]"
)
# what is told of industries is of those above designated size where these were told of, unless it is no industry
PART_VALUE_ADDED = "INDUSTRY_VALUE_ADDED"
LARGE_INDUSTRY = "SCALE_INDUSTRY_VALUE_ADDED"
NO_INDUSTRY = re.compile(
    r"物流|金融|旅游|批发|零售|餐饮|住宿|房地产|服务|商贸|[农林牧渔]业|种植|养殖|建筑业|文化|数字经济|信息传输|交通|邮政|电信|软件|会展|康养|海洋"
)
PLAIN_GDP = re.compile(r"(?:国内|地区)?(?:生产总值)?[（(]?GDP[）)]?")
# 城镇人口, 乡村人口: of the residents unless they follow those registered
RESIDENT_PARTS = frozenset(("URBAN_POPULATION", "RURAL_POPULATION"))
# 项目|达产后|年产值25亿元、|税收1.1亿元: what the project will bring, and no figure of the place
OF_PROJECT = {
    "INDUSTRY_OUTPUT": "PROJECT_OUTPUT",
    "TAX_REVENUE": "PROJECT_TAX",
    "URBAN_NEW_EMPLOYMENT": "EMPLOYMENT_BROUGHT",
}
ONCE_BUILT = re.compile(
    r"(?:达产|满产|投产|建成|投用|运营|达效)(?:达产|达效|运营|投产|投用|使用)*之?后"
    r"(?![^；。]*(?:全|我|本)[省市县区州镇])[^；。]*$"
)
COUNTING = frozenset(("count", "person", "household"))
MEASURING = frozenset(("money", "area", "length", "mass", "energy", "power", "volume"))
AIM = re.compile(
    r"(?:全年|年度|年初|年|调整|省定|市定|县定|既定|[省市]级?下达|下达|投资|预期)*(?:目标任务|目标|任务|计划|预算)"
)
# 一般公共预算收入|完成年初预算比重: how much of a budget, a plan or a task
FULFILLED_TAIL = re.compile(r"完成[\u4e00-\u9fff]{2,10}比重$")
SIZE = r"(?:\d+[百千]?[万亿]?元?[-—~～至到])?(?:超|过|破)?(?:\d+(?:\.\d+)?|[一二三四五六七八九十百千]+)?[万亿]元?级?"
SIZE_FIRST = re.compile(SIZE + r"(?=企业|项目|园区|产业集群)")
SIZE_HERE = re.compile(SIZE)
SIZE_BEFORE = re.compile(r"(?<![\d一二三四五六七八九十百千])(?=.{2})" + SIZE + "$")
SIZED = guarded(r"^(?:企业|项目|园区|产业集群|产业)数$")
LONGEST_SIZE = 14
COUNTED_TAIL = re.compile(r"(?:数|量|人次|规模|人口|总计|率|比)$")
KINDS_TAIL = re.compile(r"[（(][户场社、]{1,4}[)）]?(?=数?$)")
# 甲项目、乙基地等|投入5000万元以上工业项目: the examples are no part of the name
EXAMPLES = re.compile(
    r"^[^，；。]*、[^，；。]*[\u4e00-\u9fffA-Za-z]等(?:一[批系])?(?=[\u4e00-\u9fff\d]{4,}$)(?!级|次|院校|教育|学校|职业)"
)
WHO = re.compile(r"(?:[人者员工民众生师户群客商家夫手才兵队胞属主童妇]|对象|干部|学子|劳动?力|主播)$")
# the four budgets of a Chinese government and the funds of social insurance (budget law of 2014)
FUND = re.compile(
    r"(?P<fund>一般公共预算|政府性基金预算|国有资本经营预算|社会保险基金预算"
    r"|(?:城乡居民|城镇职工|职工|机关事业单位|企业职工)?(?:基本)?(?:养老|医疗|工伤|失业|生育)?(?:保险|医保)基金(?:预算)?)"
    r"(?=[收支：:])"
)
FLOW_OF_FUND = re.compile(r"(?:预算)?总?(?:收入|支出)")
# 年加工木材45万立方米, 生产装载机3.9万台: as statistics name what is done with goods
GOODS = frozenset(("mass", "volume"))
DEALT_WITH = re.compile(
    r"年?(?P<deed>加工|出口|进口|销售|外销|收购|外运|屠宰|储存|收储|回收|消纳)(?P<goods>(?!能力|产能|利用|销售|加工|[\u4e00-\u9fff]*(?:能力|产能))[\u4e00-\u9fff]{2,10}(?<![量额值]))"
)
MADE_GOODS = re.compile(
    r"年?生产(?!经营|设备|许可|设施|合作|大棚|车间|厂|专利|能力|线|基地|资料|要素|单位|性|型|总|任务|工)(?P<goods>[\u4e00-\u9fff、]{2,12}?(?<![企业线])(?<!基地))数"
)
# 货物吞吐量1.46亿吨，其中煤炭4200万吨、铁矿石6100万吨
CARGO = re.compile(r"(?P<of>吞吐量|货运量)[^；;。]*其中(?![^；;。]*产量)[^；;。]*$")


def counted_people(name: str, dimension: str) -> str:
    """员工 are counted as 员工数, 转移就业 as 转移就业人数; a name that says so already stays.

    Args:
        name: The words of the text.
        dimension: person or household.

    Examples:
        >>> counted_people("员工", "person"), counted_people("易地搬迁", "household")
        ('员工数', '易地搬迁户数')
    """
    if not name or COUNTED_TAIL.search(name):
        return name
    if dimension == "household":
        return name + ("数" if name.endswith("户") else "户数")
    return name + ("数" if WHO.search(name) else "人数")


def plain_name(name: str, dimension: str) -> str:
    """A name in the words of the text, people counted and GDP spelt as everywhere else.

    Args:
        name: The words of the text.
        dimension: That of the number, "" where it is no plain number of them.

    Examples:
        >>> plain_name("县域GDP占全省比重", "percent"), plain_name("员工", "person"), plain_name("加工花生", "mass")
        ('县域地区生产总值占全省比重', '员工数', '花生加工量')
    """
    if "(" in name or "（" in name:
        # 肉牛养殖场（户）: both kinds are counted
        name = KINDS_TAIL.sub("", name)
    if dimension == "count" and "等" in name and (examples := EXAMPLES.match(name)):
        name = name[examples.end() :]
    if dimension in ("person", "household"):
        name = counted_people(name, dimension)
    if dimension in GOODS and (dealt := DEALT_WITH.fullmatch(name)) is not None:
        name = f"{dealt['goods']}{dealt['deed']}量"
    elif dimension == "count" and (made := MADE_GOODS.fullmatch(name)) is not None:
        name = made["goods"] + "产量"
    return PLAIN_GDP.sub("地区生产总值", name) if "GDP" in name else name


def fulfilled(name: str, words: str) -> str:
    """The name of the share of an aim that was reached, by the words that say what aim.

    Args:
        name: What was aimed at.
        words: What the text says of the aim.

    Examples:
        >>> fulfilled("固定资产投资", "为年度计划的"), fulfilled("税收收入", "完成年初预算")
        ('固定资产投资完成年度计划比重', '税收收入完成年初预算比重')
    """
    aim = AIM.search(words)
    return f"{name}完成{aim.group() if aim else '目标'}比重"


def with_size(resolved: Resolved, text: str, start: int) -> Resolved:
    """百亿元|企业2家, 超10亿元项目7个: the size class is a part of the count, and none of its name.

    Args:
        resolved: What is counted.
        text: The sentence.
        start: Where its name begins.
    """
    if resolved.code is None and (named := SIZE_FIRST.match(resolved.name)):
        return replace(resolve(resolved.name[named.end() :], True), breakdown={"tier": named.group()})
    if "tier" in resolved.breakdown or not SIZED.search(resolved.name):
        return resolved
    size = SIZE_HERE.match(text, start) or SIZE_BEFORE.search(text, max(0, start - LONGEST_SIZE), start)
    return replace(resolved, breakdown={**resolved.breakdown, "tier": size.group()}) if size else resolved


def part_of_industry(resolved: Resolved, text: str, told: Sequence[Resolved]) -> Resolved:
    """规上工业中,石油开采业实现增加值207.2亿元: the whole that the parts belong to is named first.

    Args:
        resolved: The indicator.
        text: The sentence.
        told: What it has told before, or the sentence before it, the nearest last.
    """
    part = resolved.breakdown.get("industry") or resolved.breakdown.get("ownership")
    general = resolved.code in (None, PART_VALUE_ADDED) and resolved.name.endswith("增加值")
    if part is None or not general or NO_INDUSTRY.search(part):
        return resolved
    match = SCOPE_OF_PARTS.search(text)
    if match is not None:
        named = resolve(match["whole"] + "增加值")
        return replace(named, breakdown=resolved.breakdown) if named.code else resolved
    whole = next((one for one in reversed(told) if one.code == LARGE_INDUSTRY), None)
    # 规模以上工业增加值增长6.9%。其中,农副食品加工业增加值增长22.4%
    return replace(whole, breakdown=resolved.breakdown) if whole is not None else resolved


def of_labelled(resolved: Resolved, text: str, at: int) -> Resolved:
    """电子信息：规模企业58家，|产值|246.3亿元: of the industry that the sentence has before its colon.

    Args:
        resolved: The indicator.
        text: The sentence.
        at: Where its number stands.
    """
    if resolved.code != INDUSTRY_OUTPUT or resolved.breakdown:
        return resolved
    labels = list(LABEL.finditer(text, 0, at))
    named = resolve(labels[-1]["industry"] + "产值") if labels else resolved
    return named if named.code == resolved.code else resolved


def clashes(resolved: Resolved, dimension: str) -> bool:
    """Whether a number cannot be one of an indicator: an amount of money, land or energy of what counts things.

    Args:
        resolved: The indicator.
        dimension: That of the number.

    Examples:
        >>> clashes(Resolved("HOSPITALS", "医院数", {}, "count"), "money")
        True
    """
    if resolved.code is None or not dimension:
        return False
    if resolved.dimension == "money" and dimension in ("mass", "area", "energy", "volume"):
        # 花生出口0.6万吨 are no exports in money
        return True
    counted = resolved.dimension in COUNTING
    return counted != (dimension in COUNTING) and {resolved.dimension, dimension} <= COUNTING | MEASURING


def of_cargo(resolved: Resolved, text: str, at: int) -> Resolved:
    """港口吞吐量1.46亿吨，其中煤炭4200万吨: coal that a port handles, and none that is dug.

    Args:
        resolved: The indicator.
        text: The sentence.
        at: Where the number stands.
    """
    if not resolved.name.endswith("产量") or (cargo := CARGO.search(text, 0, at)) is None:
        return resolved
    return Resolved(None, resolved.name.removesuffix("产量").replace("原煤", "煤炭") + cargo["of"])


def of_fund(resolved: Resolved, text: str, at: int) -> Resolved:
    """政府性基金预算：收入2.1亿元，支出3.2亿元: what came in and went out is of the budget that was named.

    Args:
        resolved: The indicator.
        text: The sentence.
        at: Where the number stands.
    """
    if resolved.code is not None or resolved.breakdown or FLOW_OF_FUND.fullmatch(resolved.name) is None:
        return resolved
    told = [match["fund"] for match in FUND.finditer(text, 0, at)]
    return resolve(told[-1] + resolved.name.removeprefix("预算")) if told else resolved


def of_project(resolved: Resolved, text: str, at: int) -> Resolved:
    """达产后年产值25亿元: output and taxes of a project, where the plain names are those of an industry or place.

    Args:
        resolved: The indicator.
        text: The sentence.
        at: Where the number stands.
    """
    project = OF_PROJECT.get(resolved.code or "")
    if project is None or resolved.breakdown or "后" not in text or not ONCE_BUILT.search(text, 0, at):
        return resolved
    return resolve(registry().indicators[project].name_zh)


def part_of_registered(resolved: Resolved, text: str, at: int, before: Resolved | None) -> Resolved:
    """户籍人口30万人，其中城镇人口12万人: a part of those registered, where the plain name is one of residents.

    Args:
        resolved: The indicator.
        text: The sentence.
        at: Where the number stands.
        before: What the sentence before told of.
    """
    if resolved.code not in RESIDENT_PARTS or resolved.breakdown:
        return resolved
    registered, resident = (text.rfind(word, 0, at) for word in ("户籍", "常住"))
    told = before.code if before else None
    if registered > resident or (registered == resident and told == "REGISTERED_POPULATION"):
        return replace(resolved, breakdown={"of": "户籍人口"})
    return resolved
