"""Numbers with a measure word that count no part of an economy: 五个方面, 第12、13位, 常熟、太仓2个县, 两座城市.

Here: telling them from counts, and what they are instead. Not here: the counts (`counts`).
"""

import re

from pipelines.extraction.binding.chosen import CHOSEN
from pipelines.extraction.binding.qualified import qualifier_of
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.lexicon import word_set
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

VAGUE_LEAST = 1000
FEW = 20
BARE_SCALES = frozenset(("百", "千", "十", "万", "百万", "千万"))
ONE_OF = re.compile(r"[\u4e00-\u9fff“”]{1,16}(?<!分)之一")
PARTY = re.compile(r"一行(?:共|约)?$")
ENUMERATED = re.compile(r"\s*(?:分别|依次)(?:是|为)")
STEP_WORDS = re.compile(r"^(?:台阶|级台阶|大关)")
# 第12、13和15位; 进位5个位次
RANKS_LISTED = re.compile(
    r"第\s*[0-9一二三四五六七八九十百]+(?:名|位)?(?:[、和,，]第?[0-9一二三四五六七八九十百]+(?:名|位)?)*[、和,，]第?$"
)
PLACE_KINDS = re.compile(r"县区?|区县?|市州?|县[(（]?市、?区?[)）]?|省份?|省区市|城市|镇|乡镇|村|国家|地区?|州市?")
NAMED_ON = re.compile(r"(?:[、和][\u4e00-\u9fff]{1,6})*等")
AMONG = re.compile(
    r"(?:[^，；。、（(]|[（(][^（）()]{1,8}[）)]){1,18}[中里内](?:居|排|位|列|名列|综合排名|稳居|跃居|(?:[由从]第|跃?升至第|上升|前移))"
    # 居皖北24个|县第7位, 全省117个|县区排名第28
    r"|[县市区州盟旗（()）、]{1,10}(?:综合)?(?:排名|排位|位居|位列|居|列|排)?第[\d一二三四五六七八九十]"
)
WITHIN = re.compile(r"在(?:全国|全球|海外|国内外?)?$")
SETTLES = re.compile(
    r"(?:多|余)?个?(?:省会|副省级|国家|省份|省市|城市|大中城市|地区)[^，；。\d]{0,12}(?:开设|设立|布局|建立|建有|设有|开办|举办)"
)
MOVED = re.compile(
    r"(?:前移|后移|上移|下移|前进|后退|上升|下降|提升|跃升|进位|退后|下滑|(?<=[年届次再又，,])[进退升降])了?\s*$"
)
# 每4双布鞋|就有|1双
OWNS = re.compile(r"(?:共|一共|总共)?有$")
EVERY_BEHIND = re.compile(r"[^，；。]{0,10}[就便]?有[\d一二三两]")
EVERY = re.compile(r"每[\d一二三两四五十百千万][^，；。]{1,12}[就便]有$")
ROUNDS = frozenset(("届", "轮", "番", "招", "遍", "版"))
# 这里有十二个行政村: units of an area, however they are written
HAS = re.compile(r"(?:[辖有]|设有?)(?:[\u4e00-\u9fff\d]{1,8}、)?$")


def disposition(
    scope: Scope, quantity: Quantity, left: Left, right: str, span: tuple[int, int, int], sized: bool
) -> str:
    """What a number is instead of a count.

    Args:
        scope: The sentence.
        quantity: The number.
        left: What stands before it.
        right: The noun behind it, "" where there is none.
        span: Where that noun begins and ends, and what it cannot pass.
        sized: Whether a class of size stands between number and noun.

    Returns:
        A disposition of `number_ledger`, "" where the number is a count after all.
    """
    start, stop, right_end = span
    if quantity.value_high is not None and quantity.chinese and quantity.value_high < VAGUE_LEAST:
        # 几位研究者, 几百个: too vague to be a statistic
        return "name"
    if quantity.unit == "位次" or AMONG.match(scope.text, quantity.end):
        # 在全省27个产业基地中居第7位: among how many, said of a rank
        return "ordinal"
    before = scope.text[max(0, quantity.start - 4) : quantity.start]
    if WITHIN.search(before) and SETTLES.match(scope.text, quantity.end):
        # 在全国28个省会和副省级城市开设直营店68家: where something is done
        return "name"
    if quantity.unit in ("位", "名", "期") and (
        quantity.unit == "期" or MOVED.search(scope.text, max(0, quantity.start - 10), quantity.start)
    ):
        # 较上年前移4位 is said of a rank, 总第87期 of an issue
        return "ordinal"
    if ONE_OF.match(scope.text, quantity.end):
        # 全国首批5个国家公园之一: how many are of its kind elsewhere
        return "name"
    every = scope.text.rfind("每", max(0, quantity.start - 14), quantity.start)
    if every >= 0 and (
        EVERY.search(scope.text, max(0, quantity.start - 14), quantity.start)
        or (
            every == quantity.start - 1
            and (quantity.dimension == "person" or EVERY_BEHIND.match(scope.text, quantity.end))
        )
    ):
        return "name"
    if quantity.unit in ("位", "名") and RANKS_LISTED.search(scope.text[: quantity.number_start]):
        return "ordinal"
    if scope.words(left) in word_set("page_count") or quantity.unit in ROUNDS:
        # 第九届, 八轮强降雨: rounds of something are no state of an economy
        return "name"
    if quantity.dimension == "person" and PARTY.search(scope.text, max(0, quantity.start - 4), quantity.start):
        # 考察团一行18人
        return "name"
    one = quantity.chinese and quantity.value == 1 and quantity.value_high is None
    if STEP_WORDS.match(right) or (one and not (quantity.unit[:1] in ("万", "亿") and left.cue)):
        return "name"
    written = scope.text[quantity.number_start : quantity.number_end]
    if quantity.chinese and quantity.bound == "exact" and written in BARE_SCALES:
        return "programme"
    if _size_class(quantity, right) or (ENUMERATED.match(scope.text, stop) and right):
        return "name"
    if not sized and _small_in_characters(scope, quantity, right, start, right_end):
        # 两座城市, 六个示范, 五个方面: small counts in characters are a text's own parts
        return "programme"
    if _counts_list(scope, quantity, right) or (
        PLACE_KINDS.fullmatch(right) and CHOSEN.match(scope.text, stop) and not _of_place(scope, quantity)
    ):
        return "name"
    return ""


def _of_place(scope: Scope, quantity: Quantity) -> bool:
    """四川|共有|5个县市入围: how many of a place's own there are."""
    has = OWNS.search(scope.text, 0, quantity.start)
    return has is not None and any(mention.end == has.start() for mention in scope.mentions)


def _small_in_characters(scope: Scope, quantity: Quantity, right: str, start: int, right_end: int) -> bool:
    if not quantity.chinese or quantity.dimension not in ("count", "", "volume"):
        return False
    if quantity.value > FEW or quantity.scale != 1 or qualifier_of(scope, start, right_end) is not None:
        return False
    if quantity.unit[:1] in ("万", "亿"):
        # 年产运动鞋十三亿双 is no small count
        return False
    return not (right in word_set("unit_noun") and HAS.search(scope.text[: quantity.number_start]))


def _size_class(quantity: Quantity, right: str) -> bool:
    """20户以上自然村, 50人以上企业: a class of things, not a number of them."""
    return (
        bool(right)
        and quantity.dimension in ("household", "person")
        and quantity.bound in ("at_least", "at_most")
        and quantity.text.endswith(("以上", "以下"))
    )


def _counts_list(scope: Scope, quantity: Quantity, right: str) -> bool:
    """常熟、乐清、张家港3个县域, 宜川、平利等5个县区: the count of the places just listed."""
    listed = [mention for mention in scope.mentions if mention.end <= quantity.number_start]
    between = scope.text[listed[-1].end : quantity.number_start] if listed else ""
    if NAMED_ON.fullmatch(between) and PLACE_KINDS.fullmatch(right):
        return True
    if not listed or listed[-1].end != quantity.number_start or quantity.value_high is not None:
        return False
    items = 1
    for before, after in zip(reversed(listed[:-1]), reversed(listed), strict=False):
        between = scope.text[before.end : after.start]
        if not re.fullmatch(r"[、和与及]?", between):
            break
        # 山东滕州、安徽长丰: a province before its county is no item of its own
        items += bool(between)
    return items > 1 and items == quantity.value
