"""Visits and meetings between people: who went where to look, learn, or talk.

Here: delegations and office holders that go somewhere, delegations received, the tour of those who attend a meeting,
and 会见. Not here: meetings with a name (`held`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines.extraction.document import Document
from pipelines.extraction.events.line import Finding, Line
from pipelines.extraction.events.visitors import BY_PERSON, BY_TEAM, people_in, team_word, visitor_before
from pipelines.extraction.events.words import any_of
from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded
from pipelines.extraction.places import Mention

LONGEST_WHERE = 24
# 考察河南重要讲话精神: what was said on a visit, told as the source of a policy
SPOKEN_OF = re.compile(r"(?:[\u4e00-\u9fff]{0,4}时)?的?(?:一系列)?(?:重要讲话|重要指示|讲话精神|精神|指示|嘱托)")
# 愿意派团队赴平凉考察, 欢迎来昆考察
WISHED = re.compile(r"愿|邀请|希望|欢迎|期待|诚邀|计划|拟|适时|组织企业")
GOALS = re.compile(
    r"(?:公司|集团|园|园区|镇|乡|村|街道|社区|中心|基地|港|厂|新区|高新区|开发区|学校|大学|医院|展馆|博物馆)$"
)
FOR_WHAT = (
    r"(?:[，,]?(?:就|围绕|针对|专题)[^，,。；;]{2,40}?)?(?:[，,]?(?:开展|进行|实地|专题|专程|集中|指导|走访|并|了)+)?"
)
RECEIVED = re.compile(r"(?:接待|迎来)(?:了|过)?")
ABBREVIATED = re.compile(r"(?:我[市县省区州]|[\u4e00-\u9fff])(?:进行|开展|实地)*$")
NAME_ALONE = re.compile(r"(?:^|[，,、日午晚天])(?P<name>[\u4e00-\u9fff]{2,3}?)(?:一行)?$")
TOUR_WHEN = re.compile(r"(会前|会后|会议期间|活动期间|大会期间|论坛期间|期间)")


@lru_cache(maxsize=1)
def _visit() -> re.Pattern[str]:
    return guarded(
        rf"(?P<go>{any_of('visit_go')})(?P<where>[^，,。；;：:！!？?]{{1,40}}?){FOR_WHAT}(?P<what>{any_of('visit_what')})"
        r"(?P<more>(?:对接|学习|交流|调研|考察|活动|座谈|访问|洽谈)*)(?!组|团|报告|时期)"
    )


@lru_cache(maxsize=1)
def _what() -> re.Pattern[str]:
    return guarded(any_of("visit_what"))


@lru_cache(maxsize=1)
def _tour() -> re.Pattern[str]:
    return guarded(
        rf"{any_of('attendants')}(?:一行|们|还|先后|分别|共同|一同|实地|集体)*(?P<what>考察|参观考察|参观|走访|观摩)了?"
    )


@lru_cache(maxsize=1)
def _meeting() -> re.Pattern[str]:
    return guarded(
        rf"(?P<a>[^。；;]{{2,60}}?)(?:(?:与|同)(?P<with>[^，,。；;]{{2,50}}?)(?:一行)?)?(?:亲切|友好|共同|分别)*(?:在[^，,。；;]{{1,12}})?"
        rf"(?P<verb>{any_of('meet')})(?:了)?(?P<b>[^，,。；;：:时]{{2,60}})?"
    )


@lru_cache(maxsize=1)
def _vague() -> re.Pattern[str]:
    return guarded(any_of("vague_place") + r"(?:[、和]|$)")


def find_visits(line: Line, document: Document) -> Iterator[Finding]:
    """Visits and meetings that a sentence tells of.

    Args:
        line: The sentence.
        document: The document.
    """
    yield from _gone(line, document)
    yield from _receptions(line, document)
    yield from _tours(line)
    yield from _meetings(line)


def _gone(line: Line, document: Document) -> Iterator[Finding]:
    """江阴市党政企代表团赴上海、苏州、杭州学习考察."""
    if not _what().search(line.masked):
        return
    for match in _visit().finditer(line.masked):
        if SPOKEN_OF.match(line.text, match.end()) or WISHED.search(
            line.masked[max(0, match.start() - 30) : match.start()]
        ):
            continue
        goals = line.mentions(*match.span("where"))
        where = line.text[slice(*match.span("where"))]
        here = match["go"] in ("来", "到访", "莅") and ABBREVIATED.fullmatch(where) is not None
        if not goals and not here and (_vague().match(where) or not GOALS.search(where)):
            continue
        visitor = visitor_before(
            line, match.start("go"), None if here or _is_own(goals, document) else document.ref_area
        )
        if visitor is None:
            continue
        shown = line.without_province(*match.span("where"))
        shown = shown if len(shown) <= LONGEST_WHERE else shown[:LONGEST_WHERE].split("、")[0] + "等地"
        own = registry().places.get(document.ref_area or "") if here and not goals else None
        span = (visitor.start, match.end())
        yield Finding(
            line,
            f"{visitor.words}{match['go']}{shown}{match['what']}{match['more']}",
            "visit",
            span,
            span,
            "visit",
            visitor.strength,
            venue=_places(goals) or (own.name if own else where),
            place_code=own.code if own else (goals[-1].code or None) if len(goals) == 1 else None,
            organiser=visitor.home,
            targets=frozenset(mention.code or mention.name for mention in goals) or frozenset((where,)),
        )


def _is_own(goals: list[Mention], document: Document) -> bool:
    """Whether the place visited is the document's own (来我市): then the visitors are not from there."""
    return any(mention.own or (mention.code and mention.code == document.ref_area) for mention in goals)


def _receptions(line: Line, document: Document) -> Iterator[Finding]:
    """昆山已接待了江苏淮安市、浙江义乌市等多个考察团: a visit from each."""
    for match in RECEIVED.finditer(line.masked):
        host = next(iter(reversed(line.mentions(0, match.start()))), None)
        own = registry().places.get(document.ref_area or "")
        here = host.name if host else own.name if own else None
        shown = host.text if host else own.short_name if own else ""
        code = (host.code or None) if host else document.ref_area
        end = line.end_of(match.end())
        for guest in line.mentions(match.end(), end):
            team = team_word().search(line.masked, guest.end, end)
            if team is None:
                break
            span = (guest.start, team.end())
            yield Finding(
                line,
                f"{guest.text}{team.group()}到{shown}考察" if shown else f"{guest.text}{team.group()}来访",
                "visit",
                span,
                span,
                "reception",
                BY_TEAM,
                venue=here,
                place_code=code,
                organiser=guest.name,
                targets=frozenset((code or here or "",)),
            )


def _tours(line: Line) -> Iterator[Finding]:
    """会前,与会领导考察了…产业园: the tour that belongs to a meeting."""
    if "与会" not in line.text and "参会" not in line.text and "们" not in line.text:
        return
    for match in _tour().finditer(line.masked):
        when = TOUR_WHEN.search(line.masked, 0, match.start())
        end = line.end_of(match.end())
        places = line.mentions(match.end(), end)
        where = line.text[match.end() : end]
        if not where and not when:
            continue
        first = where.split("、")[0]
        name = f"{when.group()}{match['what']}" if when else f"{match.group()}{first}"
        span = (when.start() if when else match.start(), end)
        yield Finding(
            line,
            name,
            "visit",
            span,
            span,
            "tour-of-participants",
            BY_PERSON,
            venue=where or None,
            place_code=(places[0].code or None) if places else None,
        )


def _meetings(line: Line) -> Iterator[Finding]:
    """陈某会见李某一行: people who meet."""
    if "会见" not in line.text and "会晤" not in line.text:
        return
    for match in _meeting().finditer(line.masked):
        one, other = _person(match["a"]), _person(match["with"] or match["b"] or "", guest=True)
        if one is None or other is None:
            continue
        span = (match.start("a") + max(0, len(match["a"]) - 30), match.end())
        yield Finding(line, f"{one}{match['verb']}{other}", "meeting", span, span, "people-meet", BY_PERSON)


def _person(words: str, guest: bool = False) -> str | None:
    """The last person named with an office, without it; a short clause by itself is a name (孙某会见了…李某一行)."""
    if people := people_in(words):
        return people[-1][0]
    alone = NAME_ALONE.search(words)
    return alone["name"] if alone and guest == words.endswith("一行") else None


def _places(goals: list[Mention]) -> str | None:
    return "、".join(dict.fromkeys(mention.name for mention in goals)) or None
