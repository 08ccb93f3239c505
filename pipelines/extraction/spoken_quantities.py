"""Percent in words, multiples in words, ratios: 近7成, 百分之五, 过半, 翻一番, 8.3:41.4:50.3.

Here: quantities whose number is no numeral with a unit behind it. Not here: those (`quantities`).
"""

import re
from dataclasses import replace
from decimal import Decimal

from pipelines.extraction.lexicon import registry
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.patterns import guarded
from pipelines.extraction.quantity import AFTER_PATTERN, BEFORE_PATTERN, Quantity, plain

TENTHS = guarded(
    r"(?:(?<![十百千万亿\d.第])(?P<low>[1-9]|[一二三四五六七八九两])(?:[到至]|[-—~～]{1,2})?(?=[2-9二三四五六七八九]成))?"
    r"(?P<number>\d(?:\.\d+)?|[一二三四五六七八九两])成"
    r"(?P<half>半|[一二三四五六七八九](?![一二三四五六七八九十百千万亿点成个家名项位年月天户种件处所座条]))?(?![立为功员本果品效都长就渝型熟交份组分绩群片排批])"
)
DOUBLING = re.compile(
    # 翻一番半: at least twice, how much more is not agreed upon
    r"(?P<almost>接近|将近|近|约)?翻(?:了)?(?P<near>近|约|将近|接近)?(?P<times>[一两二三四五123])?番(?P<more>半(?:以上|多)?|还多|有余|以上|多(?=[，。；、）,;)]|$))?"
)
# 约占全世界的五分之一, 三分之二以上
FRACTION = guarded(
    r"(?<![百千万\d零一二两三四五六七八九十])(?P<whole>[二两三四五六七八九十]{1,3}|[1-9]\d?)分之"
    r"(?P<part>[一二两三四五六七八九十]{1,3}|[1-9]\d?)(?P<more>多|强)?"
)
PER_HUNDRED = re.compile(r"百分之(?P<number>\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?)")
# 百分之三十八提高到|五十一点二: the second of two leaves out what the first says
REACHING = re.compile(r"[\u4e00-\u9fff]{1,6}?[到至为]")
HUNDREDTHS = re.compile(r"(?P<number>[零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?)(?=[，。；、）]|$)")
HALF = re.compile(r"(?P<over>超过?|过)?(?:半数|一半)(?P<more>以上)?|(?P<past>过半)(?=[，。；、数]|$)")
# not behind a digit and a space: 2 5.4:16.8:57.8 is a number torn apart, and half of it is none
RATIO = re.compile(r"(?<![\d.:：∶︰])(?<!\d )\d+(?:\.\d+)?(?:\s?[:：∶︰]\s?\d+(?:\.\d+)?){1,3}(?![\d.:：∶︰])")
UNBOUNDED = ("exact", "approx")
# 1个半小时, 4个多小时
HOURS = re.compile(r"(?P<number>\d{1,2}|[一两二三四五六七八九十]{1,2})个(?P<more>半|多)小时")
PERCENT = "%"


def _of_percent(text: str, match: re.Match[str], value: Decimal, bound: str = "exact") -> Quantity:
    unit = registry().units[PERCENT]
    before = BEFORE_PATTERN.search(text, max(0, match.start() - 6), match.start())
    after = AFTER_PATTERN.match(text, match.end())
    # 三分之一以上: what the words say goes before the rounding of 33.33
    if bound in UNBOUNDED and before:
        bound = before.lastgroup or bound
    if bound in UNBOUNDED and after:
        bound = after.lastgroup or bound
    start = before.start() if before else match.start()
    end = after.end() if after else match.end()
    return Quantity(
        value,
        None,
        unit.canonical,
        bound,
        "percent",
        start,
        end,
        text[start:end],
        match.start(),
        match.end(),
        unit.unit_measure,
        unit.factor,
        unit.dimension,
        chinese=True,
    )


def tenths(text: str) -> list[Quantity]:
    """七成以上, 近7成, 六到七成."""
    found: list[Quantity] = []
    if "成" not in text:
        return found
    for match in TENTHS.finditer(text):
        numeral = parse_numeral(match["number"])
        if numeral:
            tenth = _of_percent(text, match, plain(numeral.value * 10 + _tenth(match["half"])))
            low = parse_numeral(match["low"]) if match["low"] else None
            if low is not None and low.value < numeral.value:
                # 六到七成, 六七成
                tenth = replace(tenth, value=plain(low.value * 10), value_high=tenth.value, bound="range")
            found.append(tenth)
    return found


def _tenth(words: str | None) -> int:
    """What stands behind 成: 半 is five hundredths, 三 three."""
    return 0 if not words else 5 if words == "半" else "零一二三四五六七八九".index(words)


def per_hundreds(text: str) -> list[Quantity]:
    """百分之五, 百分之三十八提高到五十一点二."""
    found: list[Quantity] = []
    if "百分之" not in text:
        return found
    for match in PER_HUNDRED.finditer(text):
        value = _percentage(match["number"])
        if value is not None:
            found.append(_of_percent(text, match, value))
        reached = REACHING.match(text, match.end())
        number = HUNDREDTHS.match(text, reached.end()) if reached else None
        higher = _percentage(number["number"]) if number else None
        if number and higher is not None:
            found.append(_of_percent(text, number, higher))
    return found


def fractions(text: str) -> list[Quantity]:
    """五分之一 is 20%; 三分之一 is about 33.33%."""
    found: list[Quantity] = []
    if "分之" not in text:
        return found
    for match in FRACTION.finditer(text):
        whole, part = parse_numeral(match["whole"]), parse_numeral(match["part"])
        if whole is None or part is None or not 0 < part.value < whole.value:
            continue
        share = part.value * 100 / whole.value
        written = share.quantize(Decimal("0.01"))
        bound = "at_least" if match["more"] else "exact" if written == share else "approx"
        found.append(_of_percent(text, match, plain(written), bound))
    return found


def _percentage(words: str) -> Decimal | None:
    """The number behind 百分之: 五, 七十八点六, 百."""
    whole, _, fraction = words.partition("点")
    numeral = parse_numeral("一百" if whole == "百" else whole)
    if numeral is None or numeral.end != len("一百" if whole == "百" else whole):
        return None
    digits = "".join(str("零一二三四五六七八九".index(digit)) for digit in fraction)
    return numeral.value + Decimal(f"0.{digits or 0}")


def halves(text: str) -> list[Quantity]:
    """半数以上, 过半."""
    if "半" not in text:
        return []
    return [
        _of_percent(
            text, match, Decimal(50), "at_least" if match["over"] or match["more"] or match["past"] else "exact"
        )
        for match in HALF.finditer(text)
    ]


def hours(text: str) -> list[Quantity]:
    """1个半小时 is 1.5 hours, 4个多小时 more than four."""
    found: list[Quantity] = []
    if "个半小时" not in text and "个多小时" not in text:
        return found
    unit = registry().units["小时"]
    for match in HOURS.finditer(text):
        numeral = parse_numeral(match["number"])
        if numeral is None:
            continue
        half = match["more"] == "半"
        found.append(
            Quantity(
                numeral.value + (Decimal("0.5") if half else 0),
                None,
                unit.canonical,
                "exact" if half else "at_least",
                "level",
                match.start(),
                match.end(),
                match.group(),
                match.start(),
                match.end() - len("小时"),
                unit.unit_measure,
                unit.factor,
                unit.dimension,
            )
        )
    return found


def doublings(text: str) -> list[Quantity]:
    """翻一番 is twice, 翻两番 four times (GUIDE of the field: 翻番 is a multiple of 2)."""
    found: list[Quantity] = []
    if "番" not in text:
        return found
    unit = registry().units["倍"]
    for match in DOUBLING.finditer(text):
        times = parse_numeral(match["times"]) if match["times"] else None
        value = Decimal(2) ** int(times.value if times else 1)
        found.append(
            Quantity(
                value,
                None,
                unit.canonical,
                "at_least" if match["more"] else "approx" if match["near"] or match["almost"] else "exact",
                "multiple",
                match.start(),
                match.end(),
                match.group(),
                match.start(),
                match.end(),
                unit.unit_measure,
                unit.factor,
                unit.dimension,
                chinese=True,
            )
        )
    return found


def ratios(text: str) -> list[Quantity]:
    """2.6:1, 8.3:41.4:50.3."""
    found: list[Quantity] = []
    if not (":" in text or "：" in text or "∶" in text or "︰" in text):
        return found
    for match in RATIO.finditer(text):
        parts = tuple(Decimal(part) for part in re.split(r"\s?[:：∶︰]\s?", match.group()))
        value = parts[0] / parts[1] if len(parts) == 2 and parts[1] else parts[0]
        if len(parts) == 2 and parts[1] != 1:
            value = parts[0]
        # 缩小到1.9:1以内
        after = AFTER_PATTERN.match(text, match.end()) if len(parts) == 2 else None
        before = BEFORE_PATTERN.search(text, max(0, match.start() - 6), match.start()) if len(parts) == 2 else None
        start, end = before.start() if before else match.start(), after.end() if after else match.end()
        bound = (before and before.lastgroup) or (after and after.lastgroup) or "exact"
        if bound == "at_least" and len(parts) == 2 and parts[0] == 1 != parts[1]:
            # 师生比不低于1:15: at most fifteen to one
            bound = "at_most"
        found.append(
            Quantity(
                value,
                None,
                "",
                bound,
                "ratio",
                start,
                end,
                text[start:end],
                match.start(),
                match.end(),
                "RATIO",
                Decimal(1),
                "ratio",
                parts=parts,
            )
        )
    return found
