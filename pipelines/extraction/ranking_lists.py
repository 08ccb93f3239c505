"""Words of rankings: lists, ranks, streaks, and the standard names of lists.

Here: the patterns and the registry's lists. Not here: who stands where (`rankings`).
"""

import re
from functools import lru_cache

from pipelines.extraction.lexicon import registry
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.setting import Where

NUMERAL = r"(?:\s*\d+\s*|[一二三四五六七八九十百]+)"
RANK = re.compile(
    rf"第(?P<rank>{NUMERAL})(?:名|位)?(?![产次届期批季轮个条章节款项方梯]|书记|时间|资源|动力|生产力|大|责任|要务|增长|线|人|家|所|座|台|次|年|阶段|步|站|城|县(?!级)|村|学期|课|中学|医院|人民医院|小学|师|炮)"
    rf"|(?P<top>(?:榜单?|之)首|首位(?!度)|居首|榜首|首席|霸榜|领跑|头名|拔得头筹|状元)|前(?P<within>\d+|[一二三四五六七八九十百]+)(?P<ordinal>名|位|强|列)?(?!年|个|天|后|期|三季度|两季度|\d|来)"
)
LIST = re.compile(
    r"(?:(?:19|20)\d{2}年?度?)?[“\"《]?(?P<list>(?:中国|全国|全球|世界|全省|亚洲|财富|工信部|赛迪|江苏|浙江|福建|山东|广东|西部|中部|东北|长江经济带)?[\u4e00-\u9fffA-Za-z0-9·]{0,14}?(?:[百千万]强(?:县市|县级市|县域|县|区|镇|市|乡镇|城区|新城区|开发区|榜|企业)?"
    r"|\d+强(?:县（市）|县\(市\)|县市|县|区|镇|市|企业|城市)?|十强县?|十佳[\u4e00-\u9fff]{0,6}|排行榜|榜单|百佳[\u4e00-\u9fff]{0,6}|(?:竞争力|潜力|活力|创新力|发展|营商环境|幸福|宜居)[\u4e00-\u9fff]{0,6}(?:指数|排名|排行))(?:[(（]市[)）])?)[”\"》]?"
)
SCOPE = re.compile(
    r"(?P<scope>全国|全省|全市|全区|全州|全球|世界|西部|中部|东部|全自治区|(?<=[居列占在位])[\u4e00-\u9fff]{2,4}(?:省|市|地区|县区|区县))(?:各[\u4e00-\u9fff]{1,4}|(?:县级市|县市区?|省份|地市|设区市|区县|百强县)?(?:中|内|排名|排|的)?)\s*$"
)
STREAK = re.compile(
    r"(?:连续|蝉联|连冠|榜首|雄踞[^，]{0,12}?)[^，\d一二三四五六七八九十]{0,2}(?P<years>\d+|[一二三四五六七八九十]+)个?年|(?P<crowns>\d+|[一二三四五六七八九十]+)连冠"
)
NOT_LIST = re.compile(
    r"^.*(?:蝉联|位列|位居|名列|入围|入选|荣登|登上|跻身|占据|稳居|雄踞|进入|上榜|列入|获评|均|也|了|在|的|居|列|霸榜)(?=[\u4e00-\u9fff\d])"
)
BARE_LIST = frozenset(("榜单", "排行榜", "榜", "县市", "强"))
ECONOMY = re.compile(r"(?:一是)?(?:经济增长速度|经济增速|经济增长|经济发展速度)(?:连续.*)?")
SWEEP = re.compile(
    r"(?:包揽|囊括|摘得|独揽)(?P<items>[^，；。“”\"]{4,80})[“\"‘]?(?P<count>[一二三四五六七八九十两]|\d+)[个项](?P<what>第一|冠军|榜首)"
)
IN_PARENTHESES = re.compile(
    r"[“\"](?P<list>[\u4e00-\u9fff]{2,14}?[百千\d]强[县区市镇]*)[（(](?:第)?(?P<rank>\d+)(?:名|位)?[)）][”\"]?"
)
PLACE_AND_RANK = re.compile(rf"^\s*第(?P<rank>{NUMERAL})(?:名|位)?")
SEQUENCE = re.compile(
    rf"(?:排名|位列|位居|列|居)第(?P<first>{NUMERAL})(?:名|位)?[至到\-—~～]第?(?P<last>{NUMERAL})(?:名|位)?"
)


@lru_cache(maxsize=1)
def alias_anywhere() -> re.Pattern[str]:
    """Registered indicator names of four characters and more, anywhere in a text."""
    aliases = sorted(
        (alias for alias in registry().indicator_aliases if len(alias) >= 4), key=lambda alias: (-len(alias), alias)
    )
    return re.compile("|".join(re.escape(alias) for alias in aliases))


def rank_value(match: re.Match[str]) -> int | None:
    """The rank that a match states, None for 榜首 and 前N."""
    return integer(match["rank"]) if match["rank"] else None


def integer(words: str) -> int | None:
    """A numeral as an integer, None where it is none."""
    numeral = parse_numeral(words.strip())
    return int(numeral.value) if numeral else None


@lru_cache(maxsize=1)
def known_lists() -> dict[str, str]:
    """Every name and alias of a registered list, to its standard name."""
    found: dict[str, str] = {}
    for row in registry().ranking_lists:
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                found.setdefault(name, row["name"])
    return found


def standard_list(name: str, entity: Where) -> str:
    """The registry's name of a list, or the words of the text."""
    plain = NOT_LIST.sub("", re.sub(r"[“”\"《》]", "", name))
    known = known_lists()
    if plain in known:
        return known[plain]
    if re.fullmatch(r"千强镇", plain):
        return known.get("全国千强镇", plain)
    del entity
    return plain


def list_about(item: str, entity: Where) -> str | None:
    """The list about an item (绿色发展) for places of the entity's kind."""
    kind = "百强区" if (entity.name or "").endswith("区") else "百强县市"
    for name in known_lists().values():
        if item in name and name.endswith(kind):
            return name
    return None
