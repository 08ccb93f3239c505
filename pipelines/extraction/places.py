"""Places that a text names.

Here: finding full and short names (昆山 but not 和平 in 和平发展), towns, zones, 全市/我县/该区 and groups without a
code (苏中地区). Not here: which place a name means (`place_named`), and which number belongs to which place (`where`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from pipelines.extraction.gazetteer import (
    NOT_A_PLACE_AFTER,
    SHORTEST,
    Gazetteer,
    contains,
    group_names,
    own_place,
    raw_names,
    shields,
    with_own,
    zone_names,
)
from pipelines.extraction.indicators import names_indicator
from pipelines.extraction.lexicon import alternation, registry
from pipelines.extraction.localities import holds_locality, is_house, locality_behind, named_localities, own_localities
from pipelines.extraction.patterns import guarded
from pipelines.extraction.place_codes import own_code
from pipelines.extraction.place_named import has_figures, place_named

LEVEL_WORDS = {
    "省": "province",
    "自治区": "province",
    "市": "prefecture",
    "州": "prefecture",
    "县": "county",
    "区": "county",
    "旗": "county",
    "镇": "town",
    "乡": "town",
}
ZONE_WORDS = (
    "(?:经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|经开区|高新区"
    "|工业园区?|产业园区?|化工园区?|物流园区|科技园区?|综合保税区|临空经济区|开发区)"
)
# 高新区 is 高新技术产业开发区 everywhere, 经开区 a national or a provincial one
SHORT_ZONE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,6}?)市?(?:国家级?)?(?:高新区|高新技术开发区)")
# 沈丘县|先进制造业|开发区
ZONE_BEHIND = re.compile(
    r"(?:国家级?|省级)?(?:[\u4e00-\u9fff]{2,6}(?:业|材料|装备|化工|电子|科技|生态))?"
    + ZONE_WORDS
    + "(?![内外数和个家]|建设|管委会主任)"
)
# 靖西市|新甲工业园|规划面积18平方公里: a park by its own name
PARK_BEHIND = re.compile(
    r"(?![建有推打拥入共引加支规各全将在与和及、的是为把等])[\u4e00-\u9fff]{2,4}?(?:工业园区?|产业园区?|工业集中区|产业集聚区|科技园区?|物流园区?)"
    r"(?=规划|总面积|总产值|占地|入[驻园]|已|现|20\d\d|实现|完成|建成区)"
)
# 高新区、经开区规上工业增加值: zones of the document's place, by their kind alone
ZONE_ALONE = guarded(
    rf"(?:^|(?<=[，；。、和与：]))(?:其中)?(?P<zone>[县市]?{ZONE_WORDS})(?P<listed>(?=[、和与]{ZONE_WORDS}))?"
)
# what a zone is called by where no place stands before it
ZONE_NAMED = r"(?![走在全我本各市县省关第])[\u4e00-\u9fff]{2,6}?"
# 锦界工业园区|位于神木市锦界镇: a zone by its own name, with no place before it
ZONE_LIES = re.compile(
    rf"(?:^|(?<=[，；。\s]))(?P<zone>{ZONE_NAMED}"
    r"(?:经济技术开发区|高新技术产业开发区|经济开发区|工业园区|产业园区|旅游度假区))(?:[（(][^（()）]{0,40}[）)])?[，,]?"
    r"(?:位于|地处|坐落)"
)
# 园区累计引进企业158家: the zone or site told of before, by its kind alone
SITE_ALONE = guarded(r"(?:^|(?<=[，；。：]))(?:其中|如今|目前)?(?P<zone>园区|工业集中区|产业集聚区|小镇|景区|片区)")
# what a zone does or has
ZONE_ACTS = re.compile(
    r"(?:分别|均|都|双双)|[，]?(?:今年|去年|全年|目前|上半年|前三季度|[一二三四]季度|(?:19|20)\d{2}年|\d{1,2}[—\-~至]\d{1,2}月)?[，]?(?:已|共|累计|现|总共)?"
    r"(?:集聚|聚集|入驻|入园|现有|实有|拥有|累计|实现|完成|引进|引育|规上|规模以上|主营|营业|营收|税收|产值|总产值|建成区|规划|总面积|占地"
    r"|新签|签约|净增|新增|在全|增长|下降|接待|年接待|从业|投产|吸纳|带动|落户|有(?!限|关|效|序|机|力|利|望))"
)
# 高新区 in a text about 宝鸡高新技术产业开发区: the zone itself
ZONE_SHORT = (("高新", "高新"), ("经开", "经济技术开发"), ("经开", "经济开发"))
# 百强县GDP合计12.3万亿元: the counties of a list together
LISTED_COUNTIES = guarded(
    r"(?:^|(?<=[，,；;。：:、])|(?<=显示，))(?:到?20\d{2}年?)?(?:全国|中国|截至|其中|入围|上榜)?(?P<name>(?:工业|综合|投资潜力|创新|绿色|科技创新|消费)?(?:百强|千亿|脱贫|贫困|山区|资源型)(?:县市?|区|镇)"
    # 五县市共实现地区生产总值…
    r"|(?:全[省市州])?(?:[两三四五六七八九十]|\d{1,2}个|[两三四五六七八九十]{1,2}个)(?:县[（(]市、?区?[)）]|县市区|县市|县区|市州|省份|省|县|区|市|镇)(?![级域委政直场重属管定考]|市重点)"
    # 2022年山区26县地区生产总值合计…
    r"|(?:山区|库区|革命老区|原?中央苏区)?\d{1,3}县(?=(?:人均)?(?:地区生产总值|GDP|城乡|居民|规上|一般公共|合计|平均|常住))"
    # 入围县（市）的地区生产总值最低也有…
    r"|(?:入围|上榜|入榜|入选)(?:的)?(?:百强)?(?:县[（(]市、?区?[)）]|县市区|县市|县区|县域|县|镇|城市)"
    r")(?=以|合计|平均|创造|贡献|承载|分布|集中|[\u4e00-\u9fffA-Z])"
)
# 四地山水相连,总面积…: the places of a meeting together, at the head of a clause
PLACES_TOGETHER = guarded(
    r"(?:^|(?<=[，,；;。：:]))(?:其中)?(?P<name>[两三四五六七八九十]地)(?![级方区县市点位块理形铁产处带板税貌膜])"
)
# 其中东部|企业4家: where firms come from
FROM_THERE = re.compile(r"(?:地区)?(?:企业|客商|资本|资金|人才|干部|教师|医生)")
# what every such group holds
COUNTIES_TOGETHER = re.compile(r"[两三四五六七八九十个强亿困贫区型围榜选的][县市区镇州省城]|\d县[人地G城居规一合平常]")
DOES = re.compile(r"以|合计|创造|贡献|承载|分布|集中|累计|实施|签[约订署]|完成投资|投入|共同|联合")
DONE = re.compile(r"(?:平均|合计|共计|共|累计|均|的)?(?:实现|完成)?")
# the names that 全镇, 全乡 and 全区 can mean besides a place with a code
PART_RANKS = {word: re.compile(r"(?:区|新城)$" if word == "区" else "[镇乡道]$") for word in "区镇乡"}
OWN = re.compile(
    r"(?:全|我|本|该|此)(?P<level>省|自治区|市|州|县|区|旗|镇|乡)(?![内外]?(?:场|民生活|长|委书记))(?!民(?!生[支工实保]|营|间|宿|政|用|警|办|族|俗|航)|域经济网)"
)
TOWN_BEHIND = re.compile(
    r"(?![各全个每乡小城名特重中有辖共现])[\u4e00-\u9fff]{1,5}?(?:镇(?!街|域|区|村|化|级)|街道|乡(?![镇村级]))"
)
LIST_MARKS = frozenset("、和与及")
TOWN_OF_NAME = re.compile(r"镇(?![域区街海江远乡村级定])|乡(?![镇村])|街道")
# 大冶镇|朝阳沟村 is no 朝阳市
VILLAGE_OF_NAME = re.compile(r"[沟坡湾庄店坝塘坪岭垭坨堡寨屯桥溪河口洼峪坑畈]村(?![级民集])")
LISTED_TOWN = re.compile(r"[、和与及](?P<name>[\u4e00-\u9fff]{2,4}?(?:镇|乡|街道))(?=[、和与及也均等都，,。])")


@dataclass(slots=True)
class Mention:
    """A place as a text names it.

    Attributes:
        code: GB/T 2260 code (9 digits for a town), "" for a group, a locality or an area without a code.
        name: Full official name, or the words of a group; "" for 该村 where no village was told of.
        level: country, province, prefecture, county, town, zone, locality (a village or site without a code) or group.
        start: Offset of the first character.
        end: Offset behind the last.
        text: The words.
        own: Whether it is 全市, 我县, 该区: resolved to the document's place.
    """

    code: str
    name: str
    level: str
    start: int
    end: int
    text: str
    own: bool = False


def find_mentions(text: str, known: Gazetteer) -> list[Mention]:
    """Places named in a text.

    Args:
        text: Clean text of a block or sentence.
        known: The document's gazetteer.

    Returns:
        Mentions in the order of the text; an ambiguous name that the document does not resolve is not a place.
    """
    found: list[Mention] = []
    doubtful: list[tuple[str, int, int]] = []
    places, place_names = registry().places, registry().place_names
    for name, start, end in raw_names(text):
        if name in shields():
            continue
        if name in group_names():
            if not NOT_A_PLACE_AFTER.match(text, end) and not FROM_THERE.match(text, end):
                found.append(Mention("", name, "group", start, end, name))
            continue
        if name not in place_names:
            found.append(Mention("", zone_names()[name], "zone", start, end, name))
            continue
        code = own_code(place_named(name, text, start, end, known), known.own)
        if code:
            place = places[code]
            if name != place.name and (TOWN_OF_NAME.match(text, end) or VILLAGE_OF_NAME.match(text, end)):
                # 长安|镇 is no 长安区
                continue
            # 昆山|市区 is the town of the city
            end -= name.endswith("市") and text.startswith("区", end) and len(name) > SHORTEST
            found.append(Mention(code, place.name, place.level, start, end, text[start:end]))
        else:
            doubtful.append((name, start, end))
    if doubtful:
        found += _siblings(text, found, doubtful)
    if known.town_names is not None:
        found = _with_towns(text, found, known.towns, known.town_names)
    if "区" in text or "园" in text or "小镇" in text:
        found = _with_zones(text, found, known)
    if found and ("镇" in text or "乡" in text or "街道" in text):
        found += _towns_behind(text, found)
        found += _listed_towns(text, found)
    if holds_locality(text):
        found = _with_localities(text, found, known)
    if COUNTIES_TOGETHER.search(text):
        found = _with_counties(text, found)
    if "地" in text:
        found += [
            Mention("", match["name"], "group", *match.span("name"), match["name"])
            for match in PLACES_TOGETHER.finditer(text)
        ]
    named = tuple(found)
    for match in OWN.finditer(text):
        if any(m.start <= match.start() and match.end() < m.end for m in named):
            # 全州县 is a county
            continue
        code = own_place(match["level"], known)
        if code is None and known.writer and match.group()[0] in "我本":
            code = own_place(match["level"], with_own(known, known.writer))
        if known.part[1] and match["level"] in PART_RANKS and PART_RANKS[match["level"]].search(known.part[1]):
            level = "town" if known.part[0] else "zone"
            found.append(Mention(*known.part, level, *match.span(), match.group(), own=True))
        elif match.group() == "该区" and known.site.endswith("区"):
            # 在某某经开区，考察团看展厅。|该区|建成区18.5平方公里
            found.append(Mention("", known.site, "zone", *match.span(), match.group()))
        elif code:
            place = places[code]
            found.append(Mention(code, place.name, place.level, match.start(), match.end(), match.group(), own=True))
        else:
            found.append(
                Mention(
                    "", match.group(), LEVEL_WORDS[match["level"]], match.start(), match.end(), match.group(), own=True
                )
            )
    if not found:
        return found
    found.sort(key=lambda mention: mention.start)
    return [mention for index, mention in enumerate(found) if not _foreign(mention, index, found, text, known)]


def _with_towns(
    text: str, found: list[Mention], towns: dict[str, str], names: tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]
) -> list[Mention]:
    """花桥镇: the towns of the counties that the document names; a name of a place inside one is none."""
    for index, start, end in names[0].find_matches_as_indexes(text):
        town = names[1][index]
        if not any(mention.start < end and start < mention.end and len(mention.text) >= len(town) for mention in found):
            found = [mention for mention in found if not (mention.start < end and start < mention.end)]
            found.append(Mention(towns[town], town, "town", start, end, town))
    return found


def _siblings(text: str, found: list[Mention], doubtful: list[tuple[str, int, int]]) -> list[Mention]:
    """固安、永清: a name that may be a word is a place in a list with another place of its prefecture."""
    siblings: list[Mention] = []
    for name, start, end in doubtful:
        before, after = text[start - 1 : start] in LIST_MARKS, text[end : end + 1] in LIST_MARKS
        beside = [
            other
            for other in (*found, *siblings)
            if (before and other.end == start - 1) or (after and other.start == end + 1)
        ]
        parents = {registry().places[other.code].parent_code for other in beside if other.level == "county"}
        codes = [code for code in registry().place_names[name] if registry().places[code].parent_code in parents]
        if len(codes) == 1:
            place = registry().places[codes[0]]
            siblings.append(Mention(place.code, place.name, place.level, start, end, name))
    return siblings


def _with_zones(text: str, found: list[Mention], known: Gazetteer) -> list[Mention]:
    """赣州|经开区, and 高新区 at the head of a clause: zones that the registry does not know by name."""
    merged: list[Mention] = []
    for mention in found:
        # 我市经开区 is one, 全市开发区 are all of them
        single = mention.level in ("prefecture", "county") and not mention.text.startswith("全")
        zone = (ZONE_BEHIND.match(text, mention.end) or PARK_BEHIND.match(text, mention.end)) if single else None
        if zone is None:
            merged.append(mention)
        else:
            words = text[mention.start : zone.end()]
            merged.append(Mention("", official_zone(words), "zone", mention.start, zone.end(), words))
    for zone in ZONE_LIES.finditer(text):
        start, end = zone.span("zone")
        if not any(mention.start < end and start < mention.end for mention in merged):
            merged.append(Mention("", official_zone(zone["zone"]), "zone", start, end, zone["zone"]))
    for zone in ZONE_ALONE.finditer(text):
        start, end = zone.span("zone")
        beside = any(mention.start < end and start < mention.end for mention in merged)
        if beside:
            continue
        if _is_part(zone["zone"], known):
            merged.append(Mention("", known.part[1], "zone", start, end, zone["zone"], own=True))
        elif zone["listed"] is not None or names_indicator(text, end) or ZONE_ACTS.match(text, end):
            # 开发区 alone is the one that the paragraph told of
            told = known.site if zone["zone"] == "开发区" and known.site.endswith("开发区") else zone["zone"]
            merged.append(Mention("", told, "zone", start, end, zone["zone"]))
    for zone in SITE_ALONE.finditer(text):
        start, end = zone.span("zone")
        if any(mention.start < end and start < mention.end for mention in merged) or not ZONE_ACTS.match(text, end):
            continue
        before = [other.name for other in merged if other.level in ("zone", "locality") and other.end <= start]
        if known.part[1] and not known.part[0]:
            merged.append(Mention("", known.part[1], "zone", start, end, zone["zone"], own=True))
        else:
            told = before[-1] if before else known.site or zone["zone"]
            merged.append(Mention("", told, "zone", start, end, zone["zone"]))
    return merged


def official_zone(words: str) -> str:
    """The official name of a zone that the registry does not know, as far as its words tell it.

    Args:
        words: A place and the kind of the zone.

    Examples:
        >>> official_zone("宝鸡市高新区"), official_zone("桐城经济开发区"), official_zone("赣州经开区")
        ('宝鸡高新技术产业开发区', '桐城经济开发区', '赣州经开区')
    """
    named = SHORT_ZONE.fullmatch(words)
    return named["place"] + "高新技术产业开发区" if named else words


def _is_part(zone: str, known: Gazetteer) -> bool:
    """Whether the kind of a zone is that of the zone that the document is about."""
    code, name = known.part
    if code or not name:
        return False
    # 开发区 alone is the one that is told of, 高新技术产业开发区 need not be
    bare = zone == "开发区" and name.endswith("开发区")
    return bare or any(short in zone and full in name for short, full in ZONE_SHORT)


def _towns_behind(text: str, found: list[Mention]) -> list[Mention]:
    """北川县|擂鼓镇: a town directly behind its county; one that the registry does not know has no code."""
    behind: list[Mention] = []
    for mention in found:
        match = TOWN_BEHIND.match(text, mention.end) if mention.level == "county" and not mention.own else None
        if match is None or any(match.start() < other.end and other.start < match.end() for other in found):
            continue
        code = registry().towns(mention.code).get(match.group(), "")
        if code or mention.text == mention.name:
            behind.append(Mention(code, match.group(), "town", match.start(), match.end(), match.group()))
    return behind


def _listed_towns(text: str, found: list[Mention]) -> list[Mention]:
    """淀山湖镇 in a list with towns that the registry knows: a town all the same, without a code."""
    listed: list[Mention] = []
    known = [mention for mention in found if mention.level == "town"]
    if not known:
        return listed
    for match in LISTED_TOWN.finditer(text):
        start, end = match.span("name")
        beside = any(mention.end == match.start() or mention.start == end + 1 for mention in [*known, *listed])
        if beside and not any(mention.start < end and start < mention.end for mention in found):
            listed.append(Mention("", match["name"], "town", start, end, match["name"]))
    return listed


def _with_localities(text: str, found: list[Mention], known: Gazetteer) -> list[Mention]:
    """显岗村 at the head of a clause, 七里营镇|刘庄村, 该村: not the county around them."""
    spans = {(start, end): text[start:end] for start, end in named_localities(text)}
    for mention in found:
        if (behind := locality_behind(text, mention.end)) is not None:
            # 蒙阴县|第一中学: a house has the name of its place
            begin = mention.start if is_house(text[slice(*behind)]) else behind[0]
            spans.setdefault(behind, text[begin : behind[1]])
    for (_, end), name in list(spans.items()):
        if name.endswith("镇") and (behind := locality_behind(text, end)) is not None:
            # 西三镇|可邑村, where no register knows the town
            spans.setdefault(behind, text[slice(*behind)])
    for (start, end), name in spans.items():
        beside = any(mention.start < end and start < mention.end for mention in found)
        if not beside:
            level = "town" if name.endswith(("镇", "街道")) else "locality"
            found = [*found, Mention("", name, level, start, end, text[start:end])]
    for match in own_localities(text):
        named = [other.name for other in found if other.level == "locality" and other.start < match.start()]
        name = named[-1] if named else known.locality
        if name or match.group().startswith("该"):
            found = [*found, Mention("", name, "locality", *match.span(), match.group(), own=True)]
    return found


def _with_counties(text: str, found: list[Mention]) -> list[Mention]:
    """百强县GDP合计12.3万亿元, 五县市共实现…: counties that are told of together."""
    for match in LISTED_COUNTIES.finditer(text):
        if not any(mention.start < match.end() and match.start("name") < mention.end for mention in found) and (
            DOES.match(text, match.end()) is not None or names_indicator(text, DONE.match(text, match.end()).end())  # type: ignore[union-attr]
        ):
            found = [*found, Mention("", match["name"], "group", *match.span("name"), match["name"])]
    return found


def _foreign(mention: Mention, index: int, found: list[Mention], text: str, known: Gazetteer) -> bool:
    """A county's short name that nothing else supports (宝丰 of a firm in a report of another province)."""
    if mention.level != "county" or mention.own or mention.text == mention.name or not known.own:
        return False
    provinces = {code[:2] for code in known.own.values()}
    if mention.code[:2] in provinces or known.codes[mention.code] >= 3 or mention.code in known.full:
        return False
    neighbours = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
    joined = any(
        other.level == "county"
        and re.fullmatch(r"[、和与及]|以及|", text[min(other.end, mention.end) : max(other.start, mention.start)])
        for other in neighbours
    )
    above = any(
        other.code and contains(other.code, mention.code) and other.end == mention.start for other in neighbours
    )
    return not joined and not above and not has_figures(text, mention.end)


@lru_cache(maxsize=1)
def scope_before() -> re.Pattern[str]:
    """Words before a place that make it a yardstick or a destination, not the subject (高于全省, 居全国, 落户河北)."""
    return guarded(alternation("place_scope") + r"(?:的|了|在|同期)?$")
