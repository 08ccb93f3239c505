"""Names that no noun of programmes makes one, but what the text tells of them.

Here: numerals whose parts are told (“四不限”：…, 三大主导产业，即…), numbers of measures (“科技十条”), chains
(“支部＋合作社＋农户”模式), quoted words that a count of schemes follows, practices behind a verb (推行“…”).
Not here: names with a noun of programmes (`quoted`, `names`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines.extraction.lexicon import alternation, word_set
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.patterns import guarded
from pipelines.extraction.programmes.members import members_of
from pipelines.extraction.programmes.name import Name
from pipelines.extraction.programmes.vocabulary import HAN, NUMERALS, honours, layout_pair, noun_at_end, traps

MARKS = frozenset("，。；：！？,; ")
QUOTED = re.compile(r"“([^“”\n]{2,28})”")
NUMERAL_HEAD = re.compile(rf"(?P<count>[二两三四五六七八九十])(?P<measure>[个大项张])?[{HAN}]{{1,6}}")
SHEETS = re.compile(rf"(?P<count>[{NUMERALS}]{{1,2}})[张本][{HAN}]{{2,6}}")
MEASURES = re.compile(rf"[{HAN}]{{2,10}}?(?P<count>\d{{1,3}}|[二三四五六七八九十]{{1,3}})条(?:措施|政策|意见)?")
# “一核、两轴、三组团”
AREAS = re.compile(rf"[{NUMERALS}多][{HAN}]{{1,4}}(?:、[{NUMERALS}多][{HAN}]{{1,4}}){{1,5}}")
CHAIN = re.compile(rf"[{HAN}A-Za-z]{{1,10}}(?:[+＋][{HAN}A-Za-z]{{1,10}}){{1,4}}")
CHAIN_NOUN = re.compile(rf"(?P<gap>[{HAN}]{{0,4}}?)(?:模式|机制|体系|格局|改革)")
COUNT_BEHIND = re.compile(
    rf"(?P<count>[{NUMERALS}]{{1,3}}|\d{{1,2}})[大项个](?:[{HAN}]{{0,4}}?)(?:行动计划|行动|工程|计划|改革|机制)(?![师者力])"
)
PRACTICE = re.compile(rf"[{HAN}A-Za-z\d·—-]{{4,12}}")
# 一业一策 is a way of working
ONE_BY_ONE = re.compile("一.一.")
CLOSED = re.compile("[，,。；;、！（(“]|等|$")
LIST_BEHIND = re.compile(r"[：:]|——|[，,]?(?:即|分别是|分别为|包括)|[（(](?:即)?")
FIELDS = guarded(
    rf"(?<![第{NUMERALS}\d])(?P<count>[二两三四五六七八九十])大(?:主导|支柱|优势|特色|新兴|重点|核心|千亿级|百亿级)[{HAN}]{{0,4}}?(?:产业|集群|板块|片区|基地|园区)"
)


@lru_cache(maxsize=1)
def _spirit() -> re.Pattern[str]:
    """A noun right behind a quoted numeral that makes it a way of working: “四干”精神."""
    return re.compile(alternation("numeral_noun"))


@lru_cache(maxsize=1)
def _practice_verb() -> re.Pattern[str]:
    return re.compile(f"{alternation('practice_verb')}(?:了|起|以)?$")


def told_names(text: str) -> Iterator[Name]:
    """Names of programmes that what is told of them makes so.

    Args:
        text: A sentence with typographic quotation marks.

    Examples:
        >>> [name.text for name in told_names("县里出台“科技十条”，推行“一枚印章管审批”。")]
        ['科技十条', '一枚印章管审批']
        >>> [name.text for name in told_names("发扬“老黄牛”精神，荣获“全国先进”称号。")]
        []
    """
    if "“" in text:
        for match in QUOTED.finditer(text):
            name = _told(text, match)
            if name is not None:
                yield name
    if "大" in text:
        for field in FIELDS.finditer(text):
            yield from _with_parts(text, field.start(), field.end(), field["count"])


def _told(text: str, match: re.Match[str]) -> Name | None:
    words = match[1].strip()
    if words in traps() or words in word_set("idiom") or not MARKS.isdisjoint(words):
        return None
    before = text[max(0, match.start() - 32) : match.start()]
    if honours().search(before):
        return None
    # “一张床、一间房、一套房” lays nothing out
    if AREAS.fullmatch(words) and any(layout_pair().fullmatch(part) or part[0] != "一" for part in words.split("、")):
        return Name(match.start(), match.end(), words, "layout", None, tuple(words.split("、")))
    return _numeral(text, match, words) or _chain(text, match, words) or _practice(text, match, words)


def _numeral(text: str, match: re.Match[str], words: str) -> Name | None:
    if measures := MEASURES.fullmatch(words):
        return _alone(match, words, _count(measures["count"]))
    if (sheets := SHEETS.fullmatch(words)) and (count := _count(sheets["count"])) and count > 1:
        return _alone(match, words, count)
    if head := NUMERAL_HEAD.fullmatch(words):
        if noun := _spirit().match(text, match.end()):
            return Name(match.start(), noun.end(), words + noun[0], "counted", _count(head["count"]))
        if name := next(_with_parts(text, match.start(), match.end(), head["count"]), None):
            return name
    # “四在农家”六项行动计划: the parts are in the quotation marks where 、 stands in them
    counted = COUNT_BEHIND.match(text, match.end())
    if counted and "、" not in words and not words.startswith(("十三五", "十四五", "十五五")):
        return Name(match.start(), counted.end(), words + counted[0], "counted", _count(counted["count"]))
    return None


def _chain(text: str, match: re.Match[str], words: str) -> Name | None:
    """“支部＋合作社＋农户”模式."""
    noun = CHAIN_NOUN.match(text, match.end()) if CHAIN.fullmatch(words) else None
    # “监管＋服务”新型模式: two words with something between say how, they name nothing; “网格＋警格”联动机制 is one
    two = words.count("+") + words.count("＋") == 1
    if noun is None or (two and noun["gap"] and not noun[0].endswith(("机制", "改革"))):
        return None
    return Name(match.start(), noun.end(), words + noun[0], "layout")


def _practice(text: str, match: re.Match[str], words: str) -> Name | None:
    """推行“一枚印章管审批”: what a place does in a way of its own."""
    if not PRACTICE.fullmatch(words) or noun_at_end().search(words) or ONE_BY_ONE.fullmatch(words):
        return None
    if CLOSED.match(text, match.end()) is None:
        return None
    if _practice_verb().search(text, max(0, match.start() - 6), match.start()) is None:
        return None
    return _alone(match, words, None)


def _alone(match: re.Match[str], words: str, count: int | None) -> Name:
    return Name(match.start(), match.end(), words, "counted" if count else "scheme", count)


def _with_parts(text: str, start: int, end: int, written: str) -> Iterator[Name]:
    """A count whose parts are listed behind it, as many as it says."""
    if LIST_BEHIND.match(text, end) is None:
        return
    name = Name(start, end, text[start:end].strip("“”"), "counted", _count(written))
    if name.count is not None and len(members_of(text, name)) == name.count:
        yield name


def _count(written: str) -> int | None:
    numeral = parse_numeral(written)
    return int(numeral.value) if numeral else None
