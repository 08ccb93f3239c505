"""Repairs: faults of characters that are mended one for one, so that offsets stay, and faults that are only noted.

Each repair is one function; its docstring says why the fault happens, with examples of what it mends and what it must
leave alone. Belongs here: characters. Does not belong here: white space and invisible characters (`characters.py`), and
which mistaken characters there are (`schemas/registry/look_alikes.csv`). Nothing is ever added: a lost quotation mark
is noted and stays lost.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from schemas.registry import load_registry

_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
# These carry the structure of Chinese sentences, and rules of reading look for them in this form.
_STRUCTURE = "，。；：！？（）［］“”‘’＂＇"
_FULL_WIDTH = {wide: plain for wide, plain in _WIDE.items() if wide not in _STRUCTURE}


def _radical_table() -> dict[str, str]:
    """Radicals and compatibility ideographs by the character that they look like."""
    codes = (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFAFF))
    table = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in codes}
    return {found: meant for found, meant in table.items() if meant != found and len(meant) == 1}


_RADICALS = _radical_table()
_FULL_WIDTH_CLASS = re.compile(f"[{''.join(_FULL_WIDTH)}]")
_RADICALS_CLASS = re.compile(f"[{''.join(_RADICALS)}]")
# How far around what was found its pattern looks.
_REACH = 24


def fold_full_width(text: str) -> tuple[str, int]:
    """Full-width digits, letters and signs to plain ones: input methods type them, programs look for the others.

    Chinese punctuation stays, since it carries the structure of the sentence.

    >>> fold_full_width("ＧＤＰ增长５．２％")
    ('GDP增长5.2%', 7)
    >>> fold_full_width("城乡居民收入（元）：比为2：1，其中。")
    ('城乡居民收入（元）：比为2：1，其中。', 0)
    """
    return _replace(text, _FULL_WIDTH, _FULL_WIDTH_CLASS)


def restore_radicals(text: str) -> tuple[str, int]:
    """Radicals and compatibility ideographs to the characters that they look like: PDF text is full of them.

    >>> restore_radicals("⼯业总产值⾦额")
    ('工业总产值金额', 2)
    >>> restore_radicals("工业总产值")
    ('工业总产值', 0)
    """
    return _replace(text, _RADICALS, _RADICALS_CLASS)


def restore_look_alikes(text: str) -> tuple[str, int]:
    """Characters that stand for others on purpose or by mistake, where the words around show it (look_alikes.csv).

    >>> restore_look_alikes("昆山的蕞大机遇，投资2O0亿元")
    ('昆山的最大机遇，投资200亿元', 2)
    >>> restore_look_alikes("蕞尔小国的CO2排放")
    ('蕞尔小国的CO2排放', 0)
    """
    count = 0
    for look_alike in _look_alikes():
        if look_alike.found in text:
            text, found = look_alike.restore(text)
            count += found
    return text, count


def note_lost_quotes(text: str) -> int:
    r"""Count blocks with a closing quotation mark before any opening one, or an opening one that is never closed.

    Converters lose the marks that they take for markup. What was quoted cannot be told, so nothing is added.

    >>> note_lost_quotes("增强四个意识”“坚定自信\n他说：“很好。”")
    1
    """
    if "“" not in text and "”" not in text:
        return 0
    return sum(1 for block in text.split("\n") if _QUOTES.search(block) and not _balanced(block))


# In this order; name of the repair as it is reported.
REPAIRS: tuple[tuple[str, Callable[[str], tuple[str, int]]], ...] = (
    ("fold_full_width", fold_full_width),
    ("restore_radicals", restore_radicals),
    ("restore_look_alikes", restore_look_alikes),
)


def repair(text: str) -> tuple[str, dict[str, int]]:
    """Apply all repairs.

    Returns:
        A text of the same length, and how often each repair mended or noted something.
    """
    counts: dict[str, int] = {}
    for name, function in REPAIRS:
        text, count = function(text)
        if count:
            counts[name] = count
    if lost := note_lost_quotes(text):
        counts["note_lost_quotes"] = lost
    return text, counts


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A row of look_alikes.csv: inside of what matches, what was found becomes what was meant, of the same length."""

    found: str
    meant: str
    pattern: re.Pattern[str]

    def restore(self, text: str) -> tuple[str, int]:
        """The text with what was meant, and the number of places."""
        parts: list[str] = []
        count, position = 0, 0
        at = text.find(self.found)
        while at >= 0:
            # Only around what was found: the pattern alone would be tried at every digit of the text.
            around = self.pattern.finditer(text, max(position, at - _REACH), at + len(self.found) + _REACH)
            match = next((match for match in around if match.start() <= at < match.end()), None)
            if match:
                parts += [text[position : match.start()], match[0].replace(self.found, self.meant)]
                position = match.end()
                count += 1
            at = text.find(self.found, match.end() if match else at + 1)
        return "".join((*parts, text[position:])), count


@lru_cache(maxsize=1)
def _look_alikes() -> tuple[LookAlike, ...]:
    return tuple(
        LookAlike(row["found"], row["meant"], re.compile(row["pattern"]))
        for row in load_registry().table("look_alikes")
    )


def _replace(text: str, table: dict[str, str], pattern: re.Pattern[str]) -> tuple[str, int]:
    """Replace characters one for one; only those that occur are looked for."""
    found = pattern.findall(text)
    for character in set(found):
        text = text.replace(character, table[character])
    return text, len(found)


_QUOTES = re.compile("[“”]")


def _balanced(block: str) -> bool:
    depth = 0
    for mark in _QUOTES.findall(block):
        depth += 1 if mark == "“" else -1
        if depth not in (0, 1):
            return False
    return depth == 0
