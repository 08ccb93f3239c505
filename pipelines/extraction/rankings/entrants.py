"""Who can stand on a list: places, and the towns, zones and firms that a sentence names.

Here: finding them and the runs of them (昆山市（5140亿元）、江阴市和张家港市). Not here: their ranks (`on_lists`,
`roundups`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded
from pipelines.extraction.places import Mention

BEGINS = r"(?:^|(?<=[，,；;：:、和与及“\"\s。]))"
TOWN_TAIL = r"(?:镇(?![域级街中长区企村海江])|街道(?!办主)|苏木)"
ZONE_TAIL = (
    r"(?:(?:国家级?)?(?:经济技术|高新技术产业|高新产业|经济|产业|工业|旅游|农业)?开发区|高新区|经开区|产业集聚区|工业园区?|产业园区?|科技园区?|综合保税区"
    r"|综保区|保税港区|示范园区|新区(?!域))"
)
FIRM_TAIL = (
    r"(?:集团(?:股份)?(?:有限(?:责任)?公司)?|股份有限公司|有限责任公司|有限公司|公司|股份|银行)"
    r"(?:[(（][\u4e00-\u9fff]{2,6}[)）])?(?!数|总数|家|们|化|制|总部|合作)"
)
TOWN_AFTER = re.compile(rf"(?P<own>[\u4e00-\u9fff]{{1,4}}?){TOWN_TAIL}")
ZONE_AFTER = re.compile(rf"(?P<own>[\u4e00-\u9fff]{{0,6}}?){ZONE_TAIL}")
TOWN = guarded(rf"{BEGINS}(?P<name>[\u4e00-\u9fff]{{1,4}}?{TOWN_TAIL})")
ZONE = guarded(rf"{BEGINS}(?P<name>[\u4e00-\u9fff]{{2,10}}?{ZONE_TAIL})")
FIRM = re.compile(
    rf"{BEGINS}(?:其中|此外|龙头企业|骨干企业|民企|企业)?(?P<name>[\u4e00-\u9fffA-Za-z·]{{2,16}}?{FIRM_TAIL})"
)
FIRM_NICK = re.compile(r"[(（][^（）()]*[)）]$")
FIRM_END = re.compile(rf"{FIRM_TAIL}$")
LISTED = guarded(
    r"(?:^|(?<=[、，,：:和与]))(?P<name>[\u4e00-\u9fff]{2,6}?)(?=[、和与（(，,。等]|分[列居别获]|位[居列]|包揽|名列|$)"
)
# 5家上市公司, 各乡镇, 特色小镇, 国家级高新区: a kind, not a name
NO_NAME = re.compile(
    r"[的家个条名这该其各每等全我本共有了被为由将与从在对把以是均和、]|乡镇|城镇|小镇|村镇|古镇|[百千强]强?镇|[百千十]强乡?|重点镇|中心镇|建制镇|名镇|产镇|上市|跨国|外资"
    r"|分公司|子公司|母公司|总公司|^(?:绿色|零碳|国际|现代|特色|数字|智慧|示范|循环|化工|物流|生态|文化|城市|县级|农村)?$|^国家|^省级|^市级|^(?:高新|经济|工业|产业|特色|农业|旅游|科技)|全国|全省|企业集团|级(?:以上)?(?:开发|高新|经开|经济)"
    r"|如今|目前|现在|当时|后来|旗下|所在|入选|入围|上榜|建设|打造|推进|加快|支持|依托|围绕|聚焦|发展(?!集团|股份|有限)|引进|培育|拥有|成为|获评|荣登"
)
NO_FIRM = re.compile(
    r"(?:大型|知名|龙头|骨干|央企|民营|国有|科技|电力|建筑|投资|担保|保险|证券|物流)(?:公司|集团)$|^.?(?:公司|集团)$"
)
PARENTHESIS = r"(?:\s*[（(][^（）()]{1,40}[)）])?"
BRACKETS = re.compile(PARENTHESIS)
COUNTED = r"(?:等?[两三四五六七八九十\d]+[个家]?(?:县市|市县|县|市|区|镇|地|企业)?)?"
BETWEEN = re.compile(rf"{PARENTHESIS}{COUNTED}\s*(?:[、和与及]|以及|及其)\s*(?:以及)?\s*")
BETWEEN_PARENTHESES = re.compile(r"\s*[（(][^（）()]{1,40}[)）]\s*[，,；;]\s*")


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody that a list can rank.

    Attributes:
        start: Offset of the name (with 东莞市 of 东莞市虎门镇).
        end: Offset behind it.
        name: Full name or "" where the mention tells it.
        code: Its code where it is a place that is no mention.
        mention: The place, None for a firm, and for a town or zone that the registry does not have.
    """

    start: int
    end: int
    name: str
    mention: Mention | None
    code: str | None = None


def entrants(text: str, mentions: Sequence[Mention]) -> list[Entrant]:
    """Entrants of a sentence in the order of the text.

    Args:
        text: The sentence.
        mentions: Places that it names.

    Examples:
        >>> [one.name for one in entrants("狮山镇、卫华集团和各乡镇", [])]
        ['狮山镇', '卫华集团']
    """
    found: list[Entrant] = []
    for mention in mentions:
        if mention.level in ("country", "group"):
            continue
        start = mention.start
        if found and found[-1].end == start:
            # 东莞市虎门镇, 苏州昆山: the outer name is part of the address
            start = found.pop().start
        elif found and start < found[-1].end:
            continue
        found.append(_with_tail(text, Entrant(start, mention.end, "", mention)))
    for pattern in (FIRM, ZONE, TOWN):
        if pattern is FIRM and not re.search("公司|集团|股份|银行", text):
            continue
        for match in pattern.finditer(text):
            # 宝鸡高新区: the place inside the name belongs to it
            inside = [one for one in found if one.start < match.end("name") and match.start("name") < one.end]
            bare = match["name"]
            for one in inside:
                if one.mention is not None and one.end <= match.end("name"):
                    bare = bare.replace(text[one.start : one.end], "")
            if any(one.end > match.end("name") or not one.mention or one.mention.own for one in inside):
                continue
            stem = FIRM_END.sub("", bare) if pattern is FIRM else bare
            if NO_NAME.search(stem) or (pattern is FIRM and NO_FIRM.search(bare)):
                continue
            found = [one for one in found if one not in inside]
            found.append(
                Entrant(match.start("name"), match.end("name"), _zone_name(FIRM_NICK.sub("", match["name"])), None)
            )
    found += _listed(text, found)
    return sorted(found, key=lambda one: one.start)


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Official names of zones by every name they have."""
    return {
        name: zone.name
        for zone in registry().zones.values()
        for name in (zone.name, zone.short_name, *zone.aliases)
        if name
    }


def _zone_name(words: str) -> str:
    """The official name of a zone, or the words of the text."""
    return _zones().get(words, words)


def _listed(text: str, found: Sequence[Entrant]) -> list[Entrant]:
    """Names between list marks that the gazetteer of the document left out: 南山区、天河区; 昆山、江阴、常熟."""
    if "、" not in text:
        return []
    names = [
        match
        for match in LISTED.finditer(text)
        if match["name"] in registry().place_names
        and not any(one.start < match.end() and match.start() < one.end for one in found)
        and "、"
        in (text[match.start() - 1 : match.start()], text[after(text, match.end()) : after(text, match.end()) + 1])
    ]
    if len(names) + len(found) < 2:
        return []
    return [Entrant(match.start(), match.end(), *_place(match["name"])) for match in names]


def _place(name: str) -> tuple[str, None, str | None]:
    """Name and code of a place that a list names, without a code where several have the name."""
    codes = [code for code in registry().place_names[name] if registry().places[code].level in ("county", "prefecture")]
    if len(codes) != 1:
        return name, None, None
    return registry().places[codes[0]].name, None, codes[0]


def after(text: str, position: int) -> int:
    """Offset behind the parenthesis at a position, where there is one."""
    match = BRACKETS.match(text, position)
    return match.end() if match else position


def _with_tail(text: str, entrant: Entrant) -> Entrant:
    """贵州茅台镇 and 宝鸡高新区 where the registry knows only the place in front."""
    if entrant.mention is None or entrant.mention.level in ("town", "zone") or entrant.mention.own:
        return entrant
    for pattern in (TOWN_AFTER, ZONE_AFTER):
        match = pattern.match(text, entrant.end)
        if match and not match["own"] and pattern is ZONE_AFTER and entrant.mention.level == "province":
            # 安徽省|开发区 are all of them
            continue
        if match and not NO_NAME.search(match["own"] + "·"):
            name = match.group() if pattern is TOWN_AFTER else _zone_name(text[entrant.start : match.end()])
            return replace(entrant, end=match.end(), name=name, mention=None)
    return entrant


def run_before(text: str, found: Sequence[Entrant], position: int) -> list[Entrant]:
    """The entrants joined by list marks of which the last ends before a position."""
    before = [one for one in found if one.end <= position]
    if not before:
        return []
    run = [before[-1]]
    for one in reversed(before[:-1]):
        gap = text[one.end : run[0].start]
        if not (BETWEEN.fullmatch(gap) or BETWEEN_PARENTHESES.fullmatch(gap)):
            break
        run.insert(0, one)
    return run


def run_after(text: str, found: Sequence[Entrant], position: int) -> list[Entrant]:
    """The entrants joined by list marks of which the first begins at a position."""
    run: list[Entrant] = []
    for one in found:
        if one.start < position:
            continue
        if not run:
            if text[position : one.start].strip(' “"') and not OUTER.fullmatch(text[position : one.start]):
                return []
        else:
            gap = text[run[-1].end : one.start]
            if not (BETWEEN.fullmatch(gap) or BETWEEN_PARENTHESES.fullmatch(gap)):
                break
        run.append(one)
    return run


OUTER = re.compile(r"\s*[\u4e00-\u9fff]{2,3}(?:省|市)?的?\s*")


def after_parenthesis(text: str, one: Entrant) -> int:
    """Offset behind an entrant and the parenthesis that hangs on it."""
    return after(text, one.end)


def parentheses(text: str, run: Sequence[Entrant]) -> Iterator[tuple[Entrant, str, int]]:
    """Each entrant of a run with the words of the parenthesis behind it and where they begin."""
    for one in run:
        if one.end < len(text) and text[one.end] in "（(":
            close = min((at for mark in "）)" if (at := text.find(mark, one.end)) > 0), default=-1)
            if close > 0:
                yield one, text[one.end + 1 : close], one.end + 1
