"""Numbers and dates of a workbook as its cells show them: a cell with 0.061 and the format 0.0% says 6.1%.

Belongs here: number formats. Does not belong here: which cells there are (`xlsx.py`). What is shown is what was
published; where a format is not understood, the number stands as it is stored.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

# What a format holds beside the number: colours, conditions, currency and locale, filling and spacing.
_BESIDE = re.compile(r"\[\$([^\]\-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
# The digits; a thousands comma among them; a dot that is a sign like any other (0!.0 divides by ten for the eye only).
_PATTERN = re.compile(r"(?P<digits>[#0?][#0?,]*)(?:(?P<dot>\.|[!\\]\.|\"\.\")(?P<places>[#0?]*))?(?P<scale>,*)")
_SCIENTIFIC = re.compile(r"[0#?][eE][+-]")
_SIGNIFICANT = 15


def shown(value: object, number_format: str) -> str:
    """A value as its cell shows it.

    >>> shown(0.061, "0.0%"), shown(5126.08, "#,##0.0"), shown(5126000, '0!.0,"万元"'), shown(0.1 + 0.2, "General")
    ('6.1%', '5,126.1', '512.6万元', '0.3')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format)
    if isinstance(value, datetime | date):
        return _date(value, number_format)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def _number(value: float | Decimal, number_format: str) -> str:
    plain = _plain(value)
    if number_format in ("General", "@", "") or _SCIENTIFIC.search(number_format):
        return plain
    sections = _LITERAL.sub(lambda found: found[0].replace(";", "；"), number_format).split(";")
    section = sections[1] if value < 0 and len(sections) > 1 and _PATTERN.search(sections[1]) else sections[0]
    section = _BESIDE.sub(lambda found: found[1] or "", section)
    found = next((m for m in _PATTERN.finditer(section) if not _quoted(section, m.start())), None)
    if found is None or "/" in section:
        return plain
    before, after = _words(section[: found.start()]), _words(section[found.end() :])
    try:
        number = _scaled(Decimal(plain), found, "%" in after or "%" in before)
    except ArithmeticError:
        return plain
    # The section of negative numbers shows its own sign, a bracket or a colour; the sign itself is safer.
    before, after = before.replace("-", "").strip("()（） "), after.strip("()（） ")
    return f"{before}{number}{after}"


def _scaled(number: Decimal, found: re.Match[str], percent: bool) -> str:
    places = len(found["places"] or "")
    number = number.scaleb(2) if percent else number
    number = number.scaleb(-3 * len(found["scale"] or ""))
    digits = found["digits"]
    while digits.endswith(","):
        digits, number = digits[:-1], number.scaleb(-3)
    if found["dot"] not in (None, "."):
        number = number.scaleb(-places)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in digits else f"{rounded:f}"
    optional = re.search(r"#+$", found["places"] or "")
    for _ in range(len(optional[0]) if optional else 0):
        text = text.removesuffix("0") if "." in text else text
    return text.removesuffix(".")


def _plain(value: float | Decimal) -> str:
    """As many digits as a workbook keeps, without an exponent."""
    number = Decimal(f"{value:.{_SIGNIFICANT}g}")
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return str(value)
    return f"{number.normalize():f}"


def _words(text: str) -> str:
    return _LITERAL.sub(lambda found: found[1] or found[2] or "", text.replace("!", ""))


def _quoted(section: str, position: int) -> bool:
    return section.count('"', 0, position) % 2 == 1


def _date(value: date, number_format: str) -> str:
    """As much of a date as its format shows: 2024年, 2024年5月, 2024年5月1日."""
    signs = _LITERAL.sub("", _BESIDE.sub("", number_format)).lower()
    text = f"{value.year}年" if "y" in signs or "e" in signs else ""
    text += f"{value.month}月" if "m" in signs.replace("mm:ss", "").replace("h:mm", "") else ""
    text += f"{value.day}日" if "d" in signs else ""
    return text or str(value)
