"""Organizations under a name that proves itself, wherever they stand: 绿野食品公司, 吉林农业大学, 某县人民医院.

Here: firms, institutes, hospitals and associations in running text, parks where the text says something of the park.
Not here: why they are named, where a cue tells it (`statements`), lists that a count closes (`counted`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.blocks import BODY, Sentence
from pipelines.extraction.facts import Span
from pipelines.extraction.organizations.names import COUNTED_BEHIND, QUOTES, is_name, leads_in, left_edge
from pipelines.extraction.organizations.plain import covered
from pipelines.extraction.organizations.words import branch_words, kind, spans_of

# 集团化, 大学生, 公司制, 学院派
NO_END = re.compile(r"化|制|型|级|们|性|式|业(?!务)|城|交易所|军|生(?!物)|派|员|法|债|有限|股份|总?公司|集团")
# 某大学教授说: he is quoted, the university is not told of
PERSON_OF = re.compile(
    r"(?:的)?(?:原|副|常务|党委|党组|名誉|首席|特聘|兼职|执行|区域|经济|农村|商)*"
    r"(?:会长|院长|校长|所长|主任|教授|研究员|理事长|理事|秘书长|院士|博士|学者|专家|书记|馆长|研究生|学生|毕业|工程师|讲师|行长|委员)"
)
NO_NAME = re.compile(
    r"[%％+＋]|一批|各类|境内外|世界(?:银行|一流)|全[省市县区州国]|[一二三]级|级医院|以上|政府|人民银行|委员会|管委会|法院|检察院|办公室"
)
JOINED = re.compile("[与和及]")
SHORTEST_NATIONAL = 4
PARK_TOLD_BEFORE = re.compile(
    r"(?:入驻|落户|落地|位于|坐落于|坐落在|设在|走进|来到|建成|设立|建有|落户于|变身|搬入|迁入)(?:了)?$"
)
NO_WORKS = tuple("房区家商长址内")
# 在沙河镇的某产业园，…
PARK_STOP = re.compile(r"在(?:[^，,。；;在]{2,12}的?)?$")
# 1.某产业园: a line of a list that names nothing else
ALONE = re.compile(r"[\s（(\d一二三四五六七八九十.．、）)·●◆-]*")
ALONE_END = re.compile(r"[\s；;。]*$|[（(]")
# 落户某高新区: a zone is where it is
ZONES = ("开发区", "高新区", "经开区", "综保区", "保税区", "集聚区")
PARK_TOLD_BEHIND = re.compile(
    r"[，,]?(?:（[^（）]{1,16}）|\([^()]{1,16}\))?(?:总)?(?:位于|坐落|规划面积|总面积|占地|建成区|入驻|集聚|聚集|现有|拥有|始建|成立|设立|年接待|已建成)"
)


def mentioned(sentence: Sentence) -> Iterator[tuple[Span, str]]:
    """Where a sentence names an organization, with its sort (firm, institute or park); of names in names the longest.

    Args:
        sentence: The sentence.
    """
    if not sentence.cues & BODY:
        return
    last: tuple[Span, str, bool] | None = None
    for span, sort, told in _found(sentence):
        if last is not None and last[2] and span[0] > last[0][0]:
            yield last[:2]
        last = span, sort, told
    if last is not None and last[2]:
        yield last[:2]


def _found(sentence: Sentence) -> Iterator[tuple[Span, str, bool]]:
    """Names with their sort and whether they are told of; a longer name whose person is quoted hides those in it."""
    text = sentence.text
    for suffix, end in spans_of(text, "firm", "institute", "park"):
        if NO_END.match(text, end) or COUNTED_BEHIND.match(text, end):
            continue
        sort = next(sort for sort in ("firm", "institute", "park") if text[suffix:end] in kind(sort))
        start = left_edge(sentence, end)
        while start < end and text[start] in QUOTES:
            start += 1
        name = text[start:end]
        if NO_NAME.search(name) or leads_in(name) or _general(name, suffix - start):
            continue
        if is_name(name, sentence, start):
            yield (start, end), sort, _is_told(sentence, start, end, sort)


def _general(name: str, core: int) -> bool:
    """Whether only general words stand before the suffix: 跨国公司, 新型经营主体和农机合作社; 中国电建集团 is one."""
    if name.startswith("中国") and core >= SHORTEST_NATIONAL:
        return False
    return any(branch_words().fullmatch(part) for part in JOINED.split(name[:core])[-1:])


def _is_told(sentence: Sentence, start: int, end: int, sort: str) -> bool:
    """Whether the text tells of the organization itself, not of a person in it or of a park as a place."""
    text = sentence.text
    if sort == "institute":
        return PERSON_OF.match(text, end) is None
    if text[end - 1] == "厂" and text[end - 2 : end] != "工厂":
        # 安吉卫生椅厂 says where it is; a works without a place is any
        placed = any(start <= mention.start < end for mention in sentence.mentions)
        return placed and text[end : end + 1] not in NO_WORKS
    if sort == "park":
        if covered(sentence, start, end):
            return False
        before = not text.endswith(ZONES, start, end) and PARK_TOLD_BEFORE.search(text, max(0, start - 4), start)
        if ALONE.fullmatch(text, 0, start) and ALONE_END.match(text, end):
            return True
        stop = PARK_STOP.search(text, max(0, start - 14), start) and text[end : end + 1] in ("，", ",", "内", "里")
        return bool(before or stop or PARK_TOLD_BEHIND.match(text, end))
    return True
