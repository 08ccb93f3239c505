"""HTML, and text files that hold HTML: elements into blocks, tables into rows, meta elements into what the page states.

Belongs here: what elements mean for reading. Does not belong here: finding tags (`tokens.py`), rows and cells
(`tables.py`), or which blocks are content (`sections.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.cleaning.characters import tidy, unify_spaces
from pipelines.cleaning.furniture import region_of
from pipelines.cleaning.page import Draft, Page
from pipelines.cleaning.tables import Table
from pipelines.cleaning.tokens import Tag, Text, tokens
from schemas.documents import BlockKind

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol option p pre section summary table
    tbody td tfoot th thead tr ul
"""
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_BLOCKS, _VOID = frozenset(_BLOCK_NAMES.split()), frozenset(_VOID_NAMES.split())
_BREAKS = frozenset(("br", "hr"))
_KINDS: dict[str, BlockKind] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "list_item",
    "figcaption": "caption",
}
# A tag that text files hold when they were cut out of a page.
_TAG = re.compile(
    r"</?(?:p|div|br|table|tr|td|th|span|h[1-6]|li|ul|ol|body|html|font|a|img|strong|b|section)(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
_ENOUGH_TAGS = 3
_NAMES = re.compile(r"""\b(?:class|id)\s?=\s?["']?([^"'>]{1,200})""", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LINE_END = re.compile(r"[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")


def holds_markup(text: str) -> bool:
    """Whether a text file holds enough tags to be read as HTML."""
    return (
        "<" in text and sum(1 for _, _ in zip(range(_ENOUGH_TAGS), _TAG.finditer(text), strict=False)) >= _ENOUGH_TAGS
    )


def read_markup(raw: str, page: Page, start: int = 0) -> Iterator[Draft]:
    """The blocks of a text with elements, in order, tidied; what the page states goes to `page.stated`."""
    walker = _Walker(page)
    for token in tokens(raw, start):
        if isinstance(token, Text):
            walker.text(token)
        elif token.closes:
            walker.close(token)
        else:
            walker.open(token)
        if walker.done:
            yield from walker.take()
    walker.finish()
    yield from walker.take()


@dataclass(slots=True)
class _Walker:
    """Walks the tokens: which elements are open, what is collected for the block in the making."""

    page: Page
    done: list[Draft] = field(default_factory=list)
    _draft: Draft = field(default_factory=lambda: Draft([]))
    # Open elements: name, and the part of the page they belong to.
    _open: list[tuple[str, str | None]] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _depth: int = 0
    _tables: list[Table] = field(default_factory=list)

    def take(self) -> list[Draft]:
        """The blocks that are complete."""
        done, self.done = self.done, []
        return done

    def text(self, token: Text) -> None:
        """Text belongs to the block in the making, or to the title of the page."""
        if self._counts.get("title"):
            self.page.stated.setdefault("title_element", "")
            self.page.stated["title_element"] += unify_spaces(token.text)
        elif self._counts.get("head"):
            return
        elif self._depth or token.end - token.start != len(token.text):
            # 生产总值<sup>2</sup>286.3亿元 is not 2286.3, and km<sup>2</sup> is no kilometre
            text = (
                token.text.translate(_RAISED)
                if self._counts.get("sup") and token.text.strip().isdigit()
                else token.text
            )
            self._draft.pieces.append((text, token.start, token.end))
        else:
            self._loose(token)

    def open(self, tag: Tag) -> None:
        """An element begins: a block element ends the block before it."""
        if tag.name == "meta":
            _meta(tag.attributes(), self.page.stated)
        elif tag.name == "time" and "datetime" in tag.rest:
            self.page.stated.setdefault("time_element", tag.attributes().get("datetime", ""))
        elif tag.name == "link" and "canonical" in tag.rest:
            self.page.stated.setdefault("canonical", tag.attributes().get("href", ""))
        if tag.name in _BREAKS or tag.name in _BLOCKS:
            self._flush()
        if tag.name in _VOID or tag.rest.endswith("/"):
            return
        if tag.name == "table":
            self._tables.append(Table())
        elif self._tables and tag.name == "tr":
            self._tables[-1].new_row()
        elif self._tables and tag.name in ("td", "th"):
            attributes = tag.attributes() if "span" in tag.rest else {}
            self._tables[-1].new_cell(tag.start, attributes.get("colspan", ""), attributes.get("rowspan", ""))
        self._push(tag)

    def close(self, tag: Tag) -> None:
        """An element ends, and all that are open inside of it."""
        if tag.name in _BLOCKS:
            self._flush()
        if not self._counts.get(tag.name):
            return
        name = ""
        while name != tag.name:
            name, _ = self._open.pop()
            self._counts[name] -= 1
            self._depth -= name in _BLOCKS
            if name == "table":
                self._end_table()

    def finish(self) -> None:
        """The page ends, and all that is open."""
        self._flush()
        while self._tables:
            self._end_table()

    def _push(self, tag: Tag) -> None:
        name = tag.name
        region = self._open[-1][1] if self._open else None
        if name in ("nav", "footer"):
            region = "boilerplate"
        elif region is None and name in _BLOCKS and (named := _NAMES.findall(tag.rest)):
            region = next(filter(None, map(region_of, named)), None)
        self._open.append((name, region))
        self._counts[name] = self._counts.get(name, 0) + 1
        self._depth += name in _BLOCKS

    def _loose(self, token: Text) -> None:
        """Text outside of any block element: a line feed ends a block, as in plain text."""
        position = token.start
        for index, line in enumerate(_LINE_END.split(token.text)):
            if index:
                self._flush()
            if line:
                self._draft.loose = True
                self._draft.pieces.append((line, position, position + len(line)))
            position += len(line) + 1

    def _flush(self) -> None:
        draft, self._draft = self._draft, Draft([])
        draft.pieces = tidy(draft.pieces)
        if not draft.pieces:
            return
        draft.region = self._open[-1][1] if self._open else None
        for name, _ in reversed(self._open[-4:]):
            if name in _KINDS:
                draft.kind = _KINDS[name]
                break
        if self._tables:
            self._tables[-1].add(draft)
        else:
            self.done.append(draft)

    def _end_table(self) -> None:
        drafts = self._tables.pop().drafts()
        if self._tables:
            self._tables[-1].add_nested(drafts)
        else:
            self.done.extend(drafts)


# Names of meta elements by field, the one that is meant for it most first.
_META_FIELDS = {
    "title": ("articletitle", "og:title", "dc.title"),
    "published": (
        "publishdate",
        "pubdate",
        "article:published_time",
        "og:published_time",
        "og:release_date",
        "dc.date",
        "dc.date.issued",
        "publish_time",
        "datepublished",
        "date",
    ),
    "publisher": ("contentsource", "source", "article:publisher", "og:site_name", "dc.source", "sitename"),
    "author": ("author", "article:author", "og:article:author", "dc.creator"),
    "canonical": ("og:url",),
}
_FIELD_OF = {name: (field_name, rank) for field_name, names in _META_FIELDS.items() for rank, name in enumerate(names)}


def _meta(attributes: dict[str, str], stated: dict[str, str]) -> None:
    """Keep what a meta element states; where several state the same, the one that is meant for it most wins."""
    name = (attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or "").strip().lower()
    content = attributes.get("content", "").strip()
    if not content or name not in _FIELD_OF:
        return
    field_name, rank = _FIELD_OF[name]
    best = stated.get(f"{field_name}_rank", "99")
    if rank < int(best):
        stated[field_name], stated[f"{field_name}_rank"] = content, str(rank)
