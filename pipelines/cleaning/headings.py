"""Headings and numbered items of plain text, which has no markup to say so.

Belongs here: what kind a body block is by its own form and its neighbours. Does not belong here: sections
(`sections.py`), and what a heading means for the facts below it (`pipelines.extraction`).
"""

import re

from pipelines.cleaning.sections import Layout
from schemas.documents import Block

_CHINESE = "[一二三四五六七八九十百]{1,4}"
# 一、…  （一）…  第一章 …: a line of its own, with one full stop at its end at most.
_NUMBERED = re.compile(
    rf"(?:{_CHINESE}、|[（(]{_CHINESE}[)）]、?|第{_CHINESE}(?:章|节|部分|篇|编)\s?)[^。！？；]{{2,48}}[。：:]?|附件?\s?[\d一二三四五六七八九十]{{0,2}}\s?[:：]?|附[录表]\s?\d{{0,2}}"
)
_ITEM = re.compile(r"(?:\d{1,3}[.、](?!\d)|[（(]\d{1,3}[)）]|[①-⑳]|[●◆■★]\s?)")
_BEGINNINGS = frozenset("一二三四五六七八九十第（(附0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳●◆■★")
# 01 / 做强先进制造业: a number in a line of its own, and what it numbers.
_COUNTER = re.compile(r"(?:(?:PART|Part|part)\s?[.·]?\s?)?0?\d")
# A short line between two paragraphs that is no sentence heads the second one.
_BARE = re.compile(r"[^。！；，,：:、…]{4,28}")
_PARAGRAPH = 60
_MAX_BARE = 28


def find_headings(layout: Layout) -> None:
    """Give body blocks of plain text their kind: heading or list item."""
    texts = layout.texts
    before: tuple[str, Block] | None = None
    for number, (text, block) in enumerate(zip(texts, layout.blocks, strict=True)):
        above, before = before, (text, block)
        if block.section != "body" or block.kind != "paragraph":
            continue
        if text[0] in _BEGINNINGS:
            if len(text) <= _PARAGRAPH and _NUMBERED.fullmatch(text):
                block.kind = "heading"
                continue
            if _ITEM.match(text):
                block.kind = "list_item"
                continue
        if above is None or len(text) > _MAX_BARE:
            continue
        if above[0][0] in "0Pp" and _COUNTER.fullmatch(above[0]) and _BARE.fullmatch(text):
            block.kind = above[1].kind = "heading"
        elif (
            _is_paragraph(above[0])
            and number + 1 < len(texts)
            and _is_paragraph(texts[number + 1])
            and _BARE.fullmatch(text)
        ):
            block.kind = "heading"


def _is_paragraph(text: str) -> bool:
    return len(text) >= _PARAGRAPH and "。" in text
