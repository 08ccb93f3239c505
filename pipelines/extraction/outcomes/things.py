"""What a sentence says was set up, signed or published, as items of lists.

Here: the verbs with their objects (发布了A、B) and subjects (A、B揭牌), cut into names. Not here: who was part of it
(`parties`) and of which event it came (`__init__`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.events.line import CLOSERS, ENCLOSED, Line, pieces
from pipelines.extraction.outcomes.words import any_of, type_of
from pipelines.extraction.patterns import guarded

# 张某在致辞时表示,…成立了…中心: what a speaker recalls did not come of the event
REPORTED = re.compile(r"(?:表示|指出|强调|认为|介绍|谈到|提到|说|称|透露)(?:说|道)?[，,:：]")
AT_THE_EVENT = re.compile(
    r"(?:会上|现场|活动中|活动现场|同时|期间|随后|当天|据悉|(?:大会|会议|论坛|仪式|活动)[上中期现还])"
)
# 研究院成立后,将结合产业需求,建立…平台: 将 reaches over clauses, unless 了 says that it is done
WILL = guarded(r"将(?!军|来|于|在)|(?:未来|今后)[，,]|下一步")
ANNOUNCED = frozenset(("发布", "公布", "宣读"))
LONGEST = 70
REACH, LONGEST_LIST = 80, 320
SHORTEST = 4
# 发布《A》绿皮书并…, 签署协议以…: what follows is no part of the object
OBJECT_END = guarded(r"(?:并(?!购|联|轨)|以(?=[\u4e00-\u9fff]{2,})|后(?!$)|将|共同推|助力|旨在|明确|提出|[中里]$)")
# 公布了2024年度…等榜单: the word behind 等 says what the items are
AND_SO_ON = re.compile(r"等(?:(?:\d+|[一二三四五六七八九十两]+)[个项份大])?(?P<kind>[\u4e00-\u9fff]{0,10})$")
LEADING = re.compile(
    r"^(?:(?:一批|一系列|多项|系列|相关|有关|新一批|并|了|的|由[^，的]{2,20}(?:编制|编写|起草|发起|牵头)的"
    r"|[\d一二三四五六七八九十两]+[个项家份部]|运[行营]|并运行|执行|实施|\s|现场|会上|同时|正式|还|又|联合(?!国|会)|共同)(?!案例))+"
)
COUNTED = re.compile(r"^(?:近|超|约)?[\d.,一二三四五六七八九十两百千]+(?:余|多)?[个项家份部条万亿件批]")
# 签约合作协议和项目共19个: counted, not named
HOW_MANY = re.compile(r"(?:和[^，,。；;]{1,6})?(?:共计?|合计)?(?:近|超)?\d+(?:余|多)?[个项份]")
YEAR = re.compile(r"^(?:(?:19|20)\d{2}年度?|(?:19|20)\d{2})")
SPEECH = re.compile(r"(?:讲话|演讲|致辞|看法|观点|意见建议|消息|公告|通知|通告|预警|岗位|文章)[”\"》]*$")
# 就共建研发平台达成共识: what has a verb inside is no name
INNER_VERB = re.compile(r"达成|签署|签订|成立|公布|揭牌|(?<!新闻)发布(?!会|仪式)|举行|召开|出台|印发")
ALSO = guarded(r"以及|[和及]")
# 刊发长篇文章“…启示录”, 发布倡议书《…》: the kind stands before the title
KIND_BEFORE = re.compile(r"^(?P<kind>[\u4e00-\u9fff]{2,8})(?P<title>“[^”]+”|《[^》]+》)$")
# 举行了圆桌会议和签约仪式: two things, of which one is no outcome
SIDE_BY_SIDE = re.compile(r"(?:会议|论坛|对话|研讨|展览)$")
# 校长与区委书记共同为“…研究院”揭牌: who unveils it is no part of its name
UNVEILED = re.compile(r"(?:[^，,。；;“《]{0,40}?(?:共同|一起|分别))?为(?=[“《]|我|新)(?:我[校市县区省])?")
# 县长张三为|某县产业研究院|揭牌
BY_WHOM = re.compile(r"[^，,。；;“《]{1,40}?(?<![华作成认因以称])为(?=[“《]|[\u4e00-\u9fff]{4})")
UNVEILS = re.compile(r"[”》]?(?:正式|成功)?(?:揭牌|授牌)")
STATE = re.compile(r"(?:工作|建设|发展|能力|水平|作用|效益|关系|建立|健全|完善)$")
HOW = (
    r"(?:正式|顺利|全面|集中|隆重|成功|宣布|同步|同时|举行|双双|现场|已|也|还|分别|共同|联合|首次|落户|当天|今日|昨日)*"
)
MANNER = rf"{HOW}(?:[在于][^，,。；;在于]{{1,18}}?{HOW})?"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something set up, signed or published, as one sentence names it.

    Attributes:
        name: Name as written.
        type: What it is.
        span: Where it stands in the sentence.
        said: Where the words stand that state it, verb included.
        verb: Offset of the verb, in front of which its subject stands.
        manner: publish, set_up, sign, appear, perform or entered.
    """

    name: str
    type: str
    span: tuple[int, int]
    said: tuple[int, int]
    verb: int
    manner: str


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    kinds = ("publish", "set_up", "sign", "perform", "entered")
    return guarded("|".join(f"(?P<{kind}>{any_of(kind)})" for kind in kinds))


@lru_cache(maxsize=1)
def _appears() -> re.Pattern[str]:
    return guarded(rf"{MANNER}(?P<verb>{any_of('appear')})(?=[，,。；;！!]|$|运[行营]|[:：])")


@lru_cache(maxsize=1)
def _not_done() -> re.Pattern[str]:
    # 研究院发布…: words that only look like a plan are read first, and take no part
    return guarded(rf"{any_of('done_after_all')}|(?P<plan>{any_of('not_done')})")


def is_planned(words: str) -> bool:
    """Whether the words before a verb say that it is not done: 将, 推动, 研究 (but not 研究院).

    Examples:
        >>> is_planned("县里将"), is_planned("某研究院"), is_planned("重要会议")
        (True, False, False)
    """
    return any(match["plan"] for match in _not_done().finditer(ENCLOSED.sub("", words)))


@lru_cache(maxsize=1)
def _scrap() -> re.Pattern[str]:
    return guarded(
        r"^(?:新的?|广泛|多项|一致|重要|有关|相关|该|此|这|其|各类|系列|首批|首个|一系列|年度|最新|政策|合作)*"
        rf"{any_of('scrap')}+$"
    )


def find_things(line: Line, speech: bool = False) -> list[Thing]:
    """The outcomes that a sentence names, in its order.

    Args:
        line: The sentence.
        speech: Whether it goes on with what somebody says.
    """
    found: list[Thing] = []
    if speech and not AT_THE_EVENT.match(line.text):
        return found
    for thing in (*_behind_verbs(line), *_before_verbs(line)):
        if not any(other.span[0] < thing.span[1] and thing.span[0] < other.span[1] for other in found):
            found.append(thing)
    return sorted(found, key=lambda thing: thing.span)


def is_speech(text: str) -> bool:
    """Whether a sentence begins what somebody says, which goes on to the end of the paragraph."""
    return REPORTED.search(text) is not None


def _behind_verbs(line: Line) -> Iterator[Thing]:
    """发布了《…》绿皮书,成立了A、B、C."""
    position = 0
    told = REPORTED.search(line.masked)
    for verb in _verbs().finditer(line.masked):
        if told and told.end() <= verb.start() and verb.group() not in ANNOUNCED:
            continue
        start = verb.end()
        if verb.start() < position or is_planned(_before(line, verb.start())):
            continue
        if not line.masked.startswith("了", start) and line.has_before(WILL, verb.start()):
            continue
        while line.masked.startswith(("了", "出", "过"), start):
            start += 1
        if line.masked.startswith(("的", "会", "仪式", "以来", "后", "单位", "者"), start):
            continue
        end = min(line.end_of(start), start + LONGEST_LIST)
        manner = verb.lastgroup or ""
        for thing in _list(line, start, end, verb.start(), manner):
            position = max(position, thing.span[1])
            yield thing


def _before(line: Line, verb: int) -> str:
    """The words of its clause in front of a verb, as far as they can bear on it."""
    return line.masked[max(line.start_of(verb), verb - REACH) : verb]


def _list(line: Line, start: int, end: int, verb: int, manner: str) -> Iterator[Thing]:
    """The items of an object, each with what 等榜单 says of all of them."""
    end = _object_end(line, start, end)
    tail = AND_SO_ON.search(line.masked[start:end])
    kind = type_of(tail["kind"]) if tail else None
    stop = start + tail.start() if tail else end
    prefix = ""
    items = list(_items(line, start, stop))
    for number, (begin, until) in enumerate(items):
        begin += _lead(line, begin, until)
        name = line.text[begin:until].strip("，,、 和及与")
        if year := YEAR.match(name):
            prefix = year.group() if len(items) > 1 else ""
        elif prefix and kind == "list" and number:
            name = prefix + name
        found = kind or type_of(name)
        if (titled := KIND_BEFORE.match(name)) and (of_kind := type_of(titled["kind"])):
            name, found = titled["title"], of_kind
        if found is None and number + 1 < len(items) and manner in ("publish", "set_up"):
            continue
        if found and _is_name(name, manner) and not HOW_MANY.match(line.masked, until):
            yield Thing(name, found, (begin, until), (verb, until), verb, manner)


def _items(line: Line, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Items between 、, and between 和 where what stands before it is a whole name: 《A报告》和B名单."""
    for begin, stop in pieces(line.masked, start, end):
        position = begin
        for match in ALSO.finditer(line.masked, begin, stop):
            one = line.text[max(position, match.start() - LONGEST) : match.start()]
            if type_of(one) or SIDE_BY_SIDE.search(one):
                yield position, match.start()
                position = match.end()
        yield position, stop


def _object_end(line: Line, start: int, end: int) -> int:
    """Where the object ends, which may be before the clause does."""
    for match in OBJECT_END.finditer(line.masked, start, end):
        if type_of(line.masked[max(start, match.start() - LONGEST) : match.start()].rstrip("、（(")) is not None:
            end = match.start()
            break
    # 印发《…方案》（以下简称…）: what ends the object may stand behind an opening bracket
    return start + len(line.text[start:end].rstrip("（("))


def _before_verbs(line: Line) -> Iterator[Thing]:
    """中小城市合作联盟成立, A、B集中签约, 2023县域经济百强出炉."""
    for match in _appears().finditer(line.masked):
        end = match.start()
        verb = match["verb"]
        start = line.start_of(end)
        if is_planned(_before(line, end)):
            continue
        items = list(pieces(line.masked, start, end))
        if verb.endswith("签约") and len(items) > 1:
            # 一批战略合作协议、股权投资基金、落户产业项目集中签约: signed together
            begin = start + _lead(line, start, end, keep=True)
            yield Thing(line.text[begin:end], "agreement", (begin, end), (begin, match.end()), end, "sign")
            continue
        for begin, until in reversed(items):
            begin += _lead(line, begin, until)
            name = line.text[begin:until].strip("，,、 和及与")
            found = type_of(name)
            if found is None or not _is_name(name, "appear"):
                break
            yield Thing(name, found, (begin, until), (begin, match.end()), match.start("verb"), "appear")


def _lead(line: Line, begin: int, end: int, keep: bool = False) -> int:
    """Length of what stands before the name in an item: days, 一批, who wrote it."""
    moved = begin
    for period in line.sentence.periods:
        if period.start == moved and period.end < end and (period.is_day or period.role == "vague"):
            moved = period.end
    if line.masked.startswith(("会上", "现场", "活动中", "其中", "同时", "期间"), moved):
        moved += 3 if line.masked.startswith("活动中", moved) else 2
    if keep:
        return moved - begin
    if match := LEADING.match(line.masked[moved:end]):
        moved += match.end()
    unveiled = UNVEILS.match(line.masked, end) is not None
    if by := UNVEILED.match(line.masked[moved:end]) or (unveiled and BY_WHOM.match(line.masked[moved:end])):
        moved += by.end()
    # 总规模1000亿元的…基金, 由…编制的《…》: what is said of it is no part of its name
    of = line.masked.rfind("的", moved, end)
    if of > 0 and "关于" not in line.masked[moved:of] and end - of > SHORTEST and type_of(line.text[of + 1 : end]):
        moved = of + 1
    return moved - begin


def _is_name(name: str, manner: str) -> bool:
    """Whether the words name one thing: no bare noun, no count, no speech."""
    plain = name.strip(CLOSERS + "“《")
    if not SHORTEST <= len(plain) <= LONGEST or COUNTED.match(name) or SPEECH.search(name):
        return False
    if "《" not in name and (STATE.search(plain) or INNER_VERB.search(name)):
        return False
    # 三县签署合作协议: what is signed may have no other name
    if manner == "sign" and plain.endswith(("协议", "备忘录", "合同")):
        return True
    return _scrap().match(plain) is None
