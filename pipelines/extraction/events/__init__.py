"""Events: conferences, visits, signings, launches and meetings that a document tells of.

Here: asking each reader once for every sentence, and the rows. Not here: the readers (`held`, `visits`, `launches`),
what came of an event (`outcomes`) and who was there (`person_roles`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.events.days import dateline, precision, stated_day, year_of_name
from pipelines.extraction.events.held import find_held
from pipelines.extraction.events.launches import find_launches
from pipelines.extraction.events.line import Finding, Line
from pipelines.extraction.events.merge import merged
from pipelines.extraction.events.venues import organiser_of, theme_of
from pipelines.extraction.events.visits import find_visits
from pipelines.extraction.events.words import may_hold_event
from pipelines.extraction.facts import Row, fact_row

__all__ = ["read_events"]

# 本次会议以…为主题, 论坛由…主办: said of the event told before
OF_EVENT = re.compile(
    r"^(?:据悉|据了解|[，,])*(?:本次|此次|本届|这次|该)?[^，,。；;]{0,12}?(?P<noun>大会|会议|论坛|活动|峰会|年会|仪式|博览会|展会|座谈会|推介会|交流会|洽谈会|文化节)"
)
REACH, LATEST = 8, 12
OF_THE_YEAR = ("event-held", "holds-event", "event-planned")
TODAY = re.compile(r"今天|今日|昨天|昨日|上午|下午")
NUMBER = re.compile(r"\d+|[一二三四五六七八九十百]+(?=[届次])")


def read_events(document: Document, sentences: Sequence[Sentence]) -> list[Row]:
    """Rows of `events`.

    Args:
        document: The document.
        sentences: Its sentences.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    findings: list[Finding] = []
    since = 0
    for sentence in sentences:
        found = _of_sentence(document, sentence) if may_hold_event(sentence) else []
        findings += found
        since = 0 if found else since + 1
        if findings and 0 < since <= REACH:
            _add_details(findings[-LATEST:], sentence)
    return [_row(document, finding) for finding in merged(findings)]


def _of_sentence(document: Document, sentence: Sentence) -> list[Finding]:
    """What one sentence tells, with its day, theme and organiser."""
    line = Line(sentence)
    found = [*find_held(line, document), *find_visits(line, document)]
    if not found:
        found = list(find_launches(line, document))
    for finding in found:
        finding.date = stated_day(line, finding.name_span, document)
        finding.theme = finding.theme or theme_of(line.text)
        finding.organiser = finding.organiser or organiser_of(line.text)
    return sorted(found, key=lambda finding: finding.span)


def _add_details(latest: Sequence[Finding], sentence: Sentence) -> None:
    """Theme and organiser that a later sentence tells of an event: of the one whose noun it uses, or the last one."""
    about = OF_EVENT.match(sentence.text)
    here = [finding for finding in latest if _same_part(finding.line.sentence, sentence)]
    if about is None or not here:
        return
    named = [finding for finding in here if about["noun"] in finding.name]
    last = (named or [finding for finding in here if finding.rule == "event-held"] or here)[-1]
    last.theme = last.theme or theme_of(sentence.text)
    last.organiser = last.organiser or organiser_of(sentence.text)


def _same_part(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences stand in the body, or in one snippet of related pages."""
    return (one.block.section, one.block.group) == (other.block.section, other.block.group)


def _year_in_force(sentence: Sentence) -> str | None:
    """The year that a report tells of, where a heading or the kind of document puts one year in force."""
    period = sentence.setting.period
    return period if period and len(period) == 4 else None


def _row(document: Document, finding: Finding) -> Row:
    sentence = finding.line.sentence
    said_today = TODAY.search(finding.line.text) is not None
    event_date = finding.date or (dateline(document) if said_today else None) or year_of_name(finding.name)
    if event_date is None and document.doc_type == "work_report" and finding.rule in OF_THE_YEAR:
        event_date = _year_in_force(sentence)
    start = sentence.start
    span = (start + finding.span[0], start + finding.span[1])
    name_start, name_end = finding.name_span
    numbers = [
        (start + match.start(), start + match.end())
        for match in NUMBER.finditer(finding.line.text, name_start, name_end)
        if finding.rule != "visit"
    ]
    return fact_row(
        document,
        "events",
        span,
        sentence.block.section,
        finding.rule,
        sentence=document.written(*sentence.span),
        numbers=numbers,
        name=finding.name,
        event_date=event_date,
        date_precision=precision(event_date),
        place=finding.venue,
        place_code=finding.place_code,
        type=finding.type,
        theme=finding.theme,
        organiser=finding.organiser,
    )
