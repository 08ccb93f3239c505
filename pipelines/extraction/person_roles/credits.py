"""Who wrote, photographed and edited the page.

Here: the lines of credit, also those that the cleaner took off the page as metadata, and the office that a line
gives to the author (作者系平江县委书记). Not here: offices in prose (`statements`).
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Span
from pipelines.extraction.person_roles.names import name_at
from pipelines.extraction.person_roles.offices import find_offices
from pipelines.extraction.person_roles.statements import Statement

EDITS = re.compile(r"编辑|责编|主编|总编|编审|校对|校审|审核|初审|复审|终审|[一二三]审|监制|签发|统筹|策划")
WRITES = re.compile(r"记者|通讯员|作者|撰稿|评论员|采编|文字")
PHOTO = re.compile(r"[ \u3000]*摄(?:影)?")
AUTHOR = re.compile(r"作者(?:系|为|是|单位[:：]?)")
AUTHOR_NAMED = re.compile(r"作者\s?[:：]\s?")
POSITION = re.compile(r"[^。；;\n（()）]{2,40}")
LONGEST = 120


def credit_sentences(document: Document) -> Iterator[Sentence]:
    """Credits that stand in lines which are no part of the text, as sentences."""
    for block in document.blocks:
        credit = block.kind == "credit" or (block.kind == "metadata" and block.group == 0)
        if block.section == "boilerplate" and credit and block.end - block.start <= LONGEST:
            text = document.text[block.start : block.end]
            yield Sentence(text, block.start, block, document.base_setting(), [], [], [], [])


def credit_deed(text: str, one: Statement) -> str:
    """What the office of a credit did: edited, author, or other for photographs."""
    title = text[one.position[0] : one.position[1]]
    if EDITS.search(title):
        return "edited"
    if PHOTO.match(text, one.group[1]) or not WRITES.search(title) or "摄影" in title:
        return "other"
    return "author"


def author_of(sentence: Sentence, author: str | None, sentences: Sequence[Sentence]) -> tuple[str, Span, Span] | None:
    """The author and the office that a line gives to the author.

    Args:
        sentence: A sentence with the word 作者.
        author: The author as the page's metadata has it.
        sentences: All sentences, for 作者：张三 in one of them.

    Returns:
        The person, where the office stands, and the words that state it.
    """
    match = AUTHOR.search(sentence.text)
    person = author or _named(sentences)
    if match is None or not person:
        return None
    stretch = POSITION.match(sentence.text, match.end())
    ends = [end for _, end in find_offices(sentence.text) if stretch and match.end() < end <= stretch.end()]
    if not ends:
        return None
    return "".join(person.split()), (match.end(), ends[-1]), (match.start(), ends[-1])


def _named(sentences: Sequence[Sentence]) -> str | None:
    for sentence in sentences:
        match = AUTHOR_NAMED.search(sentence.text) if "作者" in sentence.text else None
        name = name_at(sentence.text, match.end()) if match else None
        if name is not None:
            return name.text
    return None
