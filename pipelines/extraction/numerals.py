"""Chinese and Arabic numerals to exact decimals.

Here: what a run of digits or numeral characters is worth (一千二百, 三十几, 数千, 8800, 1,234.5). Not here: units,
bounds and ranges, which are read around a numeral in `quantities`.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipelines.extraction.patterns import guarded

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
LARGE_SCALES = {"万": 10**4, "亿": 10**8}
CHINESE_NUMERAL = "零〇一二两三四五六七八九十百千万亿几数"
# 1，234.5亿元: a full-width comma is a thousands mark only where a decimal point or a second group proves it, and
# never behind a rate or rank whose clause may end there (增长5，234.5万元用于…)
NO_WIDE_BEFORE = r"(?<![\d.])(?<!\d，)(?<!增长)(?<!下降)(?<!上升)(?<!增幅)(?<!增速)(?<!指数)(?<!指数为)(?<!比为)(?<!第)"
WIDE_GROUPED = re.compile(NO_WIDE_BEFORE + r"\d{1,3}(?:(?:，\d{3}){2,}(?:\.\d+)?|，\d{3}\.\d+)(?!\d|，\d)")
# 1，234亿元 could be either, so that it is none
WIDE_DOUBTFUL = guarded(NO_WIDE_BEFORE + r"\d{1,3}，\d{3}(?![\d.])(?!，\d)(?=\s?[\u4e00-\u9fff%％])")
# 78 412元: spaces between groups of three, behind a word and before a unit
SPACE_GROUPED = re.compile(
    r"(?<=[\u4e00-\u9fff（(：:、，])(?<!第)(?<!表)[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?(?= ?[\u4e00-\u9fff])"
)
# 7 1.8亿元, 增长5. 6%: a copied page that has torn a number apart, behind a word and before a unit. Half of it would
# be a number that looks certain.
TORN = re.compile(
    r"(?<=[\u4e00-\u9fff，。；])(?<![第表图注附])(?:[1-9] \d{1,4}(?:\.\d{1,2})?|\d{1,4}\. \d{1,2})"
    r"(?=[%％‰:：]|[万亿]?(?:元|吨|亩|人|户|个|家|倍|公里|千瓦|平方米|斤|辆|所|座|名|美元|公顷|头|只|项|处|张|套|万)(?!月|季))"
)
NUMERAL = guarded(
    rf"{WIDE_GROUPED.pattern}|{SPACE_GROUPED.pattern}|{TORN.pattern}|\d[\d,]*(?:\.\d+)?|半|[{CHINESE_NUMERAL}]+(?:点[零〇一二三四五六七八九]+)?"
)
# ASCII commas also end clauses on these pages (2018,100家): only groups of three are thousands
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])")
PLAIN = re.compile(r"\d+(?:\.\d+)?")


class Numeral(NamedTuple):
    """A numeral and what it is worth.

    Attributes:
        value: Its value, the lower end where the words are vague (数千 is 2000).
        value_high: The upper end of a vague numeral (数千: 9000), else None.
        vague: Whether 几 or 数 makes it a range in words.
        bare_scale: Whether it is only scale words (千亿): a size, not a count.
        chinese: Whether it is written in Chinese characters.
        start: Offset of its first character.
        end: Offset behind its last character.
    """

    value: Decimal
    value_high: Decimal | None
    vague: bool
    bare_scale: bool
    chinese: bool
    start: int
    end: int


@lru_cache(maxsize=4096)
def parse_chinese(text: str) -> Decimal | None:
    """Value of a well-formed Chinese numeral.

    Args:
        text: Numeral characters only, without 几 or 数.

    Returns:
        The value, or None where the characters do not form a number (一二三 in a slogan, 十十).

    Examples:
        >>> parse_chinese("一千二百"), parse_chinese("两万"), parse_chinese("二〇二五"), parse_chinese("千亿")
        (Decimal('1200'), Decimal('20000'), Decimal('2025'), Decimal('100000000000'))
        >>> parse_chinese("两千三"), parse_chinese("一百零五")
        (Decimal('2300'), Decimal('105'))
        >>> parse_chinese("一二") is None
        True
    """
    whole, _, fraction = text.partition("点")
    if all(character in DIGITS for character in whole):
        if len(whole) == 1 or (len(whole) == 4 and whole[0] in "一二"):
            value = Decimal("".join(str(DIGITS[character]) for character in whole))
            return value + _fraction(fraction)
        return None
    total = section = 0
    digit: int | None = None
    previous_small = 10**9
    for character in whole:
        if character in DIGITS:
            if digit is not None:
                return None
            digit = DIGITS[character] or None
        elif character in SMALL_SCALES:
            scale = SMALL_SCALES[character]
            if scale >= previous_small:
                return None
            section += (digit if digit is not None else 1) * scale
            digit, previous_small = None, scale
        else:
            scale = LARGE_SCALES[character]
            section += digit or 0
            if section == 0 and total == 0:
                section = 1
            # 万亿: the second scale multiplies all that stands before it
            total = (
                (total + section) * scale
                if total and total < scale * 10**8 and section == 0
                else total + section * scale
            )
            section, digit, previous_small = 0, None, 10**9
    last = digit or 0
    if last and len(whole) > 1 and whole[-2] in "百千万亿":
        # spoken short form: 两千三 is 2300, 三万五 is 35000
        last *= (SMALL_SCALES | LARGE_SCALES)[whole[-2]] // 10
    return Decimal(total + section + last) + _fraction(fraction)


def _fraction(digits: str) -> Decimal:
    if not digits:
        return Decimal(0)
    return Decimal("0." + "".join(str(DIGITS[digit]) for digit in digits))


def parse_numeral(text: str, start: int = 0, end: int | None = None) -> Numeral | None:
    """Read the numeral that `NUMERAL` found at `start`.

    Args:
        text: The text it stands in.
        start: Offset of its first character.
        end: Offset behind the run of numeral characters.

    Returns:
        The numeral (it may end before `end` where a comma turns out to be a clause mark), or None when it is not one.

    Examples:
        >>> parse_numeral("8,800").value, parse_numeral("2018,100").value
        (Decimal('8800'), Decimal('2018'))
        >>> parse_numeral("数千").value_high, parse_numeral("三十几").value_high
        (Decimal('9000'), Decimal('39'))
    """
    end = len(text) if end is None else end
    if text[start].isdigit():
        match = _grouped(text, start, end)
        if match is None and " " in text[start:end]:
            match = SPACE_GROUPED.match(text, start) or TORN.match(text, start)
        if match is None:
            plain = PLAIN.match(text, start, end)
            return Numeral(Decimal(plain.group()), None, False, False, False, start, plain.end()) if plain else None
        value = Decimal(match.group().replace(",", "").replace("，", "").replace(" ", ""))
        return Numeral(value, None, False, False, False, start, match.end())
    run = text[start:end]
    if run == "半":
        return Numeral(Decimal("0.5"), None, False, False, True, start, end)
    if "几" in run or "数" in run:
        return _vague(run, start, end)
    value_or_none = parse_chinese(run)
    if value_or_none is None:
        return None
    bare = all(character in "十百千万亿" for character in run)
    return Numeral(value_or_none, None, False, bare and run != "十", True, start, end)


def _grouped(text: str, start: int, end: int) -> re.Match[str] | None:
    """Digits in groups of three, None where there are none, as in most runs."""
    wide = WIDE_GROUPED.match(text, start, end) if text.find("，", start, end) >= 0 else None
    return wide or (GROUPED.match(text, start, end) if text.find(",", start, end) >= 0 else None)


def _vague(run: str, start: int, end: int) -> Numeral | None:
    """几 and 数 stand for 2 to 9 in their place: 数千 is 2000 to 9000, 三十几 is 31 to 39."""
    if run.count("几") + run.count("数") != 1:
        return None
    low_digit = "一" if run[-1] in "几数" and len(run) > 1 else "二"
    low = parse_chinese(run.replace("几", low_digit).replace("数", low_digit))
    high = parse_chinese(run.replace("几", "九").replace("数", "九"))
    if low is None or high is None:
        return None
    return Numeral(low, high, True, False, True, start, end)
