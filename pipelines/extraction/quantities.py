"""Numbers with their unit and bound: 8800多家, 10亿—20亿元, 不低于90%, 近7成, 翻一番.

Here: what one quantity says by itself. Not here: what it is a quantity of (`binding`), dates (`periods`) and the
numbers that are no quantities at all (`marks`).
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from pipelines.extraction.lexicon import longest_unit, registry, unit_heads, unit_lengths, unit_traps, units_kept
from pipelines.extraction.marks import find_marks
from pipelines.extraction.numerals import CHINESE_NUMERAL, NUMERAL, WIDE_DOUBTFUL, Numeral, parse_numeral
from pipelines.extraction.patterns import ends, guarded
from pipelines.extraction.periods import read_periods
from pipelines.extraction.quantity import AFTER_PATTERN, BEFORE_PATTERN, Quantity, plain
from pipelines.extraction.shared_units import hint_of, share_units
from pipelines.extraction.spoken_quantities import doublings, fractions, halves, hours, per_hundreds, ratios, tenths
from schemas.registry_units import Unit

OVER_SCALE = re.compile(r"(?:(?<![通经超])过|(?<![以之身网])上|[成])$")
# what every quantity has: a digit, a numeral, or 番 of 翻番
HOLDS_NUMBER = re.compile(f"[\\d{CHINESE_NUMERAL}半番]")
# numerals that are parts of words more often than numbers; 零 stands for none
IN_WORDS = frozenset(CHINESE_NUMERAL) - {"零"}
# what can stand behind a numeral, besides a unit: more of it, a scale, a range, a size class
BEHIND_NUMERAL = frozenset("多余来十百千万亿-－~～至到—–元美斤吨级")
# what every quantity has that is told in words
SPOKEN = guarded("[:：∶︰番成半]|分之|多小时")
MORE_INSIDE = guarded(r"(?<=[十百千万亿])[多余]")
MINUS = re.compile(
    r"(?:(?<=[为是到至达了率：:（(、和\s长降加减幅润])|^)[-－−]$|(?:(?<=[为是：:（(、\s元%％])|^)[▼⬇]$|↓\s?$"
)
NOT_BARE = re.compile(r"[\dA-Za-z.余多半零〇一二三四五六七八九]$")
# 财政收支差额-12.5亿元, 投资增速—18.7%, 1-5月-3.2%: behind a name or a time, in front of what can be below zero;
# 10亿-20亿 and 8公里-3亿元 have a number before the sign, ——35亿元 is the writer's dash
MINUS_BEHIND_NAME = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![一二三四五六七八九十百千万亿])"
    r"(?<!\d(?![年月日])[\u4e00-\u9fff])(?<!\d[\u4e00-\u9fff](?![年月日])[\u4e00-\u9fff])[-－−—–]$"
)
BELOW_ZERO = frozenset(("money", "percent", "permille", "percent_point"))
# 同比|+6.4%
PLUS = re.compile(r"(?:(?<=[为是：:（(、\s元%％比长幅速])|^)[+＋▲⬆]$|↑\s?$")
MORE_BEGINS = frozenset("多余来")
# 300余种, 20多种 (but 100亩|多种植水稻)
MORE = re.compile(r"\s?(?:余(?=.)|[多来](?=[十百千万亿]|[^样方元种数边次]|种(?![植养业])|元(?!化)|次(?!级)))")
SCALE = re.compile(r"[十百千万亿]+")
# 贫困发生率降为|零
DROPPED_TO = re.compile(r"(?:[降减归清]|下降|减少)(?:[为至到])?了?$")
CHANGES_BY = re.compile(r"(?:提高|上调|下调|增加|降低|减少|上涨|调高|调低|提升)了?$")
RANGE = re.compile(r"\s?(?:[-－~～至到]|[—–]{1,2})\s?")
# 港币3亿元: the currency stands before the number, the unit behind it only says 元
CURRENCY_BEFORE = re.compile(r"(?:(?P<港元>港币|港元|HK\$)|(?P<美元>美元|美金|US\$|USD))\s?$")
# the last character of whatever stands before a number and belongs to it
LEADS = ends(*(one.pattern for one in (BEFORE_PATTERN, CURRENCY_BEFORE, MINUS, MINUS_BEHIND_NAME, PLUS)))
TIER = re.compile(r"(?:元|美元|斤|吨|千瓦)?级")
LONGEST_TIER = len("美元级")
MONEY_SCALES = ((Decimal(10**12), "万亿"), (Decimal(10**8), "亿"), (Decimal(10**4), "万"), (Decimal(1), ""))


def read_quantities(text: str) -> list[Quantity]:
    """Every quantity of a text; dates, ordinals, identifiers and names are left out.

    Args:
        text: Clean text.

    Returns:
        Quantities in the order of the text.

    Examples:
        >>> [(str(q.value), q.unit, q.bound) for q in read_quantities("GDP超5000亿元，增长5.2%")]
        [('5000', '亿元', 'at_least'), ('5.2', '%', 'exact')]
        >>> [(str(q.value), str(q.value_high), q.unit) for q in read_quantities("人均6~8万元")]
        [('6', '8', '万元')]
    """
    taken = [(mark.start, mark.end) for mark in find_marks(text)]
    taken += [(period.start, period.end) for period in read_periods(text)]
    return find_quantities(text, taken)


def find_quantities(text: str, taken: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Quantities of a text outside the stretches that are spoken for.

    Args:
        text: Clean text of one block.
        taken: (start, end) of dates, ordinals, identifiers and names.

    Returns:
        Quantities in the order of the text; they do not overlap.
    """
    if not HOLDS_NUMBER.search(text):
        return []
    occupied = bytearray(len(text) + 1)
    for start, end in taken:
        occupied[start:end] = b"\x01" * (end - start)
    for doubtful in WIDE_DOUBTFUL.finditer(text) if "，" in text else ():
        occupied[doubtful.start() : doubtful.end()] = b"\x01" * len(doubtful.group())
    found: list[Quantity] = []
    for reader in (ratios, doublings, hours, per_hundreds, fractions, tenths, halves) if SPOKEN.search(text) else ():
        for quantity in reader(text):
            if 1 not in occupied[quantity.start : quantity.end]:
                occupied[quantity.start : quantity.end] = b"\x01" * (quantity.end - quantity.start)
                found.append(quantity)
    position = 0
    while match := NUMERAL.search(text, position):
        start, end = match.span()
        position = end
        if occupied[start]:
            position = occupied.find(0, start)
            continue
        taken_from = occupied.find(1, start, end)
        end = end if taken_from < 0 else taken_from
        if end - start == 1 and text[start] in IN_WORDS and _is_of_word(text[end : end + 1]):
            position = end
            continue
        numeral = parse_numeral(text, start, end)
        quantity_or_none = _quantity(text, numeral, occupied) if numeral else None
        if quantity_or_none is None:
            position = max(end, start + 1)
            continue
        found.append(quantity_or_none)
        position = max(quantity_or_none.end, end)
    found.sort(key=lambda quantity: quantity.start)
    return share_units(text, found)


def _is_of_word(following: str) -> bool:
    """Whether one numeral character with this behind it is a part of a word (统一规划), as most of them are."""
    return not (following in BEHIND_NUMERAL or following in unit_heads() or following.isspace())


def _quantity(text: str, numeral: Numeral, occupied: bytearray) -> Quantity | None:
    position, more = _skip_more(text, numeral.end)
    unit, unit_end, scale = _unit(text, position, occupied)
    written = text[numeral.start : numeral.end]
    if numeral.bare_scale and written.endswith("千") and text[numeral.end : numeral.end + 1] in "瓦克米伏卡升":
        # 单位：亿|千瓦时 names a unit and no number
        return None
    none_left = written == "零" and unit is None and DROPPED_TO.search(text, 0, numeral.start) is not None
    counts = unit is not None or not numeral.chinese or none_left or _is_stated(numeral, scale)
    if not (counts or RANGE.match(text, unit_end) or TIER.match(text, unit_end)):
        # 统一, 一批: most numerals in characters count nothing
        return None
    more = more or MORE_INSIDE.search(text, position, unit_end) is not None
    if (
        unit is not None
        and unit.unit_measure == "GRADE"
        and (numeral.bare_scale or unit.scale >= 10**4 or numeral.value >= 10**6)
    ):
        # 千亿级 is a size class of firms, not a grade like 4-7级
        unit_end, scale = position + len(unit.text) - 1, unit.scale if unit.scale != 1 else None
        unit = None
    led = numeral.start > 0 and LEADS.match(text, numeral.start - 1) is not None
    currency = CURRENCY_BEFORE.search(text, max(0, numeral.start - 5), numeral.start) if led else None
    if currency and unit is not None and unit.unit_measure == "CNY":
        unit = registry().units[unit.canonical.removesuffix("元") + str(currency.lastgroup)]
    else:
        currency = None
    low, high, end = numeral.value, numeral.value_high, unit_end
    minus = MINUS.search(text, max(0, numeral.start - 2), numeral.start) if led else None
    percent = unit is not None and unit.dimension == "percent"
    if led and minus is None and unit is not None and unit.dimension in BELOW_ZERO:
        minus = MINUS_BEHIND_NAME.search(text, max(0, numeral.start - 4), numeral.start)
    plus = PLUS.search(text, max(0, numeral.start - 2), numeral.start) if led and percent else None
    if minus:
        low = -low
    ranged = _range(text, numeral, unit, unit_end, scale, occupied)
    if ranged is not None and not minus:
        low, high, end, unit, scale = ranged
    tier = TIER.match(text, end) if text.find("级", end, end + LONGEST_TIER) >= 0 else None
    if numeral.bare_scale and NOT_BARE.search(text, max(0, numeral.start - 1), numeral.start):
        # the scale word of a number that was taken for something else counts nothing by itself
        return None
    if unit is None and numeral.chinese and not (tier or none_left or _is_stated(numeral, scale)):
        return None
    before = BEFORE_PATTERN.search(text, max(0, numeral.start - 6), numeral.start) if led else None
    after = AFTER_PATTERN.match(text, end)
    bound = "range" if high is not None else "exact"
    start = next((mark.start() for mark in (minus, plus, currency) if mark), numeral.start)
    over = OVER_SCALE.search(text[:start]) if numeral.bare_scale and not before else None
    if bound == "exact":
        if before:
            bound = before.lastgroup or bound
        elif over:
            bound = "at_least"
        if more:
            bound = "at_least"
        if after and (bound == "exact" or after.lastgroup != "approx"):
            bound = "approx" if bound == "exact" and after.lastgroup == "approx" else after.lastgroup or bound
    if bound == "exact" and unit is not None and text[numeral.start : numeral.end] in ("万", "亿"):
        # 单位：亿元 heads a table; nobody writes 亿元 for one hundred million
        return None
    if before or over:
        start = (before or over).start()  # type: ignore[union-attr]
    value, unit_text, factor, unit_measure, dimension = _canonical(low, unit, numeral.chinese)
    value_high = None if high is None else _canonical(high, unit, numeral.chinese, like=unit_text)[0]
    if unit is None:
        value, value_high = low, high
    hint = hint_of(dimension)
    if hint == "percent" and (minus or plus):
        hint = "signed"
    if tier and (scale is not None or numeral.bare_scale or (unit and unit.dimension == "money")):
        hint, end = "tier", max(end, tier.end())
    quantity_end = max(end, after.end()) if after else end
    return Quantity(
        value,
        value_high,
        unit_text,
        bound,
        hint,
        start,
        quantity_end,
        text[start:quantity_end],
        numeral.start,
        numeral.end,
        unit_measure,
        factor,
        dimension,
        scale if scale is not None and unit is None else Decimal(1),
        (),
        numeral.chinese,
        numeral.bare_scale,
    )


def _range(
    text: str, numeral: Numeral, unit: Unit | None, unit_end: int, scale: Decimal | None, occupied: bytearray
) -> tuple[Decimal, Decimal, int, Unit | None, Decimal | None] | None:
    """(low, high, end, unit, scale) where a range begins with the numeral, else None."""
    second = _range_end(text, unit_end, unit, occupied)
    if second is None or text.endswith(("从", "由"), 0, numeral.start):
        # 从一千亿元到一万亿元 are two values, not a range
        return None
    if (
        unit is not None
        and CHANGES_BY.search(text, max(0, numeral.start - 4), numeral.start)
        and text[unit_end] in "至到"
    ):
        # 提高30元至300元: by how much, and to what
        return None
    other, other_unit, other_scale, other_end = second
    second_scale = other_unit.scale if other_unit else other_scale or Decimal(1)
    first_scale = unit.scale if unit else second_scale
    if unit is None:
        # 6~8万元: the first term takes the unit of the second, 10亿—20亿元 keeps its own scale
        unit = other_unit
        first_scale = scale if scale is not None else second_scale
        if numeral.chinese and numeral.value >= 10**4:
            first_scale = Decimal(1)
        elif other.chinese and (large := _large_scale(other.value)) > numeral.value:
            # 七千到九千亿元: the scale word at the end belongs to both
            first_scale = large
        scale = other_scale if other_unit is None else scale
    unit_scale = unit.scale if unit else second_scale
    low, high = numeral.value * first_scale / unit_scale, other.value * second_scale / unit_scale
    return (low, high, other_end, unit, scale) if high > low else None


def _large_scale(value: Decimal) -> Decimal:
    """The 万 or 亿 that a value is written with in characters."""
    return next((Decimal(scale) for scale in (10**8, 10**4) if value >= scale), Decimal(1))


def _skip_more(text: str, position: int) -> tuple[int, bool]:
    following = text[position : position + 1]
    match = MORE.match(text, position) if following in MORE_BEGINS or following.isspace() else None
    if match and text[match.end() : match.end() + 1]:
        return match.end(), True
    return position, False


def _unit(text: str, position: int, occupied: bytearray) -> tuple[Unit | None, int, Decimal | None]:
    """The longest unit at a position, or the scale word that stands there without one."""
    if text[position : position + 1] == " ":
        position += 1
    units, lengths = registry().units, unit_lengths()
    scale = SCALE.match(text, position)
    more = MORE.match(text, scale.end()) if scale else None
    for start, prefix in ((position, ""), (more.end(), scale.group())) if scale and more else ((position, ""),):
        if occupied[start]:
            continue
        written = prefix + text[start : start + longest_unit()]
        for length in lengths.get(written[:2]) or lengths.get(written[:1], ()):
            unit = units.get(written[:length])
            behind = length - len(prefix)
            if unit is not None and behind > 0 and length <= len(written) and not _trapped(text, start, behind, prefix):
                return unit, start + behind, None
    if scale:
        parsed = parse_numeral("一" + scale.group()) if scale.group()[0] in "万亿" else parse_numeral(scale.group())
        return None, scale.end(), parsed.value if parsed else None
    return None, position, None


def _trapped(text: str, start: int, length: int, prefix: str) -> bool:
    """Whether the unit is the beginning of another word (台 in 10万台商, 家 in 3家庭)."""
    skip = start
    while skip < start + length and text[skip] in "十百千万亿":
        skip += 1
    if skip == start + length:
        return False
    traps = unit_traps().get(text[skip], ())
    if text.startswith(units_kept(), skip):
        # 12项|目标
        return False
    return text.startswith(traps, skip) and any(
        len(word) > start + length - skip and text.startswith(word, skip) for word in traps
    )


def _range_end(
    text: str, position: int, unit: Unit | None, occupied: bytearray
) -> tuple[Numeral, Unit | None, Decimal | None, int] | None:
    """The second term of a range: its numeral, unit, scale and end."""
    match = RANGE.match(text, position)
    numeral_match = NUMERAL.match(text, match.end()) if match and not occupied[match.start()] else None
    if numeral_match is None or occupied[numeral_match.start()]:
        return None
    numeral = parse_numeral(text, *numeral_match.span())
    if numeral is None:
        return None
    unit_start, _ = _skip_more(text, numeral.end)
    other_unit, end, scale = _unit(text, unit_start, occupied)
    if unit is not None and (other_unit is None or other_unit.unit_measure != unit.unit_measure):
        return None
    return numeral, other_unit, scale, end


def _is_stated(numeral: Numeral, scale: Decimal | None) -> bool:
    """Whether a Chinese numeral without a unit states a quantity (五千亿, 三十八) and is not part of a word."""
    return (scale is not None and (not numeral.bare_scale) and numeral.value < 10000) or (
        numeral.value >= 10000 and not numeral.bare_scale
    )


def _canonical(
    value: Decimal, unit: Unit | None, chinese: bool, like: str = ""
) -> tuple[Decimal, str, Decimal, str, str]:
    """Value and unit in their usual form: 一千亿元 is 1000 亿元, 1.28万家 is 12800 家."""
    if unit is None:
        return value, "", Decimal(1), "", ""
    base = value * unit.scale
    if unit.dimension == "count" and unit.simple in ("家", "个", "项", "所", "座", "件", "处", "条") and base < 10**8:
        simple = unit.canonical.removeprefix(_scale_word(unit)) if unit.scale != 1 else unit.canonical
        return plain(base), simple, unit.factor / unit.scale, unit.unit_measure, unit.dimension
    if chinese and unit.dimension in ("money", "mass", "count", "person", "household", "area"):
        for scale, word in MONEY_SCALES:
            written = word + unit.simple
            if (base >= scale and not like) or (like and written == like):
                return (
                    plain(base / scale),
                    written,
                    unit.factor / unit.scale * scale,
                    unit.unit_measure,
                    unit.dimension,
                )
    return value, unit.canonical, unit.factor, unit.unit_measure, unit.dimension


def _scale_word(unit: Unit) -> str:
    match = SCALE.match(unit.canonical)
    return match.group() if match else ""
