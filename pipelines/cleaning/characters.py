"""White space and invisible characters: what counts as which, and how a run of pieces is tidied.

Belongs here: characters that are seen as nothing or as a gap. Does not belong here: characters that are replaced by
others (`repairs.py`).
"""

import re
from collections.abc import Iterable, Iterator

from pipelines.cleaning.offsets import Piece

# Pages pad with no-break spaces, Chinese typesetting with ideographic ones; both only separate. One for one, so offsets
# stay.
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Zero-width characters, joiners, direction marks, soft hyphens and control characters: seen as nothing, they split
# words and numbers for a program. U+FEFF is the byte-order mark, and what is left of one in the middle of a text.
INVISIBLE = (
    "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1f\x7f\u00ad\u034f\u061c\u180e"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
_UNUSUAL = re.compile(f"[{SPACES}{LINE_ENDS}]")
_WORD = re.compile(rf"[^ \t\n{INVISIBLE}]+")
HAS_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# What a terminal takes for a colour or a movement (ESC[31m), as it stands in text that was saved from one.
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[()][0-9A-B])")
_HAN_EDGE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def unify_spaces(text: str) -> str:
    r"""Every space as a plain one, every line end as a line feed, terminal codes as nothing; character for character.

    >>> unify_spaces("昆山\u3000太仓\r\n")
    '昆山 太仓\n\n'
    >>> unify_spaces("\x1b[31m5%\x1b[0m").strip(INVISIBLE)
    '5%'
    """
    if "\x1b" in text:
        text = _TERMINAL.sub(lambda code: "\x1b" * len(code[0]), text)
    # Searching for the class and replacing what occurs is ten times faster than looking at each character in Python.
    for character in set(_UNUSUAL.findall(text)):
        text = text.replace(character, " " if character in SPACES else "\n")
    return text


def tidy(pieces: list[Piece]) -> list[Piece]:
    r"""Pieces of one block without invisible characters and outer white space, each inner gap as one space.

    A gap that holds a tab stays a tab, which separates cells. A line feed between Chinese characters is how an editor
    wrapped the line: it goes without a trace.

    >>> tidy([("  GDP  5000\u200b亿元 ", 7, 22)])
    [('GDP ', 9, 13), ('5000', 14, 18), ('亿元', 19, 21)]
    """
    text = unify_spaces("".join(piece[0] for piece in pieces))
    # Runs of characters that stay, each with the offset of its first one; a run ends where something is dropped.
    runs: list[tuple[int, list[str]]] = []
    run_end = word_end = -1
    for word in _WORD.finditer(text):
        start = word.start()
        if word_end >= 0 and (gap := text[word_end:start].strip(INVISIBLE)):
            wrapped = "\n" in gap and _HAN_EDGE.match(text[word_end - 1]) and _HAN_EDGE.match(text[start])
            if not wrapped:
                space = text.index(gap, word_end)
                if space != run_end:
                    runs.append((space, []))
                runs[-1][1].append("\t" if "\t" in gap else " ")
                run_end = space + 1
        if start != run_end:
            runs.append((start, []))
        runs[-1][1].append(word[0])
        run_end = word_end = word.end()
    return list(_slices(pieces, [(start, "".join(parts)) for start, parts in runs]))


def _slices(pieces: Iterable[Piece], shown: Iterable[tuple[int, str]]) -> Iterator[Piece]:
    """Parts of pieces, each by its offset in their joined text and the characters that it shows; one pass over both."""
    rest = iter(pieces)
    text, raw, raw_end = next(rest, ("", 0, 0))
    position = 0
    for start, characters in shown:
        end = start + len(characters)
        at = start
        while at < end:
            while position + len(text) <= at:
                position += len(text)
                text, raw, raw_end = next(rest)
            last = min(end, position + len(text))
            corresponds = raw_end - raw == len(text)
            span = (raw + at - position, raw + last - position) if corresponds else (raw, raw_end)
            yield characters[at - start : last - start], *span
            at = last
