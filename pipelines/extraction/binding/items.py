"""The items of a list of names, each with what it shares with the others: 城镇和农村居民人均可支配收入, 存贷款余额.

Here: dividing the words before several numbers. Not here: giving each item its number (`lists`).
"""

import re

from pipelines.extraction.indicators import metric_heads, resolve
from pipelines.extraction.lexicon import registry

ITEM_BREAK = re.compile(
    r"[、]|(?<=[\u4e00-\u9fff）)”])(?:以及|和|与|(?<![普涉波顾])及(?![格时早其]))(?=[\u4e00-\u9fff“])"
)
SUMMED_UP = re.compile(r"(?<=.)[两三四五六七八九十]大(?:主导|支柱|重点|优势|特色|千亿级?)?(?=产业|行业|集群|板块)")
CONTRIBUTION = re.compile(r".+?(?P<rest>对[\u4e00-\u9fff]{2,10}贡献率)$")
OWNER = re.compile(r"[\u4e00-\u9fff]{2,12}(?:企业|服务业|工业|公司)(?=营业|利润|主营|产值|营收|资产|利税|税收)")
OWNED = frozenset(("利润", "利润总额", "利税", "营收", "营业收入", "资产总额", "税收", "产值"))
TYPED = re.compile(r"[\u4e00-\u9fff]{1,4}(?P<kind>[型类级])(?=[\u4e00-\u9fff]{3,})")
AGED = re.compile(r"\d{1,3}(?:[-—~～至]\d{1,3})?周?岁(?:及?以[上下])?")
# 三次产业|增加值, 第一、二、三产业|对经济增长的贡献率
INDUSTRIES = ("第一产业", "第二产业", "第三产业")
ALL_INDUSTRIES = re.compile(
    r"第?一[、和]?第?二[、和]?第?三次?产业|三次产业(?!比|结构)|三大产业(?=增加值|对|占|投资|贡献|拉动|$)|一产、二产[、和]三产"
)
RESIDENTS = re.compile(r"城乡(?:常住)?居民")
INSURANCE = re.compile(r"(?:参加)?(?:城镇|城乡)?(?:职工|居民)?(?:基本)?(?:养老|医疗|失业|工伤|生育)")
INSURED = re.compile(rf"{INSURANCE.pattern}(?P<rest>保险.+)")
SCHOOLS = ("幼儿园", "小学", "初中", "普通高中", "高中", "普通中学", "中学", "中职")
SHORT_HEADS = frozenset(("率", "度", "面"))
RATE_HEAD = 3
# 本外币存贷款余额分别达38.7万亿元、29.9万亿元: two names in one word
PAIRS = (
    ("存、贷款", ("存款", "贷款")),
    ("存贷款", ("存款", "贷款")),
    ("牛羊出栏", ("肉牛出栏", "羊出栏")),
    ("预算收支", ("预算收入", "预算支出")),
)


def items_of(noun: str, count: int = 0) -> list[str]:
    """The items of a list of names, each with the head noun that they share.

    Args:
        noun: The list.
        count: How many numbers there are for them, 0 where that says nothing.

    Examples:
        >>> items_of("城镇和农村居民人均可支配收入")
        ['城镇居民人均可支配收入', '农村居民人均可支配收入']
        >>> items_of("电子信息、汽车及零部件、纺织增加值", 3)
        ['电子信息增加值', '汽车及零部件增加值', '纺织增加值']
    """
    industries = ALL_INDUSTRIES.match(noun) if count >= len(INDUSTRIES) else None
    if industries and count == len(INDUSTRIES):
        return [industry + noun[industries.end() :] for industry in INDUSTRIES]
    if industries:
        # 第一、二、三产业|和居民生活用电量
        noun = "、".join(INDUSTRIES) + noun[industries.end() :]
    if both := RESIDENTS.match(noun):
        rest = noun[both.end() :]
        if not rest.endswith("比"):
            return ["城镇居民" + rest, "农村居民" + rest]
    for written, pair in PAIRS:
        if written in noun and not ITEM_BREAK.search(noun.replace(written, "")):
            return [noun.replace(written, one) for one in pair]
    marked = noun.split("、")
    # 电子信息、汽车及零部件、冶金机械 are three for three numbers
    split = marked if count > 1 and len(marked) == count else ITEM_BREAK.split(noun)
    parts = [part.strip(" 　“”等") for part in split]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts
    if parts[0].startswith("第"):
        # 第一、二、三产业
        parts = [parts[0]] + ["第" + part if part[0] in "一二三四五" else part for part in parts[1:]]
    owner = OWNER.match(parts[0])
    if owner is not None:
        # 省属企业营业收入、利润: whose they are is told once
        parts[1:] = [owner.group() + part if part in OWNED else part for part in parts[1:]]
    if (insured := INSURED.match(parts[-1])) and all(INSURANCE.fullmatch(part) for part in parts[:-1]):
        # 参加失业、工伤、生育|保险人数
        return [part.removeprefix("参加") + insured["rest"] for part in parts[:-1]] + [parts[-1]]
    if parts[-1].startswith(("农村", "乡村")) and all(part in ("城市", "城镇") for part in parts[:-1]):
        # 城市、农村|居民消费价格
        return [part + parts[-1][2:] for part in parts[:-1]] + [parts[-1]]
    if all(part in SCHOOLS for part in parts[:-1]):
        school = next((one for one in SCHOOLS if parts[-1].startswith(one) and parts[-1] != one), None)
        if school is not None:
            # 小学、初中|专任教师
            return [part + parts[-1].removeprefix(school) for part in parts[:-1]] + [parts[-1]]
    # 电子信息、新材料、生物医药|三大|产业产值
    last = parts[-1] = SUMMED_UP.sub("", parts[-1])
    return [_share_head(part, last) for part in parts[:-1]] + [last]


def _share_head(part: str, last: str) -> str:
    aged = AGED.match(last)
    if aged is not None and AGED.fullmatch(part):
        # 0-14岁、15-59岁|人口比重
        return part + last[aged.end() :]
    typed = TYPED.match(last)
    if typed is not None and part.endswith(typed["kind"]) and len(part) <= typed.end() + 2:
        # 急难型、支出型|临时救助最低标准
        return part + last[typed.end() :]
    if (contribution := CONTRIBUTION.match(last)) is not None:
        # 消费、投资、净出口|对经济增长贡献率
        return part + contribution["rest"]
    aliases = registry().indicator_aliases
    if metric_heads().search(part):
        return part
    if resolve(part).dimension == "person":
        # 接待游客、旅游收入: persons share no head with money
        return part
    if part.startswith("第") and last.startswith("第"):
        return part + last[2:] if len(part) == 2 else part
    for cut in range(1, len(last)):
        if (part + last[cut:] in aliases and last[cut:] not in aliases) or (part + last[cut:] in aliases and cut):
            return part + last[cut:]
    head = metric_heads().search(last)
    if part in aliases:
        return part
    if head is None:
        return part
    # 生活垃圾和建筑垃圾|利用率: a rate is of something done
    return part + (last[-RATE_HEAD:] if head.group() in SHORT_HEADS and len(last) > RATE_HEAD else head.group())
