"""The title of a document: from what the page states of itself, its headings, or its first line that can be one.

Belongs here: choosing the title and marking its repetitions. Does not belong here: what else is metadata
(`metadata.py`).
"""

import re
from collections import Counter
from collections.abc import Mapping

from pipelines.cleaning.sections import Layout

_MAX_TITLE = 90
_MIN_TITLE = 4
# 某县县委书记(中)在园区调研: the one in the middle of a photograph.
_PHOTO = re.compile(r"[(（](?:左|右|中|前排|后排|图|资料图|站立者|主席台)[^)）]{0,20}[)）]|(?:摄|供图)$|^图[为:：]")
_NO_TITLE = re.compile(
    r"[。；，,、：:]$|^[—―-]{1,4}|^各位(?:代表|领导|同志|嘉宾)|^[(（](?:\d{4}年|来源)|^(?:本报|新华社|记者)"
)
_PERSON_LINE = re.compile(
    r".{0,20}(?:省长|市长|县长|区长|主席|主任|书记|州长|盟长|旗长)\s?[\u4e00-\u9fff]{1,3}\s?[\u4e00-\u9fff]{1,3}"
)
_SITE_SUFFIX = re.compile(r"\s?[-_—|–]{1,2}\s?[^-_—|–]{2,30}$")


def find_title(layout: Layout, stated: Mapping[str, str]) -> str | None:
    """The title of the page, and mark its block; repetitions in the body become captions among the boilerplate."""
    title = _choose(layout, stated)
    if title is None:
        return None
    wanted = _bare(title)
    copies = [
        number
        for number, text in enumerate(layout.texts)
        if len(wanted) <= len(text) <= 2 * _MAX_TITLE
        and layout.blocks[number].section == "body"
        and _bare(text) == wanted
    ]
    if not copies:
        # A headline over two lines is two blocks.
        for number in layout.head():
            if (
                layout.is_free(number)
                and number + 1 < len(layout.texts)
                and _bare("".join(layout.texts[number : number + 2])) == wanted
            ):
                layout.blocks[number].kind = layout.blocks[number + 1].kind = "title"
    for place, number in enumerate(copies):
        block = layout.blocks[number]
        block.kind = "caption" if place else "title"
        if place:
            block.section = "boilerplate"
    return title


def _choose(layout: Layout, stated: Mapping[str, str]) -> str | None:
    if title := stated.get("title", "").strip():
        return title
    if title := next((statement.value for statement in layout.stated if statement.field == "title"), ""):
        return title
    head = [number for number in layout.head() if _can_be_title(layout, number)]
    counts = Counter(layout.texts)
    headings = [number for number in head if layout.blocks[number].kind in ("heading", "title")]
    element = _bare(_SITE_SUFFIX.sub("", stated.get("title_element", "").strip()))
    for number in head:
        # The title element of the page begins with its title; a headline that comes back as a caption is one.
        text = _bare(layout.texts[number])
        if (element and (text == element or (len(text) > 8 and text in element))) or (
            counts[layout.texts[number]] > 1 and len(text) > 8
        ):
            return layout.texts[number]
    # What stands above the breadcrumb is the site's, unless it came again below.
    crumb = max((n for n in layout.head() if n in layout.marked and layout.marked[n].name == "breadcrumb"), default=-1)
    below = [number for number in (*headings, *head) if number > crumb]
    if below:
        return layout.texts[below[0]]
    return stated.get("title_element", "").strip() or None


def _can_be_title(layout: Layout, number: int) -> bool:
    text = layout.texts[number]
    return (
        layout.is_free(number)
        and layout.blocks[number].kind != "table_row"
        and _MIN_TITLE <= len(text) <= _MAX_TITLE
        and not _PHOTO.search(text)
        and not _NO_TITLE.search(text)
        and not _PERSON_LINE.fullmatch(text)
        and any("\u4e00" <= character <= "\u9fff" for character in text)
    )


def _bare(text: str) -> str:
    """A headline without what its copies differ in."""
    return re.sub(r"[\s!！?？“”\"'·:：,，]", "", text)
