"""Markdown: the signs of headings, lists, tables, emphasis and links leave the text, and say what a line is.

Belongs here: signs that one line carries, and front matter. Does not belong here: elements of HTML inside of Markdown
(`markup.py`). Numbers of ordered lists stay: they number tasks and measures.
"""

import re
from collections.abc import Iterable, Iterator

from pipelines.cleaning.characters import tidy
from pipelines.cleaning.offsets import Piece
from pipelines.cleaning.page import Draft

_HEADING = re.compile(r"#{1,6}[ \t]+|#{1,6}$")
# - 2.3% alone in its line is a fall
_BULLET = re.compile(r"(?:[-*+])[ \t]+(?!\d[\d.]*\s?[%％]?$)(?:\[[ xX]\][ \t]+)?")
_NUMBERED = re.compile(r"\d{1,4}[.)、．]")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_RULE = re.compile(r"(?:[-*_][ \t]?){3,}|=+|(?:```|~~~).*|\[[^\]\n]{1,50}\]:\s*\S+")
_DELIMITERS = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
# Images show nothing that can be read; of links, strong and emphasised words the words stay. Underscores count between
# spaces only: file_name is one word.
_INLINE = re.compile(
    r"(?P<image>!\[[^\]\n]{0,500}\]\([^()\s]{0,2000}(?:\s[^()\n]{0,200})?\))"
    r"|\[(?P<link>[^\[\]\n]{1,500})\](?P<target>\([^()\s]{0,2000}(?:\s[^()\n]{0,200})?\))"
    r"|(?P<sign>\*{1,3}|~~|`{1,3})(?=\S)(?P<strong>[^*~`\n]{1,1000})(?<=\S)(?P=sign)"
    r"|(?<![\w])(?P<under>_{1,2})(?=\S)(?P<words>[^_\n]{1,1000})(?<=\S)(?P=under)(?![\w])"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!|~>-])"
)
# ## 二、资源富集, **石油**：, |---|---|: signs that nobody writes who does not write Markdown
_SIGN = re.compile(
    r"^#{1,6}[ \t]+[^\s#][^\n]*$|\*\*(?=[^\s*])[^*\n]{1,60}(?<=[^\s*])\*\*|^\|?[ \t]*:?-{3,}:?[ \t]*\|[-|: \t]*$", re.M
)
_LEAST_SIGNS = 2
_PIPE = re.compile(r"(?<!\\)\|")


def holds_marks(text: str) -> bool:
    r"""Whether a text of no stated format is Markdown: whether it holds more than one sign of it.

    Args:
        text: The text of a document.

    Examples:
        >>> holds_marks("# 某县概况\n**面积**：5088平方公里"), holds_marks("#我爱家乡# **")
        (True, False)
    """
    return sum(1 for _ in zip(_SIGN.finditer(text), range(_LEAST_SIGNS), strict=False)) == _LEAST_SIGNS


def read_marks(lines: Iterable[Draft]) -> Iterator[Draft]:
    """Lines without Markdown's signs, tidied; lines that came out of an element are left as they are."""
    for draft in lines:
        text, start, end = draft.pieces[0]
        # Several pieces, or one that stands for a character reference: there was markup in the line.
        if not draft.loose or len(draft.pieces) > 1 or end - start != len(text):
            yield Draft(tidy(draft.pieces), draft.kind, draft.region)
            continue
        kind = draft.kind
        stripped = text.strip()
        offset = start + text.index(stripped)
        if quoted := _QUOTE.match(stripped):
            stripped, offset = stripped[quoted.end() :], offset + quoted.end()
        if _RULE.fullmatch(stripped) or (_DELIMITERS.fullmatch(stripped) and "-" in stripped):
            continue
        if stripped.startswith("|") or (stripped.endswith("|") and len(_PIPE.findall(stripped)) > 1):
            yield Draft(_cells(stripped, offset), kind="table_row", region=draft.region)
            continue
        for sign, said in ((_HEADING, "heading"), (_BULLET, "list_item")):
            if found := sign.match(stripped):
                stripped, offset = stripped[found.end() :], offset + found.end()
                kind = "heading" if said == "heading" else "list_item"
                break
        else:
            kind = "list_item" if _NUMBERED.match(stripped) else kind
        if kind == "heading":
            stripped = stripped.rstrip("# \t") or stripped
        yield Draft(tidy(_inline(stripped, offset)), kind=kind, region=draft.region)


def _cells(text: str, offset: int) -> list[Piece]:
    """A row of a pipe table: cells separated by tabs, without the outer pipes."""
    pieces: list[Piece] = []
    tabs, position = 0, 0
    for cell in _PIPE.split(text):
        shown = tidy(_inline(cell, offset + position))
        if shown:
            if tabs and pieces:
                pieces.append(("\t" * tabs, pieces[-1][2], shown[0][1]))
            elif tabs > 1:
                pieces.append(("\t" * (tabs - 1), offset, shown[0][1]))
            pieces.extend(shown)
            tabs = 0
        position += len(cell) + 1
        tabs += 1
    return pieces


def _inline(text: str, offset: int) -> list[Piece]:
    """The pieces of a line that stay: what emphasis, links and escapes enclose."""
    pieces: list[Piece] = []
    position = 0
    for found in _INLINE.finditer(text):
        pieces.append((text[position : found.start()], offset + position, offset + found.start()))
        group = (
            found.lastgroup
            if found["image"]
            else next(g for g in ("link", "strong", "words", "escaped", "image") if found[g])
        )
        if group and group != "image":
            pieces.append((found[group], offset + found.start(group), offset + found.end(group)))
        position = found.end()
    pieces.append((text[position:], offset + position, offset + len(text)))
    return [piece for piece in pieces if piece[0]]
