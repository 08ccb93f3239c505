"""HTML into tokens with exact offsets, in one pass whatever the input.

The standard library's `html.parser` takes quadratic time on unclosed tags and comments (48 KB of `<a ` keep it busy for
half a minute) and gives lines and columns, so the tokens are found here: tags, comments, character references, text.
Belongs here: where a token starts and ends. Does not belong here: what an element means (`markup.py`).
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

# Possessive quantifiers, and values in quotes that stop at `<`: no start is scanned further than the next tag.
_TOKEN = re.compile(
    r"""<!--
    | <(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)(?P<rest>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>
    | <(?P<close2>/?)(?P<name2>[A-Za-z][A-Za-z0-9:-]*+)(?P<rest2>[^<>]*+)>
    | <[!?/][^<>]*+>
    | &(?:\#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,7});?|(?P<entity>[A-Za-z][A-Za-z0-9]{0,40});?)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/>"']++)\s*+(?:=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
# Elements whose content is no text: skipped up to their end.
_OPAQUE = frozenset(
    ("script", "style", "template", "svg", "select", "button", "textarea", "iframe", "object", "noframes", "map")
)
# Names that HTML knows without a semicolon, longest first.
_BARE = tuple(sorted((name for name in html5 if not name.endswith(";")), key=len, reverse=True))


class Tag(NamedTuple):
    """A tag: its name in lower case, whether it closes, where it stands and what its attributes say."""

    name: str
    closes: bool
    start: int
    end: int
    rest: str

    def attributes(self) -> dict[str, str]:
        """Attributes by lower-case name, character references resolved."""
        found = _ATTRIBUTE.findall(self.rest)
        return {name.lower(): unescape(value.strip("\"'")) for name, value in reversed(found)}


class Text(NamedTuple):
    """A run of text, or one character reference as the characters that it stands for."""

    text: str
    start: int
    end: int


def tokens(raw: str, start: int = 0) -> Iterator[Tag | Text]:
    """Tags and texts from an offset on, without comments, declarations and the content of scripts and controls.

    >>> [token.text for token in tokens("<p>GDP &gt; 5<!-- 6 --></p>") if isinstance(token, Text)]
    ['GDP ', '>', ' 5']
    """
    position = start
    # What was looked for in vain is not looked for again: else many unclosed comments take quadratic time.
    unclosed: set[str] = set()
    while match := _TOKEN.search(raw, position):
        if match.start() > position:
            yield Text(raw[position : match.start()], position, match.start())
        position = match.end()
        name = match["name"] or match["name2"]
        if name:
            rest = (match["rest"] or match["rest2"] or "").strip()
            tag = Tag(name.lower(), bool(match["close"] or match["close2"]), match.start(), position, rest)
            yield tag
            if tag.name in _OPAQUE and not tag.closes and not tag.rest.endswith("/"):
                position = _end_of(raw, tag.name, position, unclosed)
        elif raw.startswith("<!--", match.start()):
            end = raw.find("-->", position) if "<!--" not in unclosed else -1
            if end < 0:
                unclosed.add("<!--")
            else:
                position = end + 3
        elif raw[match.start()] == "&":
            shown, position = _reference(match)
            yield Text(shown, match.start(), position)
    if position < len(raw):
        yield Text(raw[position:], position, len(raw))


def _end_of(raw: str, name: str, position: int, unclosed: set[str]) -> int:
    """Where the end tag of an opaque element starts; scripts and styles without one reach to the end of the page."""
    if name not in unclosed:
        if match := re.compile(rf"</{name}\b", re.IGNORECASE).search(raw, position):
            return match.start()
        unclosed.add(name)
    return len(raw) if name in ("script", "style") else position


def _reference(match: re.Match[str]) -> tuple[str, int]:
    """What a character reference stands for, and where it ends: `&copy2024` is the sign and then a year."""
    entity = match["entity"]
    if entity is None or entity + ";" in html5:
        return unescape(match[0]), match.end()
    for name in _BARE:
        if entity.startswith(name):
            return html5[name], match.start() + 1 + len(name)
    return match[0], match.end()
