"""Automatic numbers of paragraphs: Word keeps 一、 and （一） out of the text, so that they have to be counted again.

Belongs here: the definitions in `numbering.xml` and the counting. Does not belong here: the paragraphs (`docx.py`).
"""

import re
from dataclasses import dataclass, field

from pipelines.reading.archives import parse
from pipelines.reading.limits import Limits

_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACEHOLDER = re.compile(r"%([1-9])")
# Marks that stand close to the text; behind others there is a space.
_CLOSE = "、）)．】」"


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered: format, text with %1 for the number of level 1, and the first number."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted.

    Attributes:
        levels: by abstract list and level.
        lists: the abstract list of each list.
        starts: first numbers that a list has of its own, by list and level.
        styles: list and level of paragraph styles.
    """

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list, as the page shows it; empty for bullets and unknown lists."""
        abstract = self.lists.get(list_id)
        definition = self.levels.get((abstract or "", level))
        if abstract is None or definition is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        own = self.starts.get((list_id, level)) if (list_id, level) not in self._begun else None
        self._begun.add((list_id, level))
        counts[level] = own if own is not None else counts.get(level, definition.start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        if definition.form in ("bullet", "none"):
            return ""

        def number(found: re.Match[str]) -> str:
            shown = int(found[1]) - 1
            other = self.levels.get((abstract, shown), definition)
            return numeral(counts.get(shown, other.start), other.form)

        text = _PLACEHOLDER.sub(number, definition.text)
        return text if not text or text[-1] in _CLOSE else f"{text} "


def numeral(number: int, form: str) -> str:
    """A number in one of Word's formats; in digits where the format is not known.

    >>> numeral(12, "chineseCountingThousand"), numeral(3, "decimalEnclosedCircle"), numeral(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    if form.startswith(("chinese", "japanese", "taiwanese", "ideographDigital")) and 0 < number < 100:
        tens, ones = divmod(number, 10)
        ten = ("十" if tens == 1 else f"{_DIGITS[tens]}十") if tens else ""
        return ten + (_DIGITS[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 40:
        text = ""
        for size, sign in _ROMAN:
            text += sign * (number // size)
            number %= size
        return text if form == "lowerRoman" else text.upper()
    return str(number)


def read_numbering(numbering: bytes, styles: bytes, limits: Limits) -> Numbering:
    """The definitions of lists, and the styles that number their paragraphs.

    Args:
        numbering: the part `word/numbering.xml`, or nothing.
        styles: the part `word/styles.xml`, or nothing.
        limits: how deep the XML may be.
    """
    found = Numbering()
    if numbering:
        _read_lists(numbering, found, limits)
    if styles:
        _read_styles(styles, found, limits)
    return found


def _read_lists(data: bytes, found: Numbering, limits: Limits) -> None:
    abstract = list_id = ""
    level = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal abstract, list_id, level
        said = attributes.get("val", "")
        if name == "abstractNum":
            abstract, list_id = attributes.get("abstractNumId", ""), ""
        elif name == "num":
            abstract, list_id = "", attributes.get("numId", "")
        elif name == "abstractNumId":
            found.lists[list_id] = said
        elif name in ("lvl", "lvlOverride"):
            level = whole(attributes.get("ilvl", ""))
            if abstract:
                found.levels[abstract, level] = Level()
        elif name == "startOverride":
            found.starts[list_id, level] = whole(said)
        elif abstract and (definition := found.levels.get((abstract, level))):
            if name == "start":
                definition.start = whole(said)
            elif name == "numFmt":
                definition.form = said
            elif name == "lvlText":
                definition.text = said

    parse(data, limits, start)


def _read_styles(data: bytes, found: Numbering, limits: Limits) -> None:
    style, level = "", 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal style, level
        if name == "style":
            style, level = attributes.get("styleId", ""), 0
        elif name == "ilvl":
            level = whole(attributes.get("val", ""))
        elif name == "numId" and style:
            found.styles[style] = (attributes.get("val", ""), level)

    parse(data, limits, start)


def whole(text: str) -> int:
    """A small whole number, 0 where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
