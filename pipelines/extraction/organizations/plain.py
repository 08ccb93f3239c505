"""Names of firms without a suffix that proves them: 远景能源, 新凤鸣, 中铁二局.

Here: whether words can be such a name, and the names that stand in one list with a name that is certain. Not here: what
makes a text speak of a firm (`counted`, `firms`), names known by their suffix (`names`).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.facts import Span
from pipelines.extraction.lexicon import word_set
from pipelines.extraction.organizations.names import QUOTES, left_edge
from pipelines.extraction.organizations.words import branch_words, cues, generic, kind, speaks
from pipelines.extraction.patterns import one_of

LONGEST = 16
SHORTEST_CORE = 2
LONGEST_LIST = 12
NO_FIRM = re.compile(
    r"产业|行业|领域|工程|服务业|制造业|项目|集群|[0０]强|百强|各有|政府|管委会|委员会|“|"
    r"(?:建设|发展|工作|改革|部门|局|委|办|街道|乡|镇|村|县|(?<!超)市|区|省|州|盟|旗|人|户|年|月|日|等|期|机组|河|湖)$"
)
# 中铁二局, 中交三航局: bureaus that build
BUILDERS = re.compile(r"^(?:中国?[铁交建核水能电冶煤化]|中建|中铁|中交)[^，。、]{0,8}局$")
SPEAKER = re.compile(
    r"[市县区镇局部厅处院所校会]长|书记|主任|经理|总裁|董事|院士|教授|专家|负责人|[他她我你您们这那哪其该此]|(?<!日)本|\d{3}|[%％元亩吨+＋]|\d+[余多]?[个家所座名项户种条批]|一批"
)


def plausible(name: str, sentence: Sentence, start: int) -> bool:
    """Whether words can be the name of a firm: no branch of industry, no general word, no verb, no place.

    Args:
        name: The words.
        sentence: The sentence, for the places in it.
        start: Where they stand.
    """
    name = name.strip(QUOTES)
    if not 2 <= len(name) <= LONGEST or name in branches() or name in kind("suffix"):
        return False
    if generic().fullmatch(name):
        return False
    certain = name.endswith(tuple(kind("suffix")))
    if speaks(name) or (NO_FIRM.search(name) and not certain and not BUILDERS.match(name)) or SPEAKER.search(name):
        return False
    # 昆山开发区 is a place that can be a member
    if not certain and covered(sentence, start, start + len(name)):
        return False
    # 北新建材: 新建 in the middle of a name that ends as firms are called
    if certain or firm_ending(name):
        return not name.startswith(_verbs())
    return not any(verb in name for verb in word_set("action_verb") if len(verb) > 1)


@lru_cache(maxsize=1)
def _verbs() -> tuple[str, ...]:
    return tuple({verb for verb in word_set("action_verb") if len(verb) > 1} - kind("verb_in_name"))


def covered(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a stretch of a sentence is the name of a place."""
    return any(mention.start <= start and end <= mention.end for mention in sentence.mentions)


def firm_ending(name: str, *, weak: bool = False) -> bool:
    """Whether a name ends as firms are called and says more than a branch: 天昌食品, not 绿色食品.

    Args:
        name: The name.
        weak: Whether words are endings as well that only a list of firms makes so: 佳沃农业.

    Examples:
        >>> [firm_ending(name) for name in ("天昌食品", "绿色食品", "恒山集团", "新凤鸣")]
        [True, False, True, False]
    """
    match = _ending(weak).search(name)
    return match is not None and match.start() >= SHORTEST_CORE and not branch_words().fullmatch(name[: match.start()])


@cache
def _ending(weak: bool) -> re.Pattern[str]:
    return re.compile(one_of(_endings(weak)) + "$")


def _endings(weak: bool) -> frozenset[str]:
    return kind("industry_suffix") | kind("suffix") | (kind("weak_suffix") if weak else frozenset())


@lru_cache(maxsize=1)
def _next() -> re.Pattern[str]:
    """The next name of a list, up to the mark or the deed behind it."""
    behind = one_of(kind("list_deed") | cues("after").keys())
    return re.compile(
        rf"[、和与及](?P<name>[^，,。；;：:、和与及的了在]{{2,14}}?{one_of(_endings(weak=True))})(?=[、，,。；;和与及等]|$|{behind})"
    )


def neighbours(sentence: Sentence, span: Span) -> Iterator[Span]:
    """Names of a list beside a name that is certain: 华为云、阿里云 before 、中国移动某公司, 京东物流 behind it.

    Args:
        sentence: The sentence.
        span: Where the certain name stands.
    """
    text = sentence.text
    yield from _behind(sentence, span[1])
    start = span[0]
    for _ in range(LONGEST_LIST):
        while start > 0 and text[start - 1] in QUOTES:
            start -= 1
        if start < 2 or text[start - 1] not in "、和与及":
            return
        end = start - 1
        start = left_edge(sentence, end)
        name = text[start:end].strip(QUOTES)
        if not name or not plausible(name, sentence, start) or branch_words().fullmatch(name):
            return
        yield start, end


def _behind(sentence: Sentence, end: int) -> Iterator[Span]:
    """Names behind a certain one, as long as they end as firms are called."""
    match = _next().match(sentence.text, end)
    while match is not None:
        name = match["name"].strip(QUOTES)
        if not firm_ending(name, weak=True) or not plausible(name, sentence, match.start("name")):
            return
        yield match.span("name")
        match = _next().match(sentence.text, match.end())


@lru_cache(maxsize=1)
def branches() -> frozenset[str]:
    """Branches of industry and other nouns that stand in lists of firms as well: 电子、汽车等企业."""
    return word_set("noun_open", "metric_head", "abstract_noun", "person_noun", "noun_close") | kind("industry_suffix")
