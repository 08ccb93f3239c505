"""Meetings, fairs and ceremonies that are held: X在Y举行, 举办X, 在X上, 出席X.

Here: the ways in which a sentence says that a named event takes place. Not here: visits, launches, and the name
itself (`names`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from pipelines.extraction.document import Document
from pipelines.extraction.events.days import has_day
from pipelines.extraction.events.line import STOPS, Finding, Line, pieces
from pipelines.extraction.events.names import (
    balanced,
    is_counted,
    is_definite,
    is_national,
    is_routine,
    noun_pattern,
    qualifier,
    trimmed,
    with_closers,
)
from pipelines.extraction.events.venues import convener, venue
from pipelines.extraction.events.words import EDITION, YEAR, any_of, host, typed
from pipelines.extraction.patterns import guarded

# how fully each way of telling an event does so
HELD, HOLDS, PLANNED, ATTENDED, INSIDE = 5, 5, 3, 2, 1
FEW, SOME = 2, 4
LONGEST, LONGEST_LIST = 46, 320
SPIRIT_BEFORE = re.compile(r"(?:贯彻落实|学习贯彻|传达学习|深入落实|贯彻|落实|传达|学习)")
PLAN_BEFORE = re.compile(r"(?:将|拟|计划|争取|积极|谋划|力争|支持|鼓励|推动|申请|策划|定期|每年)[^，,；;]{0,8}$")
NEWS = ("news", "other")
RECENT = re.compile(r"近日|日前|日内")
SESSION = re.compile(r"代表大会|协商会议|委员会")
JOINED = re.compile(r"[”\"》]?(?:暨|及其|主题|系列|开幕|闭幕)")


@lru_cache(maxsize=1)
def _held() -> re.Pattern[str]:
    return guarded(
        rf"(?:[（(][^）)]{{1,20}}[)）])?(?:[,，]?\s*(?:{any_of('gap')}|\d{{1,2}}[月日]|“)[^，,。；;：:！!？?、]{{0,34}}?)?"
        rf"(?P<verb>{any_of('hold')})(?!权|地|方|单位|的|时间|日期|经费)"
    )


@lru_cache(maxsize=1)
def _holds() -> re.Pattern[str]:
    return guarded(
        rf"(?:(?P<plan>{any_of('plan_hold')})|(?P<hold>{any_of('hold_before')})|(?P<attend>{any_of('attend')}))"
        r"(?:了|过|好)?(?!的|权|地|方|单位|以来)"
    )


@lru_cache(maxsize=1)
def _inside() -> re.Pattern[str]:
    return re.compile(r"[”\"》]?(?:开幕式)?(?:上(?!海|市|半|述)|期间|现场|之?后(?!勤))")


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(rf"[”\"》]?(?:[{STOPS}、（()）]|$|{any_of('after')})")


def find_held(line: Line, document: Document) -> Iterator[Finding]:
    """Events that a sentence says are, were or will be held.

    Args:
        line: The sentence.
        document: The document.
    """
    heads = list(noun_pattern().finditer(line.masked))
    if not heads:
        return
    taken: list[tuple[int, int]] = []
    for finding in chain(
        _said_behind(line, document, heads), _said_before(line, document), _told_inside(line, document, heads)
    ):
        if not any(a < finding.name_span[1] and finding.name_span[0] < b for a, b in taken):
            taken.append(finding.name_span)
            yield finding


def _said_behind(line: Line, document: Document, heads: Sequence[re.Match[str]]) -> Iterator[Finding]:
    """2024中小城市交流会在苏州昆山举行: the verb stands behind the name."""
    for head in heads:
        end = with_closers(line.text, head.end())
        match = _held().match(line.masked, end)
        if match is None:
            continue
        following = noun_pattern().match(line.masked, match.end())
        if following and not match.group("verb").startswith(("开幕", "启幕", "闭幕", "落幕")):
            # 会议，举办座谈会: the verb has an object of its own
            continue
        start = line.start_of(head.start(), STOPS + "、")
        for verb in _holds().finditer(line.masked, start, head.start()):
            start = verb.end()
        and_so_on = line.masked.rfind("等", trimmed(line, start, end), head.start())
        if and_so_on > 0:
            # A大会、B博览会等展会成功举办
            yield from _others_before(line, document, and_so_on + 1, match.end())
            continue
        finding = _finding(line, document, start, head, (match.end(), HELD, "event-held"))
        if finding:
            venue(finding, (end, match.start("verb")))
            yield finding
            for other in _others_before(line, document, start, match.end()):
                other.venue, other.place_code = finding.venue, finding.place_code
                yield other


def _others_before(line: Line, document: Document, start: int, end: int) -> Iterator[Finding]:
    """A大会、B论坛在Y举行: names before the last one, while they end like an event."""
    while start > 0 and line.masked[start - 1] in "、等":
        begin = line.start_of(start - 1, STOPS + "、")
        heads = list(noun_pattern().finditer(line.masked, begin, start - 1))
        if not heads or with_closers(line.text, heads[-1].end()) != start - 1:
            return
        start = begin
        for verb in _holds().finditer(line.masked, begin, heads[-1].start()):
            begin = verb.end()
        finding = _finding(line, document, begin, heads[-1], (end, HELD, "event-held"))
        if finding is None:
            return
        yield finding


def _said_before(line: Line, document: Document) -> Iterator[Finding]:
    """召开2025年新年第一会, 成功举办A博览会、B论坛: the verb stands before the names."""
    for verb in _holds().finditer(line.masked):
        end = min(line.end_of(verb.end()), verb.end() + LONGEST_LIST)
        before = line.masked[max(0, verb.start() - 16) : verb.start()]
        planned = bool(verb["plan"] or line.sentence.setting.target or PLAN_BEFORE.search(before))
        # 还将举行…大典: news announces what comes
        planned = planned and (verb["plan"] is not None or document.doc_type not in NEWS or not before.endswith("将"))
        rule, strength = ("event-attended", ATTENDED) if verb["attend"] else ("holds-event", HOLDS)
        if verb["plan"]:
            rule, strength = "event-planned", PLANNED
        said_from = verb.start()
        for start, stop in _items(line, verb.end(), end):
            and_so_on = line.masked.find("等", start, stop)
            stop = and_so_on if and_so_on > start else stop
            head = _head(line, start, stop)
            if head is None or is_counted(line, start, head.end()) or _is_part_of_another(line, verb, head):
                continue
            finding = _finding(line, document, start, head, (head.end(), strength, rule))
            if finding is None or ((planned or verb["attend"]) and not is_definite(finding.name)):
                continue
            finding.span = (min(said_from, finding.span[0]), finding.span[1])
            said_from = end
            venue(finding, (line.start_of(verb.start()), verb.start()))
            if not verb["attend"]:
                convener(finding, verb.start())
            yield finding


def _items(line: Line, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names behind a verb: A博览会、B论坛和C大会."""
    for begin, stop in pieces(line.masked, start, end):
        position = begin
        for match in re.finditer(r"以及|[和及]", line.masked[begin:stop]):
            at = begin + match.start()
            head = _head(line, position, at)
            if head and with_closers(line.text, head.end()) == at:
                yield position, at
                position = begin + match.end()
        yield position, stop


def _head(line: Line, start: int, end: int) -> re.Match[str] | None:
    """The noun that a name ends with, in the stretch behind the verb."""
    found: re.Match[str] | None = None
    for head in noun_pattern().finditer(line.masked, start, end):
        if found is not None and not JOINED.match(line.masked, found.end()) and head.start() != found.end():
            break
        if found is not None or _after().match(line.masked, head.end()):
            found = head if _after().match(line.masked, head.end()) else found
    return found


def _is_part_of_another(line: Line, verb: re.Match[str], head: re.Match[str]) -> bool:
    """活动举行了绿皮书发布仪式: a ceremony at an event is what came of it (`outcomes`)."""
    if head.group() not in typed("ceremony") and not head.group().endswith("仪式"):
        return False
    return line.has_before(host(), verb.start())


def _told_inside(line: Line, document: Document, heads: Sequence[re.Match[str]]) -> Iterator[Finding]:
    """在长三角座谈会上, 继2024年新春第一会后; 落实…调研昆山市工作会议精神."""
    for head in heads:
        end = with_closers(line.text, head.end())
        clause = line.start_of(head.start())
        if _inside().match(line.masked, head.end()):
            start = max(line.masked.rfind("在", clause, head.start()), line.masked.rfind("继", clause, head.start()))
            if start < 0:
                continue
            for verb in _holds().finditer(line.masked, start, head.start()):
                start = verb.end() - 1
            rule = "event-told-of"
        elif line.masked.startswith(("精神", "的精神", "部署要求"), end):
            verbs = list(SPIRIT_BEFORE.finditer(line.masked, clause, head.start()))
            # 市委专题调研昆山市工作会议: a meeting of a higher body about a place, not the place's own plenum
            if not verbs or not line.mentions(verbs[-1].end() + 1, head.start()):
                continue
            start, rule = verbs[-1].end() - 1, "meeting-followed"
        else:
            continue
        finding = _finding(line, document, start + 1, head, (end, INSIDE, rule))
        if finding is None:
            continue
        known = qualifier(finding.name, head.group())
        if len(known) >= SOME or (is_definite(finding.name) and len(known) >= FEW):
            yield finding


def _names_one(name: str, noun: str, known: str, dated: bool, document: Document) -> bool:
    """Whether 活动, 会议, 赛 with what stands before it names one event: by year, number or day, in news by quotes."""
    if YEAR.search(name) or EDITION.search(name):
        return True
    if noun in ("会", "节"):
        return False
    return (dated and len(known) >= SOME) or (is_definite(name) and document.doc_type in NEWS)


def _finding(
    line: Line, document: Document, start: int, head: re.Match[str], how: tuple[int, int, str]
) -> Finding | None:
    """The event whose name ends with `head`, None where the words name no event.

    Args:
        line: The sentence.
        document: The document.
        start: The earliest offset of the name.
        head: The noun that it ends with.
        how: Offset behind the statement, strength and rule.
    """
    end = with_closers(line.text, head.end())
    start = trimmed(line, start, end)
    if "等" in line.masked[start:end]:
        # “五五购物节”等促消费活动: 等 makes what follows a sort of event
        return None
    name = balanced(line, start, end)
    stop, strength, rule = how
    known = qualifier(name, head.group())
    if len(known) < FEW or len(name) > LONGEST or is_national(name):
        return None
    dated = has_day(line, document)
    news = dated or (rule == "event-held" and RECENT.search(line.text) is not None)
    if is_routine(name) and not news and rule != "meeting-followed":
        return None
    if head["weak"] and not _names_one(name, head.group(), known, dated, document):
        return None
    kind = typed("noun_weak" if head["weak"] else "noun").get(head.group(), "other")
    if kind == "other" and rule in ("event-told-of", "event-attended") and not dated and not RECENT.search(line.text):
        # 我省健儿在第十五届全运会上夺金: games elsewhere
        return None
    if kind == "meeting" and SESSION.search(name):
        kind = "conference"
    return Finding(line, name, kind, (start, max(stop, end)), (start, end), rule, strength)
