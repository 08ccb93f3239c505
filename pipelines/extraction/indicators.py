"""Words to indicators: 规上工业增加值 is a code, 限额以上单位零售额 is retail sales with a breakdown.

Here: resolving a noun phrase against the registry (alias, alias with a known qualifier before it, family of a head
noun) and spelling a name where the registry has none. Not here: which noun phrase a quantity belongs to
(`binding`).
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import ahocorasick_rs

from pipelines.extraction.lexicon import alternation, registry
from pipelines.extraction.patterns import automaton, guarded

TOTALS = ("总量", "数量", "总数", "个数", "家数", "总计", "合计", "累计")
TOTAL_TAIL = re.compile(rf"(?:{'|'.join(TOTALS)})$")
# 茶陵、炎陵|两县|工业投资
COUNTED_PLACES = re.compile(
    r"^(?:[两三四五六七八九十]{1,2}|\d{1,3}个)个?(?:县市区|县市|县区|市州|[县市区省州镇])(?![级域委政一二三四五六七八九十百千数])(?=[\u4e00-\u9fff]{2})"
)
# 京东方、维信诺等上下游企业|40家: some of what is counted
EXAMPLES = re.compile(r"^[^、]{2,12}、.*等(?![级候])(?=[\u4e00-\u9fff]{2,})")
COLLECTIVE_TAIL = re.compile(r"(?:矩阵|梯队|方阵|队伍|集团军|主体)$")
INDUSTRY = re.compile(r"(?:业|产业|工业|行业|制造|经济|装备|材料|汽车|医药|电子信息|新能源|服务|技术|农业)$")
# 新增|产业|到位资金: of no industry that is named
NO_INDUSTRY = frozenset(("服务", "技术", "装备", "材料", "经济", "制造", "产业", "行业", "各行业", "各产业", "企业"))
INDUSTRY_FIRST = re.compile(r"(?:制造|加工|采选|采掘|冶炼|种植|养殖)业")
NOT_INDUSTRY = re.compile(r"(?:企业|就业|作业|毕业|创业|专业|物业|失业|事业|商业区)$")
# 茶产业2019年产值, 现有专利, 预计签约额: no part of a name
TIME_INSIDE = re.compile(r"(?:19|20)\d{2}年(?:度|末|底)?")
# 探明储量煤炭12.6亿吨, 年产整车20万辆: the head stands before what it is a head of
HEAD_FIRST = re.compile(
    r"(?:已)?(?P<head>探明储量|保有储量|资源储量|可采储量)(?:有|为|达)?(?P<what>[\u4e00-\u9fff]{1,8})"
)
MADE_YEARLY = re.compile(r"年(?:生)?产(?![量值能业品出])(?P<what>[\u4e00-\u9fff]{1,10}?)(?:数)?")
# what may stand before a registered name
WIDER = ("地方", "全部", "累计", "平均", "国家级", "国家", "各类")
GRADE_BEFORE = re.compile(r"^(?:国家|省|市|县|区)级")
GRADE = re.compile(r"(?:国家|自治区|省|市|县|区)级(?:以上)?")
BRACKETED = re.compile(r"(?<!县)(?<!州)\([^()]*\)")
NOT_OF_NAME = re.compile(
    r"^(?:(?:省份|国家和地区)|(?:该|本)?公司(?:去年|今年|目前|已经?|现)*(?:实现|完成|(?=占地))|(?:园区|区内|境内|辖区)(?:现|共)有|手里|手中|现(?=[有已共])|目前|已经?|共有?|还有?|又|仅|每年|主办方|记者|其中|其(?!他)|该(?!县|市|区|省)|此(?!次)|预计|届时|有望|力争|确保"
    r"|发生(?!率)|免费|实有(?!面积)|各级各类|各类(?!型)|内(?![河资贸陆地需销蒙科燃外饰镜容部涝])|(?:集聚|聚集|汇聚|集聚了)(?![区地度效发])|组织(?![部化机体人结工])|带回|带来|包含|清单包含|有(?!限|效|色|机|轨|害|偿|线|组|形|关|产|责))+(?=[\u4e00-\u9fff]{2})"
)
# 开发区|优化整合后|控制在65家: after what was done
AFTER_ACT = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:优化|整合|撤并|调整|合并|重组|精简|压减|归并)+后(?:保留|剩余|共)?$")
# totals that only a place has
OF_PLACES_ALONE = frozenset(("GDP", "GENERAL_BUDGET_REVENUE", "GENERAL_BUDGET_EXPENDITURE", "TOTAL_RETAIL_SALES"))
# parts of a place, of which a condition picks some
DIVISIONS = frozenset(("COUNTY_LEVEL_UNITS", "COUNTIES_AND_CITIES"))
COUNT_TAIL = re.compile(r"(?:数|数量|量|人次|场次|总数|人数|户数)$")
DRESSING = re.compile(r"[“”\"‘’《》\s_]")
DONE = re.compile("实现|完成")
DONE_WORDS = ("实现", "完成", "达成")
# 园区|实现|规上工业总产值: who did it is no part of the name
DOER = re.compile(
    r"(?:^(?:园区|街道|小镇|乡镇|基地|集聚区|集团|公司|开发区|示范区|景区|片区|新区|高新区|经开区|合作社|村集体|企业|项目)"
    r"|(?:有限公司|股份公司|公司|集团|股份))(?:去年|今年|(?:19|20)\d{2}年|累计|共|预计)*$"
)
VERB_TAIL = re.compile(r"(?:实现|完成|达成|的|单位|企业实现)$")
VERB_INSIDE = re.compile(r"(?<=[业资位额工])(?:实现|完成|达成)(?=[\u4e00-\u9fff]{2,})")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a noun phrase names.

    Attributes:
        code: Indicator code, None where the registry has none.
        name: Standard Chinese name, or the words of the text.
        breakdown: What part of the whole it is.
        dimension: Dimension of the indicator, "" when unknown.
    """

    code: str | None
    name: str
    breakdown: dict[str, str] = field(default_factory=dict)
    dimension: str = ""


@lru_cache(maxsize=1)
def _qualifiers() -> dict[str, tuple[str, str]]:
    return {row["text"]: (row["key"], row["value"] or row["text"]) for row in registry().table("breakdowns")}


@lru_cache(maxsize=1)
def _families() -> list[tuple[str, str]]:
    rows = [(row["text"], row["indicator"]) for row in registry().table("families")]
    return sorted(rows, key=lambda row: -len(row[0]))


def _known_tail(text: str) -> int | None:
    """Where the longest registered name begins that ends the text and is not all of it."""
    if text[-2:] not in _alias_tails():
        return None
    aliases = registry().indicator_aliases
    for cut in range(1, len(text) - 1):
        if text[cut:] in aliases:
            return cut
    return None


@lru_cache(maxsize=1)
def _alias_tails() -> frozenset[str]:
    """The last two characters of each registered name."""
    return frozenset(alias[-2:] for alias in registry().indicator_aliases)


@lru_cache(maxsize=1)
def metric_heads() -> re.Pattern[str]:
    """The head noun that says what is measured (增加值 in 畜牧业增加值), at the end of a phrase."""
    return guarded(alternation("metric_head") + "$")


@lru_cache(maxsize=1)
def _aliases_by_head() -> dict[str, tuple[str, ...]]:
    """The registered names by their first two characters."""
    found: dict[str, list[str]] = {}
    for alias in registry().indicator_aliases:
        if len(alias) > 1:
            found.setdefault(alias[:2], []).append(alias)
    return {head: tuple(aliases) for head, aliases in found.items()}


def names_indicator(text: str, position: int) -> bool:
    """Whether a registered name stands at a position (全国|居民人均可支配收入), perhaps behind 的, 实现 or 完成."""
    aliases = _aliases_by_head()
    head = text[position : position + 2]
    if head in aliases and text.startswith(aliases[head], position):
        return True
    start = position + (1 if head[:1] == "的" else 2 if head in ("实现", "完成") else 0)
    head = text[start : start + 2]
    return start > position and head in aliases and text.startswith(aliases[head], start)


@lru_cache(maxsize=1)
def _alias_automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    aliases = tuple(alias for alias in registry().indicator_aliases if len(alias) >= 4)
    return automaton(aliases), aliases


def last_named(text: str, end: int, dimension: str = "") -> str | None:
    """The last registered name of four characters or more before a position.

    Args:
        text: A sentence.
        end: The position.
        dimension: What the indicator must measure (money), "" for anything.
    """
    automaton, aliases = _alias_automaton()
    found = automaton.find_matches_as_indexes(text[:end])
    named = (aliases[index] for index, _, _ in reversed(found))
    return next((name for name in named if not dimension or resolve(name).dimension == dimension), None)


def _known(code: str, breakdown: dict[str, str] | None = None) -> Resolved:
    indicator = registry().indicators[code]
    return Resolved(code, indicator.name_zh, breakdown or {}, indicator.dimension)


def _grade(text: str, code: str) -> dict[str, str] | None:
    """国家级企业技术中心3家、省级26家: the grade, where the definition says that it is told apart."""
    grade = GRADE.match(text)
    definition = registry().indicators[code].definition
    return {"grade": grade.group()} if grade and "级别" in definition and "分组" in definition else None


@lru_cache(maxsize=20_000)
def resolve(noun: str, counted: bool = False) -> Resolved:
    """Find the indicator that a noun phrase names.

    Args:
        noun: Words of the text, place and period already taken off.
        counted: Whether it is counted (450家): then a name without a code gets the suffix 数.

    Returns:
        The indicator; without code where the registry has none.
    """
    text = DRESSING.sub("", noun).replace("（", "(").replace("）", ")")
    text = COUNTED_PLACES.sub("", text)
    for candidate in _candidates(text):
        code = registry().indicator_aliases.get(candidate)
        if code:
            return _known(code, _grade(text, code))
    if (grade := GRADE.match(text)) is not None:
        code = registry().indicator_aliases.get(text[grade.end() :])
        if code and (graded := _grade(text, code)):
            return _known(code, graded)
    for suffix, family in _families():
        if text.endswith(suffix) and len(text) > len(suffix):
            qualifier = qualify(_unverb(text[: -len(suffix)]))
            if qualifier:
                return _known(family, dict([qualifier]))
    cut = _known_tail(text)
    if cut is not None:
        qualifier = qualify(_unverb(text[:cut]))
        # 医药|制造业 is an industry, and no part of 制造业
        if qualifier and not (qualifier[0] == "industry" and INDUSTRY_FIRST.match(text[cut:])):
            return _known(registry().indicator_aliases[text[cut:]], dict([qualifier]))
    text = TIME_INSIDE.sub("", text) if "年" in text else text
    text = BRACKETED.sub("", text) if "(" in text else text
    text = NOT_OF_NAME.sub("", text) or text
    text = AFTER_ACT.sub("", text) if "后" in text else text
    if "储量" in text and (turned := HEAD_FIRST.fullmatch(text)) is not None:
        text = turned["what"] + turned["head"]
    if text.startswith("年") and (made := MADE_YEARLY.fullmatch(text)) is not None:
        # 年产薄膜12万吨, 年产粮食50万吨
        product = resolve(made["what"] + "产量")
        return product if product.code else Resolved(None, made["what"] + "年产量")
    if code := registry().indicator_aliases.get(text):
        return _known(code)
    if (named := _behind_verb(text)) is not None:
        return named
    # 批发和零售业|实现|零售额: the verb between a subject and what it did is no part of the name
    text = VERB_INSIDE.sub("", text)
    if counted and "等" in text:
        text = EXAMPLES.sub("", text)
    text = COLLECTIVE_TAIL.sub("", text) if counted and len(text) > 3 else text
    if counted and registry().indicator_aliases.get(text):
        return _known(registry().indicator_aliases[text])
    if counted and not COUNT_TAIL.search(text):
        text += "数"
        if code := registry().indicator_aliases.get(text):
            return _known(code)
    return Resolved(None, text, _own_breakdown(text))


def _behind_verb(text: str) -> Resolved | None:
    """凭借一座港口实现GDP, 园区实现规上工业总产值: what stands before the verb is no part of the name."""
    for word in (*DONE_WORDS, "个", "座"):
        if word not in text:
            continue
        before, said, tail = text.rpartition(word)
        code = registry().indicator_aliases.get(tail) if said and before else None
        if code is not None and (code in OF_PLACES_ALONE or (word in DONE_WORDS and DOER.search(before))):
            return _known(code)
    return None


def _candidates(text: str) -> list[str]:
    found = [text]
    shorter = TOTAL_TAIL.sub("", text) if text.endswith(TOTALS) else text
    if shorter != text and len(shorter) > 1:
        found.append(shorter)
    if "实现" in text[1:] or "完成" in text[1:]:
        found += [DONE.sub("", text, count=1)]
    for prefix in WIDER if text.startswith(WIDER) else ():
        if text.startswith(prefix) and len(text) > len(prefix) + 3:
            found.append(text.removeprefix(prefix))
    if "的" in text and not text.endswith("的人口"):
        # 大学文化程度的人口 are not all, nor are 进入百强的县（市）
        told, tail = text.rsplit("的", 1)
        if registry().indicator_aliases.get(tail) not in DIVISIONS or told.endswith("辖"):
            found.append(tail)
    return [candidate for candidate in found if len(candidate) > 1]


def _unverb(text: str) -> str:
    return VERB_TAIL.sub("", text)


def qualify(text: str) -> tuple[str, str] | None:
    """(key, value) of a breakdown that the words name, None where they are no known part of a whole.

    Args:
        text: The words before an indicator's name (限额以上单位, 石化行业, 中直).
    """
    if not text:
        return None
    qualifiers = _qualifiers()
    for candidate in (text, text.removesuffix("单位"), text.removesuffix("企业"), text.removesuffix("地区")):
        if candidate in qualifiers:
            return qualifiers[candidate]
    text = GRADE_BEFORE.sub("", text)
    if text.removeprefix("新增") in NO_INDUSTRY:
        return None
    if len(text) <= 16 and INDUSTRY.search(text) and not NOT_INDUSTRY.search(text):
        return ("industry", text)
    return None


def _own_breakdown(text: str) -> dict[str, str]:
    match = metric_heads().search(text)
    qualifier = qualify(text[: match.start()]) if match else None
    return dict([qualifier]) if qualifier else {}
