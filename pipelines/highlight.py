"""A text with its facts and numbers marked: cut into runs at every edge, each with the facts that it is part of.

Belongs here: cutting. Does not belong here: how a run looks, on a page (`atlas/templates/document.html`) or on a
terminal (`document_view.py`). Facts may overlap in any way: a plan item holds observations, two observations share a
noun. A run simply belongs to several.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

# Of a page of HTML: a tag, the beginning of a comment, a character by its name or number.
TAG = re.compile(
    r"<!--|<(/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]*>|<[!?/][^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);"
)
# Elements that stand on a line of their own, and those that stand apart on one.
LINES = frozenset(("address", "article", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "tr"))
CELLS = frozenset(("td", "th"))
GAP = "\u2003"
BLANK = re.compile(r"\s+")
# Elements whose content is no text of the page either.
HIDDEN = ("script", "style", "head", "template", "noscript")
COMMENT = "!--"
ENDS = {COMMENT: re.compile("-->")} | {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in HIDDEN}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text, from `start` to `end` (exclusive), that `name` stands for.

    Attributes:
        instead: what is read where the characters are markup: a line end for `<br>`, % for `&#37;`.
    """

    start: int
    end: int
    name: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that no edge of a span runs through.

    Attributes:
        text: its words.
        facts: ids of the facts that it is part of, the shortest first: that is the one which it is about most.
        number: position of the number that it is part of; None outside of numbers.
        number_starts: whether that number begins with it.
        markup: whether it is markup of a page rather than words.
        instead: what is read instead of the markup that begins with it.
        first: ids of the facts that begin with it, the longest first.
        last: ids of the facts that end with it, the shortest first.
    """

    text: str
    facts: tuple[str, ...]
    number: int | None
    number_starts: bool
    markup: bool
    instead: str
    first: tuple[str, ...]
    last: tuple[str, ...]


def markup_of(text: str, media_type: str) -> list[Span]:
    """The markup in the text of a page, blank lines between it included; none in a text of another sort.

    >>> [(span.start, span.end) for span in markup_of("<p>a<script>b</script>c<br>", "text/html")]
    [(0, 3), (4, 22), (23, 27)]
    >>> [span.instead for span in markup_of("<tr><td>26<td>5&#37;", "text/html")]
    ['', '', '\u2003', '%']
    """
    if media_type != "text/html":
        return []
    return [span for span in _as_lines(text, _tags(text)) if span.start < span.end]


def _tags(text: str) -> Iterator[Span]:
    """Tags, comments, hidden elements, and characters by their names."""
    position = 0
    # An element that is never closed hides nothing; looking for its end once is enough, however often it is opened.
    open_ended: set[str] = set()
    while tag := TAG.search(text, position):
        position = tag.end()
        if tag[0].startswith("&"):
            if (character := unescape(tag[0])) != tag[0]:
                yield Span(tag.start(), position, "&", character)
            continue
        name = COMMENT if tag[0] == "<!--" else "" if tag[1] else (tag[2] or "").lower()
        if name in ENDS and name not in open_ended:
            end = ENDS[name].search(text, position)
            if end:
                position = end.end()
            else:
                open_ended.add(name)
        yield Span(tag.start(), position, name)


def _as_lines(text: str, tags: Iterable[Span]) -> Iterator[Span]:
    """Tags with what is read in their place, so that lines and cells stay apart and no blank lines are left."""
    position, line_is_empty = 0, True
    for tag in (*tags, Span(len(text), len(text), "")):
        for blank in BLANK.finditer(text, position, tag.start):
            line_end = text.find("\n", blank.start(), blank.end())
            if line_end < 0:
                continue
            if line_is_empty and not text[position : blank.start()].strip():
                yield Span(blank.start(), blank.end(), "")
            else:
                yield Span(blank.start(), line_end, "")
                yield Span(line_end + 1, blank.end(), "")
            position, line_is_empty = blank.end(), True
        line_is_empty = line_is_empty and not text[position : tag.start].strip()
        position = tag.end
        if tag.name in LINES:
            yield replace(tag, instead="" if line_is_empty else "\n")
            line_is_empty = True
        elif tag.name in CELLS:
            yield replace(tag, instead="" if line_is_empty else GAP)
        else:
            yield tag
            line_is_empty = line_is_empty and not tag.instead.strip()


def runs(
    text: str,
    facts: Iterable[Span],
    numbers: Iterable[Span] = (),
    markup: Iterable[Span] = (),
    breaks: Iterable[int] = (),
) -> list[Run]:
    """Cut a text into runs; together they are the text.

    Args:
        text: the raw text.
        facts: what the facts are read from, named by their ids; they may overlap.
        numbers: the numbers, which do not overlap.
        markup: stretches that are no words, which do not overlap.
        breaks: where to cut besides, such as between lines.
    """
    edges = {0, len(text), *(edge for edge in breaks if 0 <= edge <= len(text))}
    layers = [_sorted(layer, len(text)) for layer in (facts, numbers, markup)]
    for layer in layers:
        edges.update(edge for span in layer for edge in (span.start, span.end))
    cuts = sorted(edges)
    covering, counted, hidden = (_covering(cuts, layer) for layer in layers)
    found = []
    for start, end, over, number, tag in zip(cuts, cuts[1:], covering, counted, hidden, strict=False):
        found.append(
            Run(
                text=text[start:end],
                facts=tuple(span.name for span in over),
                number=number[0].start if number else None,
                number_starts=bool(number) and number[0].start == start,
                markup=bool(tag),
                instead=tag[0].instead if tag and tag[0].start == start else "",
                first=tuple(span.name for span in reversed(over) if span.start == start),
                last=tuple(span.name for span in over if span.end == end),
            )
        )
    return found


def _sorted(spans: Iterable[Span], length: int) -> list[Span]:
    """Spans by their start, without what is empty or beyond the text."""
    return sorted(
        (span for span in spans if 0 <= span.start < span.end <= length), key=lambda span: (span.start, span.end)
    )


def _covering(cuts: Sequence[int], spans: Sequence[Span]) -> list[list[Span]]:
    """For each piece between two cuts, the spans over it, the shortest first."""
    over: list[list[Span]] = []
    waiting, active = iter(spans), list[Span]()
    coming = next(waiting, None)
    for start in cuts[:-1]:
        active = [span for span in active if span.end > start]
        while coming is not None and coming.start <= start:
            active.append(coming)
            coming = next(waiting, None)
        over.append(sorted(active, key=lambda span: (span.end - span.start, span.start, span.name)))
    return over
