"""Cells and rows of a table, and what the words of a single cell say.

Here: the records, and reading a cell as a value (≥85, 9%以上, 〔7.8〕, 330亿元). Not here: columns (`columns`) and
rows of one cell a line (`lines`).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipelines.extraction.lexicon import registry

AMOUNT = r"[-－−+]?(?:\d{1,3}(?: \d{3})+|\d[\d,]*)(?:\.\d+)?"
# 0.4（百分点）, in a column of rates
POINTS = r"[（(](?P<points>个?百分点)[)）]"
NUMBER_CELL = re.compile(rf"[>≥＞<≤＜]?{AMOUNT}%?(?:以上|以下|以内|左右|{POINTS})?")
# [8.5]: what adds up over the years
ADDED_UP = re.compile(rf"[\[［〔【（(]{AMOUNT}%?[\]］〕】）)](?:以上|以下|以内|左右)?")
YEAR_LABEL = re.compile(r"(?:19|20)\d{2}(?:年度?)?(?:[上下]半年|[一二三四]季度|\d{1,2}月)?")
VALUE = re.compile(
    r"(?P<before>>=?|<=?|[≥＞≤＜⩾⩽]|不(?:低|少|小)于|超过?|突破|高于|大于|不(?:高|多|大)于|不超过|低于|小于|控制在|达到?|约)?\s*"
    rf"(?P<open>[\[［〔【（(])?\s*(?P<number>{AMOUNT})(?:[~～—–－至-](?P<high>\d[\d,]*(?:\.\d+)?))?\s*"
    r"(?P<unit>[^\d\s\[\]［］〔〕【】（）()以左约]{1,8}?(?:/[^\d\s\[\]［］〔〕【】（）()以左]{1,6})?)?"
    rf"(?:{POINTS})?(?P<bound>及?以上|及?以下|及?以内|左右)?\s*(?P<close>[\]］〕】）)])?(?P<behind>及?以上|及?以下|及?以内|左右)?"
)
AT_LEAST = frozenset((">", ">=", "≥", "＞", "⩾", "不低于", "不少于", "不小于", "超", "超过", "突破", "高于", "大于"))
AT_MOST = frozenset(("<", "<=", "≤", "＜", "⩽", "不高于", "不多于", "不大于", "不超过", "低于", "小于", "控制在"))
BOUNDS = {"以上": "at_least", "以下": "at_most", "以内": "at_most", "左右": "approx"}
NO_VALUE = ("-", "—", "--", "——", "－", "–", "…", "/", "无")
# 完成省下达任务, 达到国家要求, 持续改善: a goal in words stands where a number could
IN_WORDS = re.compile(
    r"(?=.{2,24}$)(?:完成|达到|按照?|执行|不?[高低]于|控制在|与|以).*(?:任务|目标|要求|水平|指标|计划|标准|范围|为准)(?:以内|之内)?"
    r"|(?:持续|保持|稳步|逐年|稳定|基本|进一步|明显)?(?:改善|提高|提升|下降|降低|增长|稳定|同步|达标)|.{0,8}下达.{0,8}"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and where it stands in the clean text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell states.

    Attributes:
        number: The number with its sign.
        high: The upper end of a range or None.
        unit: The unit that stands in the cell, "" for none.
        bound: exact, approx, at_least, at_most or range.
        added_up: Whether it stands in brackets, as what adds up over the years does.
        start: Where the number begins in the words of the cell.
        end: Where it ends.
    """

    number: Decimal
    high: Decimal | None
    unit: str
    bound: str
    added_up: bool
    start: int
    end: int


def value_of(text: str) -> Value | None:
    """The value that a cell states, None where its words are no number.

    Args:
        text: The words of the cell.

    Examples:
        >>> [(str(v.number), v.unit, v.bound, v.added_up) for v in map(value_of, ("9%以上", "≥4.2", "〔0.65〕")) if v]
        [('9', '%', 'at_least', False), ('4.2', '', 'at_least', False), ('0.65', '', 'exact', True)]
        >>> [value_of(text) for text in ("2020年", "—", "3个以上乡镇")]
        [None, None, None]
    """
    match = VALUE.fullmatch(text)
    if match is None or (YEAR_LABEL.fullmatch(text) and not text.isdigit()):
        return None
    unit = "个百分点" if match["points"] else (match["unit"] or "").replace("％", "%")
    if (unit and unit not in registry().units) or bool(match["open"]) != bool(match["close"]):
        return None
    number = _decimal(match["number"])
    high = _decimal(match["high"]) if match["high"] else None
    if high is not None and high <= number:
        return None
    said = (match["bound"] or match["behind"] or "").removeprefix("及")
    before = match["before"] or ""
    bound = BOUNDS.get(said, "exact")
    bound = "at_least" if before in AT_LEAST else "at_most" if before in AT_MOST else bound
    bound = "approx" if before == "约" else "range" if high is not None else bound
    end = match.end("high") if high is not None else match.end("number")
    return Value(number, high, unit, bound, match["open"] is not None, match.start("number"), end)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(" ", "").replace("－", "-").replace("−", "-"))


def is_number(text: str) -> bool:
    """Whether a cell is a bare number, in brackets or not, and no year."""
    if YEAR_LABEL.fullmatch(text):
        return False
    return NUMBER_CELL.fullmatch(text) is not None or ADDED_UP.fullmatch(text) is not None


def split_row(text: str, start: int, end: int) -> Row:
    """Cells of a block whose cells are divided by tabs, or by bars where there are none.

    Args:
        text: Clean text.
        start: Where the block begins.
        end: Where it ends.
    """
    sign = "\t" if text.find("\t", start, end) >= 0 else "|"
    cells, position = [], start
    for part in text[start:end].split(sign):
        stripped = part.strip()
        offset = position + len(part) - len(part.lstrip())
        cells.append(Cell(stripped, offset, offset + len(stripped)))
        position += len(part) + 1
    if sign == "|" and len(cells) > 2 and not cells[0].text and not cells[-1].text:
        # | 指标 | 2023年 |: bars around the row as well
        cells = cells[1:-1]
    return Row(tuple(cells))
