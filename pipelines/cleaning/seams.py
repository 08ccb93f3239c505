"""Line feeds inside of sentences: what tore a sentence, and closing the seam without moving a character.

Belongs here: plain text whose lines are not its paragraphs. Does not belong here: elements (`markup.py`) or line feeds
inside of one (`characters.py`). A seam is closed by an invisible character of the same length, which tidying drops.
"""

import re
from collections import Counter

SEAM = "\x00"
# A subscript or superscript element comes out as a line of its own: 细颗粒物PM / 2.5 / 平均浓度下降.
_SUBSCRIPT = re.compile(r"(?<=[A-Za-z])[ ]?(\n{1,3})[ ]?\d(?:\.\d)?[ ]?(\n{1,3})[ ]?(?=[\u4e00-\u9fff，。、（])")
# An opening bracket in an element of its own: （ / 三）推进科技创新.
_OPENING = re.compile(r"(?<=\n)[（(《“](\n{1,3})[ ]*(?=[\u4e00-\u9fffA-Za-z0-9])")
# Fixed-width text: at least that many lines, of that width at most; that share of them full or at the end of a
# paragraph.
_MIN_LINES, _MIN_WIDTH, _MAX_WIDTH, _MIN_SHARE = 8, 18, 60, 0.9
_ENDS = "。！？；：!?;:”）》】…"
_NUMERALS = "[一二三四五六七八九十]{1,3}"
_BEGINS = re.compile(
    rf"[ ]{{2,}}|{_NUMERALS}、|（{_NUMERALS}）|第{_NUMERALS}[章节条部]|\d{{1,2}}[.、．](?!\d)|[-*•·●◆■▲]"
)


def close_seams(text: str) -> tuple[str, int]:
    r"""Text of the same length whose torn lines are whole, and the number of seams closed.

    >>> close_seams("平均PM\n2.5\n浓度下降")
    ('平均PM\x002.5\x00浓度下降', 2)
    >>> close_seams("单位\n亿元\n2.5\n增速")
    ('单位\n亿元\n2.5\n增速', 0)
    """
    seams = [span for found in _SUBSCRIPT.finditer(text) for span in (found.span(1), found.span(2))]
    seams += [found.span(1) for found in _OPENING.finditer(text)]
    if not seams:
        seams = _wrapped(text)
    if not seams:
        return text, 0
    parts, position = [], 0
    for start, end in sorted(seams):
        parts += [text[position:start], SEAM * (end - start)]
        position = end
    return "".join((*parts, text[position:])), len(seams)


def _wrapped(text: str) -> list[tuple[int, int]]:
    """Line ends of text that was broken at a fixed width: its lines are full, or end a paragraph."""
    # Most texts have a long line somewhere, or mostly short ones, which settles it at once.
    if len(text) > _MAX_WIDTH * (text.count("\n") + 1):
        return []
    lines = text.split("\n")
    lengths = list(map(len, lines))
    if max(lengths) > 2 * _MAX_WIDTH or sum(map(_MIN_WIDTH.__le__, lengths)) < sum(map(bool, lengths)) / 3:
        return []
    widths = [_width(line) for line in lines]
    written = [width for width in widths if width]
    if len(written) < _MIN_LINES:
        return []
    full = max(written)
    common = Counter(round(width) for width in written)
    near_full = sum(count for width, count in common.items() if width >= full - 2)
    if not _MIN_WIDTH <= full <= _MAX_WIDTH or near_full < len(written) / 3:
        return []
    fits = sum(
        1
        for line, width in zip(lines, widths, strict=True)
        if width and (width >= full - 2 or line.rstrip()[-1] in _ENDS or _BEGINS.match(line))
    )
    if fits < _MIN_SHARE * len(written):
        return []
    seams, position = [], 0
    for line, after, width in zip(lines, lines[1:], widths, strict=False):
        end = position + len(line)
        if width >= full - 2 and after.strip() and line.rstrip()[-1] not in _ENDS and not _BEGINS.match(after):
            seams.append((end, end + 1))
        position = end + 1
    return seams


def _width(line: str) -> float:
    """Width on a screen, in Chinese characters."""
    line = line.rstrip()
    return sum(1.0 if character > "\u2e80" or character in "—…“”‘’·" else 0.5 for character in line)
