"""Firms known by what a text says of them: who manages them, what they put up, what they make.

Here: names before an office of firms (远景能源副总裁), before a figure or deed of firms (天昌食品年屠宰), behind 由 and
before 投资. Not here: lists (`counted`), names known by their suffix wherever they stand (`mentions`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines.extraction.blocks import FIRM, Sentence
from pipelines.extraction.facts import Span
from pipelines.extraction.organizations.names import QUOTES, leads_in, left_edge
from pipelines.extraction.organizations.plain import firm_ending, plausible
from pipelines.extraction.organizations.words import kind, spans_of
from pipelines.extraction.patterns import guarded, one_of

SHORTEST, LONGEST = 3, 14
INVESTS = guarded(r"(?:拟|计划|将|累计|共)?(?:总?投资|出资)(?:约|近|超)?\d")
JOINED = re.compile("[与和及&]")
PUT_UP_BY = re.compile(
    r"由(?P<name>[^，,。；;、由]{2,20}?)(?:独家|全额|共同|联合|总)?(?:投资|出资|承建|建设运营|开发建设)(?=[约近超\d建兴设的，,。])"
)
# 投资方：恩捷股份
PARTY = re.compile(
    r"(?:投资方|投资主体|投资单位|投资企业|投资商|建设单位|业主单位|项目业主|承建单位|运营单位|运营方|实施主体)[：:](?P<name>[^，,。；;：:、\s]{2,24})"
)
# what every office of a firm, and every word before one of a group, is known by
OFFICE_HINT = guarded("[董裁监]|总经|创始|厂长|掌门|总工|CEO|首席执|车间主")
GROUP_HINT = guarded("旗下|创[办立]|[收并]购|[参入]股|[携牵]手")
NO_INVESTOR = re.compile(
    r"政府|财政|中央|国家|部门|社会|企业$|集体|群众|公司$|项目|工程|产业|基地$|园$|期$|路$|[县市区镇村省]$|年|其中|单个"
)


@lru_cache(maxsize=1)
def guarding_words() -> frozenset[str]:
    """Words without which nothing is told that only firms do."""
    hints = "董 裁 监 总经 创始 厂长 掌门 总工 CEO 首席执 车间主 旗下 创办 创立 收购 并购 参股 入股 携手 牵手"
    investors = "投资 出资 承建 建设运营 开发建设 建设单位 业主 运营单位 运营方 实施主体"
    # a list of nothing but firms is told by names that the cue for organizations finds, or by these
    alone = kind("firm_only") - kind("suffix")
    return kind("industry_suffix") | alone | frozenset(f"{hints} {investors}".split())


@lru_cache(maxsize=1)
def _office() -> re.Pattern[str]:
    return re.compile(f"(?:高级|执行|常务|原|时任|联合|首席|集团)*{one_of(kind('firm_office'))}")


@lru_cache(maxsize=1)
def _deed() -> re.Pattern[str]:
    """The deed or figure behind a firm's short name."""
    when = (
        r"(?:[（(][^（）()]{1,16}[）)])?"
        r"(?:(?:20)?\d\d年|今年|去年|当年|目前|上半年|全年|已|也|还|现|预计|累计|先后|计划|将|拟|于)*"
    )
    return re.compile(
        f"{when}{one_of(kind('firm_deed'))}"
        r"|(?:也|则)?[是为](?:国内|全国|全球|世界|亚洲|我国|中国|全省|一家|集)"
    )


@lru_cache(maxsize=1)
def _of_group() -> re.Pattern[str]:
    """旗下恒源置业, 创办绿萌科技: a firm's short name behind what makes it one."""
    ends = one_of(kind("industry_suffix"))
    return re.compile(
        rf"(?:旗下|创办|创立|收购|并购|参股|入股|携手|牵手)(?:了|的)?(?P<name>[^，,。；;、的了与和]{{2,8}}?{ends})(?![\u4e00-\u9fff]{{0,2}}[企行产项])"
    )


def firms(sentence: Sentence) -> Iterator[Span]:
    """Where a sentence names a firm and says what only firms do.

    Args:
        sentence: The sentence.
    """
    if not sentence.cues & FIRM:
        return
    text = sentence.text
    if OFFICE_HINT.search(text):
        for match in _office().finditer(text):
            yield from _before(sentence, match.start(), any_name=True)
    for _, end in spans_of(text, "industry_suffix"):
        if _deed().match(text, end):
            yield from _before(sentence, end, any_name=False)
    if "投资" in text or "出资" in text:
        for match in INVESTS.finditer(text):
            yield from _investor(sentence, match.start())
    if "：" in text or ":" in text:
        for match in PARTY.finditer(text):
            if _puts_up(sentence, *match.span("name")):
                yield match.span("name")
    if GROUP_HINT.search(text):
        yield from _behind_group(sentence)
    if "由" in text:
        for match in PUT_UP_BY.finditer(text):
            start, end = match.span("name")
            if _puts_up(sentence, start, end):
                yield start, end


def _behind_group(sentence: Sentence) -> Iterator[Span]:
    for match in _of_group().finditer(sentence.text):
        name = match["name"]
        if firm_ending(name) and not leads_in(name) and plausible(name, sentence, match.start("name")):
            yield match.span("name")


def _before(sentence: Sentence, end: int, *, any_name: bool) -> Iterator[Span]:
    """The name that ends at a position; any words will do before an office of firms."""
    text = sentence.text
    start = left_edge(sentence, end)
    while start < end and text[start] in QUOTES:
        start += 1
    name = text[start:end].strip(QUOTES)
    if not SHORTEST <= len(name) <= LONGEST or leads_in(name) or JOINED.search(name) or _office().search(name):
        return
    if plausible(name, sentence, start) and (any_name or firm_ending(name)):
        yield start, end


def _investor(sentence: Sentence, end: int) -> Iterator[Span]:
    start = left_edge(sentence, end)
    if _puts_up(sentence, start, end) and firm_ending(sentence.text[start:end].strip(QUOTES)):
        yield start, end


def _puts_up(sentence: Sentence, start: int, end: int) -> bool:
    name = sentence.text[start:end].strip(QUOTES)
    return SHORTEST <= len(name) <= LONGEST and NO_INVESTOR.search(name) is None and plausible(name, sentence, start)
