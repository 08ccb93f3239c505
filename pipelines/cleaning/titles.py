"""The title of a document: what the page states of itself, or the line above its prose that most speaks for one.

Belongs here: weighing the lines, joining a title of two lines, marking it and its repetitions. Does not belong here:
what else is metadata (`metadata.py`), and which lines are furniture (`sections.py`).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.cleaning.bylines import ACCOUNT, BYLINE_LINE, is_wide_name
from pipelines.cleaning.sections import Layout

_MAX_TITLE = 90
_MIN_TITLE = 4
# 某县县委书记(中)在园区调研: the one in the middle of a photograph.
_PHOTO = re.compile(
    r"[(（](?:左|右|中|前排|后排|图|资料图|站立者|主席台)[^)）]{0,20}[)）]|(?:摄|供图)[)）\]】]?$|^[\[【(（]?图[为:：]"
)
_NO_TITLE = re.compile(
    r"[。；，,、：:]$|^[—―-]{1,4}|^各位(?:代表|领导|同志|嘉宾)|^[(（](?:\d{4}年|来源)|^(?:本报(?!告)|新华社|记者(?!手记|观察|调查|视点|日记|来信|见闻|走|专访))"
    r"|^[【\[]?(?:编者按|编者的话|编者语|核心提示|内容提要|内容摘要|摘要|提要|导读|导语|题记|按语|阅读提示|关键词)[】\]]?(?:[:：\s]|$|[】\]])"
    r"|^(?:【[^】]{2,12}】\s?)+$"
)
_PERSON_LINE = re.compile(
    r".{0,20}(?:省长|市长|县长|区长|主席|主任|书记|州长|盟长|旗长)\s?[\u4e00-\u9fff]{1,3}\s?[\u4e00-\u9fff]{1,3}"
)
_SITE_SUFFIX = re.compile(r"\s?[-_—|–]{1,2}\s?[^-_—|–]{2,30}$")
# 某某高新区 [国家级], 全县经济运行情况（图）: what a site adds to a title.
_TAG = re.compile(r"\s?[\[【(（](?:国家级|省级|市级|图|组图|多图|视频|附图|原创|置顶|推荐|热|转载|\d{1,2})[\]】)）]$")
_HASHES = re.compile(r"^#{1,6}\s")
# An office in a line of its own: it issues what the next line is the title of.
_OFFICE = re.compile(
    r"(?:(?:中共|中国共产党)?[\u4e00-\u9fff]{2,30}(?:政府|办公室|办公厅|委员会|[省市县区旗州]委|局|厅|统计局|调查总?队|工作组|指挥部|领导小组)\s?){1,3}"
)
_ABOUT = re.compile(r"^关于.{4,}")
_RUNS_ON = re.compile(r"^的(?:通知|意见|决定|公告|通告|批复|报告|函)")
_ENDS_ISSUE = re.compile(r"^[^。；，]{2,60}的(?:通知|意见|决定|公告|通告|批复|报告|函)$")
# ——某县推进改革的实践与思考: a second line that belongs to the title; ——2026年1月在某会议上 does not.
_SUBTITLE = re.compile(r"[—―－–-]{1,4}\s?(?!.{0,4}(?:19|20)\d{2}年\d{1,2}月)[^。；—]{6,60}")
# What documents are called.
_KIND = re.compile(
    r"(?:报告|公报|方案|规划|计划|纲要|意见|通知|办法|条例|决定|公告|通告|简介|概况|介绍|情况|纪实|讲话|致辞|要点|分析|综述|名单|榜|总结|简报|措施|清单|走势|开局良好)"
    r"(?:[（(][^）)]{1,16}[）)])?$"
)
# 专题报道 | 县域样本, 数据发布·统计分析: names of columns.
_COLUMNS = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:\s?[|丨·/-]\s?[\u4e00-\u9fff]{2,6}){1,4}"
    r"|[\u4e00-\u9fff]{2,10}年鉴\s?[(（]?\d{0,4}年?[)）]?(?:\s?[|丨·/>-]\s?[\u4e00-\u9fff]{2,8}){0,4}"
)
_COLUMN = 5
_LONG = 8
_USUAL = range(6, 61)
# What speaks for a line, and against it.
_IN_ELEMENT, _AGAIN, _IN_BREADCRUMB, _MARKED_UP = 12, 8, 6, 5
_ABOVE_STATEMENT, _NAMES_KIND, _USUAL_LENGTH = 3, 2, 2
_IS_OFFICE, _IS_SHORT, _BELOW_STATEMENT, _FURTHER_DOWN = -8, -1, -2, -1
_FURTHEST = 4
_SIGN = re.compile(r"\s?(?:->|[>›»→＞|]{1,2})\s?")


@dataclass(frozen=True, slots=True)
class _Choice:
    """A title and the blocks that it stands in, none where it stands outside of the text."""

    title: str
    numbers: tuple[int, ...] = ()


def find_title(layout: Layout, stated: Mapping[str, str]) -> str | None:
    """The title of the page, and mark its block; repetitions in the body become captions among the boilerplate."""
    choice = _choose(layout, stated)
    if choice is None:
        return None
    wanted = _bare(choice.title)
    copies = list(choice.numbers) if len(choice.numbers) > 1 else []
    others = [
        number
        for number, text in enumerate(layout.texts)
        if len(wanted) <= len(text) <= 2 * _MAX_TITLE
        and layout.blocks[number].section == "body"
        and _bare(_trimmed(text)) == wanted
    ]
    if not others and not copies:
        # A headline over two lines is two blocks.
        copies = next(
            (
                [number, number + 1]
                for number in layout.head()
                if layout.is_free(number)
                and number + 1 < len(layout.texts)
                and _bare("".join(layout.texts[number : number + 2])) == wanted
            ),
            [],
        )
    if not (copies or others) and choice.numbers:
        # 标题：总投资20亿元的项目落户: a title that stands nowhere else states facts all the same.
        layout.blocks[choice.numbers[0]].section = "body"
        copies = [choice.numbers[0]]
    for number in copies or others[:1]:
        layout.blocks[number].kind = "title"
    for number in others if copies else others[1:]:
        layout.blocks[number].kind = "caption"
        layout.blocks[number].section = "boilerplate"
    return choice.title


def _choose(layout: Layout, stated: Mapping[str, str]) -> _Choice | None:
    if title := stated.get("title", "").strip():
        return _Choice(title)
    labelled = (s for s in layout.stated if s.field == "title" and s.line < max(1, layout.first_prose))
    if found := next((statement for statement in labelled if len(statement.value) >= _MIN_TITLE), None):
        return _Choice(found.value, (found.line,))
    element = stated.get("title_element", "").strip()
    candidates = [number for number in layout.head() if _can_be_title(layout, number)]
    if not candidates:
        return _Choice(element) if element else None
    # What stands above the breadcrumb is the site's, unless it came again below.
    crumb = max((n for n in layout.head() if layout.is_breadcrumb(n)), default=-1)
    evidence = _Evidence.of(layout, element)
    below = [number for number in candidates if number > crumb or evidence.is_repeated(layout.texts[number])]
    if not below:
        return _Choice(element) if element else None
    ranks = {number: place for place, number in enumerate(below)}
    best = max(below, key=lambda number: (evidence.score(layout, number, ranks[number]), -number))
    return _joined(layout, best)


def _joined(layout: Layout, number: int) -> _Choice:
    """The title with the lines that it goes on over: an office above 关于…, ——… below it."""
    texts = layout.texts
    first, last = number, number
    title = texts[number]
    if _ABOUT.match(title) and number and _OFFICE.fullmatch(texts[number - 1]) and layout.is_free(number - 1):
        first, title = number - 1, texts[number - 1] + title
    if number and layout.is_free(number - 1) and _is_torn(texts[number - 1], title):
        first, title = number - 1, texts[number - 1] + title
    while last + 1 < min(layout.first_prose, len(texts)) and layout.is_free(last + 1) and last - number < 2:
        below = texts[last + 1]
        if not (_SUBTITLE.fullmatch(below) or _RUNS_ON.match(below) or (last == first and _goes_on(title, below))):
            break
        title, last = title + below, last + 1
    return _Choice(_trimmed(title), tuple(range(first, last + 1)))


def _goes_on(title: str, below: str) -> bool:
    return (_OFFICE.fullmatch(title) is not None and _ABOUT.match(below) is not None) or _is_torn(title, below)


def _is_torn(above: str, below: str) -> bool:
    """Whether a line break stands inside of 关于印发…|…的通知."""
    return "关于" in above and _KIND.search(above) is None and _ENDS_ISSUE.search(below) is not None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the page says about its lines.

    Attributes:
        element: The title element of the page, without the site's name.
        counts: How often each line stands on the page.
        crumbs: The parts of its breadcrumb.
        statements: Numbers of the blocks that state when and by whom it was published.
    """

    element: str
    counts: Counter[str]
    crumbs: frozenset[str]
    statements: Sequence[int]

    @classmethod
    def of(cls, layout: Layout, element: str) -> "_Evidence":
        trails = [layout.texts[number] for number in layout.head() if layout.is_breadcrumb(number)]
        fields = ("published", "updated", "written", "publisher", "author", "counter")
        return cls(
            _bare(_SITE_SUFFIX.sub("", element)),
            Counter(layout.texts),
            frozenset(part for trail in trails for part in _SIGN.split(trail)[1:]),
            sorted({statement.line for statement in layout.stated if statement.field in fields}),
        )

    def is_repeated(self, text: str) -> bool:
        """Whether the line stands on the page more than once and is longer than the name of a column."""
        return self.counts[text] > 1 and len(text) > _LONG

    def score(self, layout: Layout, number: int, rank: int) -> int:
        """How much speaks for a line."""
        text = _trimmed(layout.texts[number])
        bare = _bare(text)
        next_statement = next((line for line in self.statements if line > number), None)
        reasons = (
            (
                _IN_ELEMENT,
                bool(self.element) and (bare == self.element or (len(bare) > _LONG and bare in self.element)),
            ),
            (_AGAIN, self.is_repeated(layout.texts[number])),
            (_IN_BREADCRUMB, len(text) > _COLUMN and text in self.crumbs),
            (_MARKED_UP, layout.blocks[number].kind in ("heading", "title")),
            (_ABOVE_STATEMENT, next_statement is not None and next_statement - number <= 2),
            (_NAMES_KIND, _KIND.search(text) is not None),
            (_USUAL_LENGTH, len(text) in _USUAL),
            (_IS_OFFICE, _COLUMNS.fullmatch(text) is not None),
            (_IS_OFFICE, _OFFICE.fullmatch(text) is not None),
            (_IS_SHORT, len(text) <= _COLUMN and _KIND.search(text) is None),
            (_BELOW_STATEMENT, bool(self.statements) and rank > 0 and number > self.statements[0]),
        )
        return sum(weight for weight, holds in reasons if holds) + _FURTHER_DOWN * min(rank, _FURTHEST)


def _can_be_title(layout: Layout, number: int) -> bool:
    text = layout.texts[number]
    return (
        layout.is_free(number)
        and layout.blocks[number].kind != "table_row"
        and _MIN_TITLE <= len(text) <= _MAX_TITLE
        and not _PHOTO.search(text)
        and not _NO_TITLE.search(text)
        and not _PERSON_LINE.fullmatch(text)
        and not is_wide_name(text)
        and not BYLINE_LINE.fullmatch(text)
        and not ACCOUNT.fullmatch(text)
        and any("\u4e00" <= character <= "\u9fff" for character in text)
    )


def _trimmed(text: str) -> str:
    """A headline without what the site adds to it, and Markdown's sign in a file of plain text."""
    return _TAG.sub("", _HASHES.sub("", text))


def _bare(text: str) -> str:
    """A headline without what its copies differ in."""
    return re.sub(r"[\s!！?？“”\"'·:：,，]", "", text)
