"""What a page states about its document: time of publication, publisher, author, address.

Belongs here: which statement wins, and how its value is trimmed. Does not belong here: finding labels (`labels.py`),
forms of dates (`dates.py`), the title (`titles.py`). Never a date of the crawler, and never one of a related snippet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.cleaning.bylines import (
    ACCOUNT,
    BYLINE_LINE,
    byline_names,
    dateline,
    is_wide_name,
    masthead,
    persons,
    site,
    source,
)
from pipelines.cleaning.dates import Moment, parse_moment
from pipelines.cleaning.labels import ORGANISATION
from pipelines.cleaning.sections import Layout
from schemas.vocabulary import PublishedBasis

# Whoever gives a report stands below its title: 县长 王小谱.
_REPORTS = ("报告", "报告（节录）", "报告(节录)", "报告（摘要）", "报告(摘要)", "讲话", "致辞")
_SPEAKER = re.compile(
    r"[\u4e00-\u9fff]{0,20}(?:省长|市长|县长|区长|州长|盟长|旗长|主席|主任|书记)\s(?P<name>[\u3400-\u9fff]\s?[\u3400-\u9fff]{1,3}(?:·[\u3400-\u9fff]{1,8})?)"
)
# The office that issues a communiqué, in a line of its own.
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,20}(?:统计局|调查总?队|人民政府|人民政府办公室|编辑[部组])")
# An office of any kind counts where a date stands below it.
_SIGNATORY = re.compile(r"(?:中共)?[\u4e00-\u9fff]{2,24}(?:政府|办公室|办公厅|委员会|[省市县区旗州]委|局|厅|调查总?队)")
_HELD_AT = re.compile(
    r"[—―\-(（]{0,4}\s?(?P<date>\d{4}年\d{1,2}月\d{1,2}日)\s?(?:(?:在|于).{4,60}|[^。；]{2,50}(?:批准|通过)[)）])"
)
_SIGNED = re.compile(r"[(（]?(?:\d{4}年\d{1,2}月\d{1,2}日|[一二][〇零○一二三四五六七八九]{3}年.{1,3}月.{1,3}日)[)）]?")
# 某县新闻网 > 要闻 2024年08月14日: a day in a short line above the prose that tells of nothing else
_DAY = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)(?!\d)")
_OF_AN_EVENT = re.compile(
    r"[。！？；，]|会议|活动|考察|报名|截[止至]|开工|竣工|成立|批准|有效|施行|实施|召开|举行|举办|至|起|第[一二三四五六七八九十\d]+次"
)
_LONGEST_DATED = 80
_SIGNED_BEGINS = frozenset("12一二(（")
_LONGEST_DATE = 16
_NOTICE = re.compile(r"本文由\s?(?P<publisher>[\u4e00-\u9fffA-Za-z0-9]{2,20}?)\s?(?:发布|原创|整理|编辑|提供|首发)")
_URL = re.compile(r"https?://[^\s<>\"'，。；）)】]{4,500}")
_PRECISIONS = ("second", "minute", "day", "month", "year")
_KNOWN_PARTS = {"year": 1, "month": 2, "day": 3, "minute": 3, "second": 3}
_JUNK = re.compile(r"^[\s/|丨:：]+|[\s/|丨:：,，;；]+$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document."""

    published: Moment | None
    basis: PublishedBasis
    publisher: str | None
    author: str | None
    url: str | None


def find_metadata(layout: Layout, stated: Mapping[str, str], title: str | None) -> Metadata:
    """Weigh what meta elements, front matter and lines state.

    Args:
        layout: the page, with the statements of its lines.
        stated: what meta elements and front matter state, by field.
        title: the title, which may look like the name of an office.
    """
    published, basis = _published(layout, stated)
    publisher, author = _publisher_and_author(layout, stated, title)
    urls = [stated.get("canonical", ""), *(statement.value for statement in layout.stated if statement.field == "url")]
    url = next((found[0] for value in urls if (found := _URL.search(value))), None)
    return Metadata(published, basis, publisher, author, url)


def _published(layout: Layout, stated: Mapping[str, str]) -> tuple[Moment | None, PublishedBasis]:
    moments = [parse_moment(stated.get("published", ""))]
    # The first time element of a page is its own, if anything is; what lines state goes before.
    by_element = [parse_moment(stated.get("time_element", ""))]
    lines = [
        statement
        for statement in layout.stated
        if statement.field in ("published", "publisher", "author", "other", "written", "updated")
    ]
    for field in ("published", "publisher", "written", "author", "other", "updated"):
        moments += [parse_moment(statement.value) for statement in lines if statement.field == field]
        if field == "publisher":
            moments += [_bare_time(layout)]
    # The first one wins, unless a later one is the same day to the minute, or the day of the same year (2016年第11期).
    known = [moment for moment in (*moments, *by_element) if moment is not None]
    if known:
        alike = [moment for moment in known if _agree(moment, known[0])]
        return min(alike, key=lambda moment: _PRECISIONS.index(moment.precision)), "stated"
    inferred = _inferred(layout)
    return inferred, "inferred" if inferred else "unknown"


def _agree(one: Moment, first: Moment) -> bool:
    """Whether one moment is the other, as far as the other is known, to the day at most."""
    return one.at.timetuple()[: _KNOWN_PARTS[first.precision]] == first.at.timetuple()[: _KNOWN_PARTS[first.precision]]


def _bare_time(layout: Layout) -> Moment | None:
    """A line above the prose that is nothing but a time, and of an electronic newspaper the day in its head."""
    is_newspaper = any(row.name == "edition" for row in layout.marked.values())
    for number in layout.head():
        text = layout.texts[number]
        row = layout.marked.get(number)
        if is_newspaper and row is not None and row.name == "today":
            return parse_moment(text)
        if layout.blocks[number].kind == "metadata" and row is None and text[:4].isdecimal():
            return parse_moment(text)
    return None


def _signature(layout: Layout) -> tuple[str, str]:
    """The office that signed and the day, wherever in the document: what it sends along may follow below."""
    texts = layout.texts
    for number in range(1, len(texts)):
        if (
            texts[number][0] in _SIGNED_BEGINS
            and len(texts[number]) <= _LONGEST_DATE
            and _SIGNED.fullmatch(texts[number])
        ):
            above = texts[number - 1]
            if (
                number >= layout.first_prose
                and _SIGNATORY.fullmatch(above)
                and layout.blocks[number].section != "related"
            ):
                return above, texts[number]
    return "", ""


def _inferred(layout: Layout) -> Moment | None:
    """The date of a signature below the text, or when a report or speech was given, as its subtitle says."""
    for number in layout.tail():
        # Below a snapshot notice or the like, a date is the site's.
        if number in layout.marked and layout.marked[number].kind != "credit":
            break
        if layout.blocks[number].section != "related" and _SIGNED.fullmatch(layout.texts[number]):
            return parse_moment(layout.texts[number])
    if signed := parse_moment(_signature(layout)[1]):
        return signed
    for number in layout.head():
        # （2024年1月5日） below the title of a speech is the day it was given.
        if layout.blocks[number].kind == "metadata" and _SIGNED.fullmatch(layout.texts[number]):
            return parse_moment(layout.texts[number])
        if layout.blocks[number].section == "body" and (held := _HELD_AT.match(layout.texts[number])):
            return parse_moment(held["date"])
    return _dated_line(layout)


def _dated_line(layout: Layout) -> Moment | None:
    """The only day that short lines tell between the title and the prose, or right below the prose."""
    first = next((number for number in layout.head() if layout.blocks[number].kind == "title"), -1)
    below = []
    for number in layout.tail():
        if layout.blocks[number].section == "related" or (
            number in layout.marked and layout.marked[number].kind != "credit"
        ):
            break
        below.append(number)
    for numbers in ([number for number in layout.head() if number > first], below):
        texts = (layout.texts[number] for number in numbers)
        dated = [text for text in texts if len(text) <= _LONGEST_DATED and _DAY.search(text)]
        dated = [text for text in dated if not _OF_AN_EVENT.search(text)]
        days = {day for text in dated for day in _DAY.findall(text)}
        if len(days) == 1:
            return parse_moment(dated[0])
    return None


def _publisher_and_author(
    layout: Layout, stated: Mapping[str, str], title: str | None
) -> tuple[str | None, str | None]:
    """The publisher and the author; marks the lines that name them without a label as credits."""
    publisher, author = stated.get("publisher", ""), stated.get("author", "")
    if not publisher and ORGANISATION.fullmatch(author):
        # Site generators put the name of the source where the author belongs.
        publisher, author = author, ""
    for statement in layout.stated:
        if statement.field == "publisher" and not publisher:
            publisher, journalist = source(statement.value)
            author = author or journalist
        elif statement.field == "author" and not author:
            author = statement.value
    publisher = publisher or next((s.value for s in layout.stated if s.field == "issuer" and s.value), "")
    for number in (*layout.head(), *layout.tail()):
        if layout.blocks[number].section == "body":
            named_publisher, named_author = _names(layout, number, title)
            publisher, author = publisher or named_publisher, author or named_author
        elif not publisher and number in layout.marked and layout.marked[number].name in ("masthead", "red-head"):
            publisher = masthead(layout.texts[number])
    if layout.first_prose < len(layout.texts):
        named_publisher, named_author = dateline(layout.texts[layout.first_prose])
        publisher, author = publisher or named_publisher, author or named_author
    return _trimmed(publisher or _signature(layout)[0] or _site(layout)), persons(author)


def _site(layout: Layout) -> str:
    """The site, where nothing else says who published: a notice (本文由某某网发布), its rights, its name."""
    furniture = [layout.texts[number] for number in layout.marked]
    if notice := next((found for text in furniture if (found := _NOTICE.search(text))), None):
        return notice["publisher"]
    head = ((layout.texts[number], layout.marked[number]) for number in layout.head() if number in layout.marked)
    named = next((masthead(text) for text, row in head if row.name == "site-name"), "")
    return named or next((name for text in furniture if (name := site(text))), "")


def _names(layout: Layout, number: int, title: str | None) -> tuple[str, str]:
    """The publisher and the author that a line of the body names without a label; such a line becomes a credit."""
    text = layout.texts[number]
    if account := ACCOUNT.fullmatch(text):
        layout.set_metadata(number)
        return account["publisher"], account["author"]
    if byline := BYLINE_LINE.fullmatch(text):
        layout.blocks[number].kind = "credit"
        return byline["paper"] or "", byline_names(text, byline["name"])
    if title and number < layout.first_prose and is_wide_name(text):
        layout.blocks[number].kind = "credit"
        return "", text
    if title and title.endswith(_REPORTS) and (speaker := _SPEAKER.fullmatch(text)):
        return "", speaker["name"]
    if text != title and _OFFICE.fullmatch(text):
        layout.blocks[number].kind = "credit"
        return text, ""
    return "", ""


def _trimmed(text: str) -> str | None:
    return _JUNK.sub("", text) or None
