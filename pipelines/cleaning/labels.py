"""Lines that state something about the page: 发布时间：… 来源：…, one or several in a line, or split over two lines.

Belongs here: finding labels and their values. Does not belong here: which value wins (`metadata.py`); the labels
themselves are the rows of page_labels.csv.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.cleaning import furniture
from pipelines.cleaning.dates import parse_moment
from pipelines.cleaning.forms import read_form
from schemas.registry import load_registry

# Longer lines are prose that happens to begin with a label.
MAX_LINE = 240
_MAX_VALUE = 60
# A value with the end of a sentence in it is prose.
_PROSE = re.compile(r"[。！？；]|，.{0,40}，")
_MAX_UNLABELLED = 100
# A person, with or without the word for journalist, or an organisation.
_NAME = re.compile(r"(?:本报|本网)?(?:记者)?[\u3400-\u9fff]{2,4}|[\u4e00-\u9fffA-Za-z·《》]{2,16}")
_TIME = re.compile(
    r"(?:19|20)\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?P<clock>\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_SEPARATORS = re.compile(r"[\s|丨│/·,，()（）\[\]【】-]+")
# What publishers and offices are called.
ORGANISATION = re.compile(
    r"[\u4e00-\u9fffA-Za-z·]{1,20}(?:网|报|社|台|发布|新闻|财经|周刊|杂志|客户端|融媒体?|中心|统计局|调查总?队|人民政府|政府|办公室|委员会|研究[院所]|局|委|频道|在线|观察|传媒)"
)
_OPENING = "(（[【「"
_TOOLS = frozenset(("counter", "tools", "share", "font_size"))
_SPACES = re.compile(r"\s+")
# What a table of a government office says where it has nothing to say.
_NOTHING = frozenset(("无", "暂无", "-", "--", "/", "空"))


@dataclass(frozen=True, slots=True)
class Statement:
    """What a line states about the page.

    Attributes:
        field: the field, as in page_labels.csv.
        value: its value; empty when it must stand in the next line.
        line: number of the block with the label.
    """

    field: str
    value: str
    line: int


@lru_cache(maxsize=2)
def _labels(edge: bool) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str], frozenset[str]]:
    """Pattern of a label at the start of a line, and after a gap; fields by label; how a line can begin."""
    rows = load_registry().table("page_labels")
    # At an edge of the page a label may be short; a row for anywhere says more than one for the edges.
    fields = {row["label"]: row["field"] for row in rows if edge or row["where"] == "line"}
    # 标 题：, 索 引 号：: tables of government offices set the characters of a label apart.
    words = "|".join(r"\s?".join(label) for label in sorted(fields, key=len, reverse=True))
    label = rf"(?P<label>{words})(?:\s?(?:[:：]|(?=[/／]\s?[\u4e00-\u9fff]))\s?[/／|]?|(?=\t))"
    beginnings = frozenset(label[0] for label in fields).union(_OPENING)
    return (
        re.compile(rf"[(（\[【「]?\s?{label}"),
        re.compile(rf"(?<=[\s|丨/　)）\]】,，;；])[(（\[【]?{label}"),
        fields,
        beginnings,
    )


def statements(text: str, line: int, *, edge: bool) -> list[Statement]:
    """What a line states, none when it is prose.

    Args:
        text: the line.
        line: number of its block.
        edge: whether it stands above or below the prose of the page, where short labels count as well.
    """
    if len(text) > MAX_LINE:
        return []
    # Markdown in a file of plain text sets statements as quotations.
    text = text.lstrip("> ") or text
    first, further, fields, beginnings = _labels(edge)
    start = first.match(text) if text[0] in beginnings else None
    if not start:
        return []
    found = [start, *further.finditer(text, start.end())]
    if "\t" in text and len(found) == 1 and not start[0].rstrip().endswith((":", "：")):
        # 名称 | 面积: the head of a table of data; one of a government office has several labels in a row.
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    result: list[Statement] = []
    for match, end in zip(found, ends, strict=True):
        field = fields[_SPACES.sub("", match["label"])]
        value = _without_tools(text[match.end() : end].strip(" |丨,，;；\t"))
        if value in _NOTHING:
            value = ""
        # An opening bracket before the label has its other half after the last value.
        if value[-1:] in (")", "）", "]", "】") and not any(bracket in value for bracket in "(（[【"):
            value = value[:-1].rstrip()
        if "\t" in value:
            return []
        if field != "url" and (len(value) > _MAX_VALUE or _PROSE.search(value)):
            return []
        if field == "published" and value.rstrip("省市") in _provinces():
            # 发布于：江苏省
            field = "other"
        if field == "published" and value and not parse_moment(value):
            # 时间：9月20日上午 is when something takes place.
            return []
        result.append(Statement(field, value, line))
        if field == "credit" and (time := _TIME.search(value)) and time["clock"]:
            # 编辑：周小可 2024-08-14 08:26: no editor is a time
            result.append(Statement("published", time[0], line))
    return result


def unlabelled(text: str, line: int) -> list[Statement]:
    """What a line states that begins with a name or a time instead of a label: 新华网 2024-01-02 10:00 来源：….

    Only for lines above and below the prose of the page that are no furniture.
    """
    if len(text) > _MAX_UNLABELLED or _PROSE.search(text):
        return []
    if form := read_form(text):
        return [Statement(field, value, line) for field, value in form.items()]
    text, given = _without_tools(text), text
    if text != given and text and (found := statements(text, line, edge=True)):
        return found
    _, further, _, _ = _labels(True)
    label = further.search(text)
    before = text[: label.start()] if label else text
    time = _TIME.search(before)
    name = _SEPARATORS.sub("", _TIME.sub("", before))
    if name in _provinces():
        # Social media put the province behind the time.
        name = ""
    labelled = statements(text[label.start() :].lstrip(_OPENING), line, edge=True) if label else []
    if not (time or labelled) or (name and not _NAME.fullmatch(name)):
        return []
    if not labelled and not (time and time["clock"]) and not (name and ORGANISATION.fullmatch(name)):
        # 2024年9月20日 昆山: a date and a word are a heading; the time of day, or a publisher's name, makes it a line
        # about the page.
        return []
    result = [Statement("published", time[0], line)] if time else []
    if name:
        result.append(Statement("publisher" if ORGANISATION.fullmatch(name) else "author", name, line))
    return [*labelled, *result]


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    return frozenset(place.short_name for place in load_registry().places.values() if place.level == "province")


def _without_tools(text: str) -> str:
    """A line or value without the counters and buttons at its ends: 收藏(37) 浏览:5218 更新时间:…, 林知遥 评论(0)."""
    parts = text.split(" ")
    if len(parts) == 1:
        return text
    first, last = 0, len(parts)
    while first < last and _is_tool(parts[first]):
        first += 1
    while last > first and _is_tool(parts[last - 1]):
        last -= 1
    return " ".join(parts[first:last])


def _is_tool(part: str) -> bool:
    row = furniture.match(part, ("edge", "line", "beside"))
    return row is not None and row.kind in _TOOLS


def with_next_lines(found: Sequence[Statement], texts: Sequence[str]) -> list[Statement]:
    """Statements whose value stands in the next line, with it, for a label that stands alone."""
    result = []
    for statement in found:
        after = statement.line + 1
        if not statement.value and after < len(texts) and _is_value(statement.field, texts[after]):
            statement = Statement(statement.field, texts[after].strip(), statement.line)
        result.append(statement)
    return result


def _is_value(field: str, text: str) -> bool:
    if field in ("published", "updated", "written", "snapshot"):
        return len(text) <= 30 and parse_moment(text) is not None
    if field in ("publisher", "author"):
        return len(text) <= 24 and not re.search(r"[:：。，；>\d【】]", text)
    if field == "title":
        return 4 <= len(text) <= 90
    if field == "other":
        # 索引号： / 014000000/2024-00012: the next line is its value if it is no label itself.
        return len(text) <= 30 and not re.search(r"[:：。，；]", text)
    if field == "url":
        return text.startswith(("http://", "https://", "www."))
    return field == "counter" and re.fullmatch(r"[\d,]{1,12}\s?次?", text) is not None
