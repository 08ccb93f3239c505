"""Which part of the page a block belongs to: body, related snippets of other documents, or the site's boilerplate.

Belongs here: the order in which evidence is weighed. Does not belong here: furniture's patterns (furniture.csv), labels
(`labels.py`), snippets (`related.py`), headings (`headings.py`) and the title (`titles.py`). In doubt a block stays in
the body: a fact that is lost is worse than a line of furniture that is read, for that holds no number that means
anything.
"""

import re
from dataclasses import dataclass, field

from pipelines.cleaning.furniture import Furniture, match, match_anywhere, match_parts
from pipelines.cleaning.labels import MAX_LINE, Statement, statements, unlabelled, with_next_lines
from pipelines.cleaning.page import Page
from pipelines.cleaning.related import mark_headlines, mark_related
from schemas.documents import Block

# A line of prose is at least that long and holds the end of a sentence.
_PROSE_LENGTH = 30
_SENTENCE = re.compile(r"[。！；]")
# Where a page has no prose (a table, a list of links), furniture is looked for in that many lines at each end.
_EDGE_LINES = 40
_CLOSED = re.compile(r"[。！？!?；;…：:][”’」』）)]*$")
# What a line below a headline states.
_OF_THE_PAGE = frozenset(("published", "publisher"))
_CRUMB_SIGN = re.compile(r"[>›»→]{1,2}")
_HOME = re.compile(r"(?:网站|返回)?(?:首页|主页)")
_MAX_CRUMB = 16
_BARE_TIME = re.compile(
    r"[\[(（]?(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?"
)
# (来源：…) ends a document; what follows, were it prose, is the site speaking of itself.
_END_MARK = re.compile(r"[(（]\s?(?:来源|稿源|转自|原载|信息来源|稿件来源|文章来源)\s?[:：].{2,60}[)）]")
_END_KINDS = frozenset(("copyright", "snapshot", "qr_code", "contact", "advertisement", "related_marker"))
_MAX_AFTER_END = 3
# Between two pieces of furniture below the document, a short line that is no sentence is a piece as well.
_BETWEEN = re.compile(r"[^。！？；]{1,60}")
_MAX_BETWEEN = 3
_MAX_PROSE_IN_REGIONS = 0.4


@dataclass(slots=True)
class Layout:
    """A page while its blocks are judged.

    Attributes:
        texts: the clean text of each block.
        blocks: the blocks, whose section and kind are filled in.
        regions: what the markup says, by number of the block.
        first_prose: number of the first block of prose.
        last_prose: number of the last one.
        stated: what the lines of the page state about it.
        marked: the furniture row of each block that one reads.
    """

    texts: list[str]
    blocks: list[Block]
    regions: dict[int, str]
    first_prose: int = 0
    last_prose: int = 0
    stated: list[Statement] = field(default_factory=list)
    marked: dict[int, Furniture] = field(default_factory=dict)

    def head(self) -> range:
        """Numbers of the blocks above the prose."""
        return range(min(self.first_prose, len(self.texts)))

    def tail(self) -> range:
        """Numbers of the blocks below the prose."""
        return range(max(self.last_prose + 1, len(self.head())), len(self.texts))

    def mark(self, number: int, row: Furniture) -> None:
        """Say that a block is a piece of furniture."""
        self.marked[number] = row
        block = self.blocks[number]
        if row.kind == "credit":
            # Credits stay readable: they say who wrote and edited.
            block.kind = "credit"
            return
        block.section = "boilerplate"
        if row.kind == "caption":
            block.kind = "caption"

    def set_metadata(self, number: int) -> None:
        """Say that a block states something about the page."""
        self.blocks[number].kind = "metadata"
        self.blocks[number].section = "boilerplate"

    def is_free(self, number: int) -> bool:
        """Whether nothing has been said about a block yet."""
        block = self.blocks[number]
        return block.section == "body" and block.kind not in ("credit", "metadata") and number not in self.marked

    def is_breadcrumb(self, number: int) -> bool:
        """Whether a block says where in its site the page stands."""
        return number in self.marked and self.marked[number].name in ("breadcrumb", "breadcrumb-trail")

    def is_prose(self, number: int) -> bool:
        """Whether a block is a paragraph of the document itself."""
        text = self.texts[number]
        return len(text) >= _PROSE_LENGTH and _SENTENCE.search(text) is not None and self.is_free(number)


def judge(page: Page, clean_text: str) -> Layout:
    """Give every block of a page its section and kind; returns the layout, with what the page states."""
    layout = Layout(clean_text.split("\n"), page.builder.blocks, page.regions)
    _trust_regions(layout)
    for number, row in match_anywhere(clean_text, layout.blocks):
        layout.mark(number, row)
    _find_prose(layout)
    mark_related(layout.texts, layout.blocks, layout.marked, layout.regions, layout.last_prose)
    # Snippets can look like prose, so the ends of the prose are only known without them.
    _find_prose(layout)
    _find_edges(layout)
    _find_breadcrumbs(layout)
    _find_above_breadcrumb(layout)
    _find_beside(layout, [*layout.head()], 1)
    _find_beside(layout, [*layout.tail()], 1)
    _find_beside(layout, [*reversed(layout.head())], -1)
    _find_beside(layout, [*reversed(layout.tail())], -1)
    _find_between(layout)
    mark_headlines(layout.texts, layout.blocks, layout.tail(), layout.is_free)
    return layout


def _trust_regions(layout: Layout) -> None:
    """Believe what the markup says of parts of the page, unless it says so of most of the prose."""
    prose = [number for number in range(len(layout.texts)) if layout.is_prose(number)]
    inside = sum(len(layout.texts[number]) for number in prose if number in layout.regions)
    if inside > _MAX_PROSE_IN_REGIONS * sum(len(layout.texts[number]) for number in prose):
        layout.regions.clear()
    for number, region in layout.regions.items():
        layout.blocks[number].section = "related" if region == "related" else "boilerplate"


def _find_prose(layout: Layout) -> None:
    """Where the prose of the page begins and ends; furniture and related snippets are none."""
    count = len(layout.texts)
    first = next(
        (
            number
            for number in range(count)
            if layout.is_prose(number) and not _at_edge(layout, number, "head") and not _is_headline(layout, number)
        ),
        None,
    )
    if first is None:
        layout.first_prose, layout.last_prose = min(_EDGE_LINES, count), max(count - _EDGE_LINES, -1)
        return
    layout.first_prose = first
    # From below, as far as the last lines that can be the site's own.
    after: list[int] = []
    last = first
    for number in range(count - 1, first, -1):
        if layout.is_prose(number) and not _at_edge(layout, number, "tail"):
            after.append(number)
            if len(after) > _MAX_AFTER_END:
                break
    if after:
        last = after[0]
    # Below a mark that ends the document, a few lines of prose are the site's.
    for place, number in enumerate(after[:_MAX_AFTER_END]):
        above = after[place + 1] if place + 1 < len(after) else first
        if any(_ends_document(layout, between) for between in range(above + 1, number)):
            last = above
    layout.last_prose = last


def _is_headline(layout: Layout, number: int) -> bool:
    """Whether a long line with an exclamation in it stands right above what the page states of itself.

    四城携手！第三次联席会议召开 签约23个项目|2025年4月18日 16:52 来源：某报
    """
    if number + 1 >= len(layout.texts) or _CLOSED.search(layout.texts[number]):
        return False
    below = layout.texts[number + 1]
    stated = statements(below, number + 1, edge=True) or unlabelled(below, number + 1)
    return any(statement.field in _OF_THE_PAGE for statement in stated)


def _at_edge(layout: Layout, number: int, edge: str) -> bool:
    """Whether a line that looks like prose is furniture of an edge."""
    return match(layout.texts[number], ("edge", edge)) is not None


def _ends_document(layout: Layout, number: int) -> bool:
    if (row := layout.marked.get(number)) is not None:
        return row.kind in _END_KINDS
    text = layout.texts[number]
    return text[0] in "(（" and len(text) <= MAX_LINE and _END_MARK.fullmatch(text) is not None


def _find_edges(layout: Layout) -> None:
    """Furniture and labels that hold above and below the prose, and labels that hold anywhere."""
    head, tail = layout.head(), layout.tail()
    for numbers, edge in ((head, "head"), (tail, "tail")):
        for number in numbers:
            text = layout.texts[number]
            if number in layout.marked or layout.blocks[number].section == "related":
                continue
            if row := match(text, ("edge", edge)) or match_parts(text, ("edge", edge, "line")):
                layout.mark(number, row)
            elif layout.is_free(number) and _BARE_TIME.fullmatch(text):
                layout.set_metadata(number)
    for number, text in enumerate(layout.texts):
        if len(text) > MAX_LINE or layout.blocks[number].section == "related":
            continue
        row = layout.marked.get(number)
        if row is not None and (row.kind in ("related_marker", "advertisement") or row.name == "author-is"):
            continue
        at_edge = number in head or number in tail or text[0] in "(（"
        found = statements(text, number, edge=at_edge)
        if not found and at_edge and layout.is_free(number):
            found = unlabelled(text, number)
        if found:
            _state(layout, number, with_next_lines(found, layout.texts))


def _state(layout: Layout, number: int, found: list[Statement]) -> None:
    """Keep what a line states, and mark it, and the next line where the value stands there."""
    layout.stated.extend(found)
    if all(statement.field == "credit" for statement in found) and layout.blocks[number].section == "body":
        layout.blocks[number].kind = "credit"
        return
    layout.set_metadata(number)
    if number + 1 < len(layout.texts) and any(
        # The title stays readable: it states facts as well as any line.
        statement.value == layout.texts[number + 1] and statement.field != "title"
        for statement in found
    ):
        layout.set_metadata(number + 1)


def _find_breadcrumbs(layout: Layout) -> None:
    """A breadcrumb over several lines: words and signs by turns, from 首页 or 当前位置 on."""
    texts = layout.texts
    number = 0
    while number < len(layout.head()):
        if not (_HOME.fullmatch(texts[number]) or layout.is_breadcrumb(number)):
            number += 1
            continue
        last = number
        for after in range(number + 1, min(number + 20, len(texts))):
            if _CRUMB_SIGN.fullmatch(texts[after]) and after + 1 < len(texts):
                last = after + 1
            elif after > last + 1:
                break
        crumbs = set(texts[number : last + 1])
        # 首页 > 要闻 / 要闻: the name of the column is repeated as a heading.
        while (
            number < last < layout.first_prose - 1 and texts[last + 1] in crumbs and len(texts[last + 1]) <= _MAX_CRUMB
        ):
            last += 1
        for crumb in range(number, last + 1):
            layout.blocks[crumb].section = "boilerplate"
        number = last + 1


def _find_above_breadcrumb(layout: Layout) -> None:
    """Slogans of the site stand above the breadcrumb; a title that comes again below, and any digit, stay."""
    crumb = next((number for number in layout.head() if layout.is_breadcrumb(number)), 0)
    below = set(layout.texts[crumb + 1 : crumb + 20])
    if not any(layout.is_free(number) for number in range(crumb + 1, layout.first_prose)):
        # A breadcrumb between the title and the prose.
        return
    for number in range(crumb):
        text = layout.texts[number]
        if layout.is_free(number) and text not in below and not any(character.isdigit() for character in text):
            layout.blocks[number].section = "boilerplate"


def _find_beside(layout: Layout, numbers: list[int], step: int) -> None:
    """Words that are furniture only next to other furniture, in one direction until something else comes."""
    for number in numbers:
        before = number - step
        if (
            0 <= before < len(layout.texts)
            and layout.blocks[before].section == "boilerplate"
            and layout.is_free(number)
            and (row := match(layout.texts[number], ("beside",)))
        ):
            layout.mark(number, row)


def _find_between(layout: Layout) -> None:
    """What stands between two pieces of furniture: below the document short lines, above it the items of a menu."""
    blocks = layout.blocks
    for numbers, is_head in ((layout.head(), True), (layout.tail(), False)):
        before: int | None = None
        for number in numbers:
            if blocks[number].section == "boilerplate" and number in layout.marked:
                if before is not None and 1 < number - before <= _MAX_BETWEEN + 1:
                    between = range(before + 1, number)
                    if all(
                        layout.is_free(n)
                        and _BETWEEN.fullmatch(layout.texts[n])
                        and (not is_head or blocks[n].kind == "list_item")
                        for n in between
                    ):
                        for n in between:
                            blocks[n].section = "boilerplate"
                before = number
            elif blocks[number].section == "related":
                before = None
