"""Names of meetings as written: where the name of an event begins, and whether it names one event at all.

Here: cutting what does not belong to a name, and telling a named event from a sort of event (各类展会) and from the
routine of government (常务会议). Not here: the verbs around it (`held`).
"""

import re
from functools import lru_cache

from pipelines.extraction.events.line import CLOSERS, Line
from pipelines.extraction.events.words import DEFINITE, any_of
from pipelines.extraction.patterns import guarded

NUMBER = r"(?:\d+|[一二两三四五六七八九十百数几]+)(?:余|多)?"
# what may stand before a name: a day, who held it, what it was about, how long it took
BEFORE_NAME = re.compile(
    r"(?:(?:(?:19|20)\d{2}年)?\d{1,2}月(?:\d{1,2}日?(?![年届]))?(?:份|[上中下]旬|初|底|末)?(?:(?:至|到|[-—~～]+)(?:\d{1,2}月)?\d{1,2}日)?(?:上午|下午|晚上?|当天)?"
    r"|[（(][^）)]{0,20}(?:记者|通讯员)[^）)]{0,20}[)）]|[\u4e00-\u9fff]{2,8}(?:电|讯)(?=[\s（(])|本报讯"
    r"|\d{1,2}日(?:上午|下午|晚上?)?|(?:今|昨)(?:天|日)?(?:上午|下午|晚上?)?|[今去明]年的?|上周|日前|近日|上午|下午"
    r"|(?:为期|历时)[^的]{1,5}的|一年一度的?|备受[^的]{2,4}的|[^，的]{2,40}(?:主办|承办|举办|发起|主题|指导|打造|牵头|协办|组织|参加|创办)的"
    r"|随后|同时|当天|其中|此外|目前|据悉|获悉|期间|每年的?|我们|我市|我县|我省|我区|举办的?|召开的?|举行的?|一场|了|的|连续\d年|[，,、·\s])"
)
COUNTED = re.compile(rf"\s*(?:等\w{{0,6}}?)?{NUMBER}(?:场次?|次|期|个|项|届)(?!会)")
COUNTED_BEFORE = re.compile(rf"^(?:近|超|超过|约|共|各类|大型|累计)*{NUMBER}\s*(?:场次?|次|期|个|届|项)(?![会月])")
CONTENT = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
EMPTY_OF = re.compile(r"[“”\"‘’《》·\s的、（）()]+")


@lru_cache(maxsize=1)
def noun_pattern() -> re.Pattern[str]:
    """Nouns of events, longest first; the group tells the weak ones."""
    # 茶王赛, 视听周, 成果展; 牡丹花会: any 会 or 节 with its number, but not 委员会
    return guarded(
        f"(?P<noun>{any_of('noun')})|(?P<weak>{any_of('noun_weak')}"
        "|(?<![发进拓开扩伸施招])展(?![览示销会望])|(?<!竞)赛(?![事道区程制])|周(?![围边期年末转密长到])"
        "|(?<=[\u4e00-\u9fff]{2})(?:(?<![委协学商社机体合金员理工])会|(?<![季环细调关情礼])节)(?![\u4e00-\u9fff]{0,2}[会员长]|能|约|水|点|假|日))"
    )


NO_BEGINNING = "》”’）)]】>·•●○◆◇■□▪▶★☆※—–- \u3000"


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    return re.compile(f"^{any_of('bare')}+$")


@lru_cache(maxsize=1)
def _routine() -> re.Pattern[str]:
    return guarded(any_of("routine"))


@lru_cache(maxsize=1)
def _national() -> re.Pattern[str]:
    return guarded(any_of("national"))


def trimmed(line: Line, start: int, end: int) -> int:
    """Where the name that ends at `end` begins in a stretch: behind its day, its host and its theme.

    Args:
        line: The sentence.
        start: The earliest that it can begin.
        end: Offset behind the name.
    """
    # 》第七届论坛召开: a bullet of a list of links, or the end of what stood before
    start += len(line.text[start:end]) - len(line.text[start:end].lstrip(NO_BEGINNING))
    while start < end and (match := BEFORE_NAME.match(line.masked, start, end)):
        if match.end() >= end:
            break
        start = match.end()
    of = line.masked.rfind("的", start, end)
    if of > start and len(CONTENT.findall(line.text[of + 1 : end])) >= 5 and not line.masked.startswith("关于", start):
        start = of + 1
    return start


def with_closers(text: str, end: int) -> int:
    """The end of a name with its closing quote."""
    while end < len(text) and text[end] in CLOSERS:
        end += 1
    return end


def balanced(line: Line, start: int, end: int) -> str:
    """The name without a quote that is opened or closed outside of it."""
    name = line.text[start:end].strip("，,、· ")
    for opening, closing in ("“”", "《》", "（）", "()"):
        if name.count(opening) < name.count(closing):
            name = name.removesuffix(closing) if name.endswith(closing) else name
        elif name.count(opening) > name.count(closing):
            name = name.removeprefix(opening) if name.startswith(opening) else name
    return name


def is_counted(line: Line, start: int, end: int) -> bool:
    """Whether events are counted rather than named: 举办招商推介会26场, 举办了3场音乐会."""
    return bool(COUNTED.match(line.text, end) or COUNTED_BEFORE.match(line.text[start:end]))


def qualifier(name: str, noun: str) -> str:
    """What tells this event from others of its kind, without quotes: 产业合作 of 产业合作座谈会."""
    words = EMPTY_OF.sub("", name)
    head = EMPTY_OF.sub("", noun)
    words = words[: words.rfind(head)] + words[words.rfind(head) + len(head) :] if head in words else words
    return "" if _bare().fullmatch(words) else words


def is_definite(name: str) -> bool:
    """Whether a name has its number, its year or quotes: 第三届时尚产业大会.

    Examples:
        >>> is_definite("第三届时尚产业大会"), is_definite("时尚产业大会")
        (True, False)
    """
    return DEFINITE.search(name) is not None


def is_routine(name: str) -> bool:
    """Whether it is a meeting that every place holds by rule: 常务会议, 全会, 人民代表大会."""
    return _routine().search(name) is not None


def is_national(name: str) -> bool:
    """Whether it is a meeting of party or state, told of as the source of a policy: 党的二十大."""
    return _national().search(name) is not None
