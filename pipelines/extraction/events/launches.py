"""Things that begin on a day: X揭牌, X开工, X启动, A与B签署协议, X完成融资.

Here: launches and signings that a verb tells, with the day that makes them an event of their own. Not here: ceremonies
with a name (`held`) and what is set up or signed at an event (`outcomes`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines.extraction.document import Document
from pipelines.extraction.events.days import has_day
from pipelines.extraction.events.line import STOPS, Finding, Line
from pipelines.extraction.events.names import BEFORE_NAME, noun_pattern
from pipelines.extraction.events.venues import venue
from pipelines.extraction.events.words import any_of, host, typed
from pipelines.extraction.patterns import guarded

LAUNCHED = 3
SHORTEST, LONGEST = 4, 36
RECENT = re.compile(r"近日|日前|日内")
HOW = r"(?:正式|顺利|全面|集中|隆重|成功|宣布|同步|双双|现场|已|举行了?)*"
MANNER = rf"{HOW}(?:在[^，,。；;在]{{1,18}}?{HOW})?"
FUNDED = re.compile(
    r"(?P<who>[\u4e00-\u9fffA-Za-z]{2,30})(?:[（(](?:以下)?简称[:：]?[“\"]?(?P<short>[^）)”\"]{2,12})[”\"]?[)）])?"
    r"(?:近日|日前|于近日|宣布|正式|已|,|，)*完成(?:了)?(?P<what>[^，,。；;]{0,16}融资)"
)
SIGNED = re.compile(
    r"(?P<one>[^，,。；;]{2,30}?)(?:与|同|和)(?P<other>[^，,。；;]{2,30}?)(?:在[^，,。；;]{2,12}?)?(?:正式|成功|共同|举行)*"
    r"(?P<verb>签署|签订|签约)(?:了)?(?P<what>[^，,。；;]{0,40})"
)
NOT_A_THING = re.compile(r"^(?:[的了和与在对从把被让使]|为)|[的了和与在对从把]$|(?:活动|工作|会议)$")


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    return guarded(rf"{MANNER}(?P<verb>{any_of('launch')})(?=[，,。；;！!]|$|仪式)")


@lru_cache(maxsize=1)
def _planned() -> re.Pattern[str]:
    return guarded(any_of("launch_plan"))


def find_launches(line: Line, document: Document) -> Iterator[Finding]:
    """Launches, signings and rounds of funding that a sentence dates.

    Args:
        line: The sentence.
        document: The document.
    """
    recent = RECENT.search(line.text) is not None
    if not recent and not has_day(line, document):
        return
    if "融资" in line.text:
        yield from _funded(line)
    if "签" in line.text:
        yield from _signed(line)
    yield from _launched(line)


def _at_an_event(line: Line, verb: int) -> bool:
    """现场,一批项目签约: what happens at an event is no event of its own."""
    return line.has_before(host(), verb)


def _launched(line: Line) -> Iterator[Finding]:
    """1月9日,X基地在昆山揭牌."""
    for match in _verb().finditer(line.masked):
        start = line.start_of(match.start(), STOPS + "、")
        while start < match.start() and (lead := BEFORE_NAME.match(line.masked, start, match.start())):
            start = lead.end()
        # 总投资12亿元的华瑞项目: what it costs is no part of its name
        of = line.masked.rfind("的", start, match.start() - SHORTEST)
        start = of + 1 if of > 0 else start
        words = line.text[start : match.start()]
        if not SHORTEST <= len(words) <= LONGEST or NOT_A_THING.search(words) or _planned().search(words):
            continue
        if line.sentence.setting.target or _names_a_meeting(words) or "签" in words:
            continue
        if _at_an_event(line, match.start()):
            continue
        verb = match["verb"]
        finding = Finding(
            line,
            words + verb,
            typed("launch")[verb],
            (start, match.end()),
            (start, match.start()),
            "launched",
            LAUNCHED,
        )
        venue(finding, (match.start(), match.start("verb")))
        yield finding


def _names_a_meeting(words: str) -> bool:
    """Whether words end like a meeting (X大会启动): that is told by `held`."""
    return any(head["noun"] and head.end() == len(words) for head in noun_pattern().finditer(words))


def _signed(line: Line) -> Iterator[Finding]:
    """A市与B集团签署战略合作协议."""
    for match in SIGNED.finditer(line.masked):
        start = match.start("one")
        while start < match.end("one") and (lead := BEFORE_NAME.match(line.masked, start, match.end("one"))):
            start = lead.end()
        one = line.text[start : match.end("one")]
        if len(one) < 2 or "仪式" in match["what"] or _planned().search(one) or _at_an_event(line, match.start("verb")):
            continue
        other, what = line.text[slice(*match.span("other"))], line.text[slice(*match.span("what"))]
        name = f"{one}与{other}{match['verb']}{what}"
        span = (start, match.end())
        yield Finding(line, name, "signing", span, span, "signed", LAUNCHED)


def _funded(line: Line) -> Iterator[Finding]:
    """原位芯片完成Pre-A+轮融资."""
    for match in FUNDED.finditer(line.text):
        name = f"{match['short'] or match['who']}完成{match['what']}"
        span = match.span()
        yield Finding(line, name, "other", span, span, "funded", LAUNCHED, organiser=match["who"])
