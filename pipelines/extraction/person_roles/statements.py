"""Who holds which office, as single sentences say it.

Here: names behind an office (县委书记张三、县长李四), before it (张三任县委书记, 张三（院长）) and in credits. Not
here: what they did (`deeds`), the places that offices belong to (`seats`) and what the document knows (the package).
"""

import re
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.facts import Span
from pipelines.extraction.person_roles.names import (
    DOT,
    HAN,
    Name,
    any_word,
    looks_like_name,
    name_at,
    name_words,
    surnames,
)
from pipelines.extraction.person_roles.offices import find_offices, kinds, position_start

APPOINTS = "任命|决定任命|聘任|聘请|推选|选举|提名|批准任命|补选|选任|委任|推荐"
DISMISSES = "免去|撤销|罢免|接受|决定免去|同意免去"
HOLDS = "不再担任|现任|时任|担任|出任|当选为|当选|兼任|接任|就任|升任|调任|转任|履新|辞去|卸任|任"
MOVES = "现任|出任|升任|调任|转任"
# what the verb of an appointment has, or the words before 为
APPOINTED = re.compile("[任选聘免罢为是系]")
BEHIND_OFFICE = re.compile(r"(?:一职|职务|等职|$|[，,。；;！!？?、：:\n）)”])")
STRETCH = re.compile(r"[^，,。；;！!？?\n（()）：:”]{2,80}")
REMARK = re.compile(r"[（(][^（）()]{1,8}[）)]")
QUOTED_LEADER = re.compile(
    r"“|(?:曾|还|就|又|多次|明确|深刻|反复|特别|专门|亲切|语重心长地)*(?:指出|强调|说|要求)"
    r"|在[^，,。；;]{1,28}(?:会议|座谈会|大会|论坛|峰会|报告|全会)(?:上|中|闭幕式|开幕式)"
)
NO_OFFICE = frozenset(("主持", "作者", "代表"))
HOLDER_ALONE = re.compile(r"是[\u4e00-\u9fff]{2,3}(?=[，,。；;\n]|$)")
ENDED = ("不再担任", "辞去", "卸任")
# 任命|王军、|李伟为副县长
NAMES_BEFORE = re.compile(r"(?:[\u4e00-\u9fff·]{2,4}(?:同志)?[、和])+$")
NOW = re.compile(r"现任|时任|领导班子")
CREDIT_MARKS = frozenset(":： \u3000/／|｜丨")
LINE_ENDS = frozenset("；;。 \u3000\n")
LONGEST_POSITION = 40
REACH = 60
LIFE_PART = re.compile(r"(?:现任|现为|现系|系|任)?(?P<office>[^，,。；;\n]+)")
LONGEST_LIFE = 160


@dataclass(frozen=True, slots=True)
class Statement:
    """A person and the words of an office.

    Attributes:
        name: The name.
        position: Where the words of the office stand.
        span: Where the words that state it stand.
        group: From the first office to the last name of the list that the person is told in.
        rule: Name of the rule that read it.
        media: Whether it is an office of those who made the page (记者, 编辑).
    """

    name: Name
    position: Span
    span: Span
    group: Span
    rule: str
    media: bool = False


def statements(sentence: Sentence, known: Collection[str]) -> list[Statement]:
    """Persons in office that a sentence names.

    Args:
        sentence: The sentence.
        known: Names that the document has elsewhere.
    """
    offices = find_offices(sentence.text)
    if not offices:
        return []
    found = list(_behind_office(sentence, offices, known))
    taken = {statement.name.start for statement in found}
    found += [statement for statement in _before_office(sentence, offices, known) if statement.name.start not in taken]
    return sorted(_grouped(sentence.text, found), key=lambda statement: statement.name.start)


def _behind_office(sentence: Sentence, offices: Sequence[Span], known: Collection[str]) -> Iterator[Statement]:
    text = sentence.text
    floor = 0
    starts = {start for start, _ in offices}
    begins = {end: start for start, end in offices}
    for start, end in offices:
        title = text[start:end]
        media = kinds()[title] == "media"
        position = _where_name_begins(text, end, media)
        if position is None or start < floor or title in NO_OFFICE:
            continue
        if title in name_words("credit_only") and text[end] not in CREDIT_MARKS:
            continue
        name = name_at(text, position, known, lenient=media and text[end].isspace())
        if name is None:
            continue
        left = position_start(sentence, (start, end), begins, floor)
        if (title == "总书记" and name.text not in name_words("leader")) or not _worth(text[left:end], name, text):
            continue
        listed = [name, *_listed(text, name.end, starts, known, media)]
        # 县长：王芳 is a line of a list of officers, 县长：这件事要快办 is speech
        if text[end] in "：:" and not media and text[listed[-1].end : listed[-1].end + 1] not in LINE_ENDS | {""}:
            continue
        for person in listed:
            yield Statement(
                person, (left, end), (left, person.end), (left, listed[-1].end), "name-behind-office", media
            )
        floor = listed[-1].end


def _where_name_begins(text: str, end: int, media: bool) -> int | None:
    """Where a name behind a title would begin: a remark in brackets and the colon of a credit stand between."""
    if end >= len(text):
        return None
    if text[end] in "：:" or (media and text[end] in CREDIT_MARKS):
        return end + 1
    if text[end] == "是" and HOLDER_ALONE.match(text, end):
        # 县委书记|是|王军，
        return end + 1
    if text[end] == "为" and NOW.search(text, 0, end):
        # 现任党工委书记、管委会主任|为|张三
        return end + 1
    remark = REMARK.match(text, end)
    position = remark.end() if remark else end
    return position if position < len(text) else None


def _worth(position: str, name: Name, text: str) -> bool:
    """Whether it is an office to tell: a leader of the country in an exhortation (贯彻…重要讲话精神) is none."""
    if not position.strip():
        return False
    return name.text not in name_words("leader") or QUOTED_LEADER.match(text, name.end) is not None


def _listed(
    text: str, position: int, office_starts: AbstractSet[int], known: Collection[str], media: bool
) -> Iterator[Name]:
    """张三、李四、王五: names that follow in the list; behind 记者 a space parts them as well."""
    marks = "、 \u3000" if media else "、"
    while position < len(text) - 1 and text[position] in marks:
        following = position + 1
        while following < len(text) and text[following].isspace():
            following += 1
        if following in office_starts:
            return
        name = name_at(text, following, known)
        if name is None or not office_starts.isdisjoint(range(name.start, name.end)):
            return
        yield name
        position = name.end


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Appointments, names with a bracket, lives (张三，男，…现任), leaders with their title."""
    compound = "|".join(surname for surname, kind in surnames().items() if kind == "compound")
    single = "".join(surname for surname, kind in surnames().items() if kind != "compound")
    name = rf"(?P<name>(?:{compound})[{HAN}]{{1,2}}|[{single}][{HAN}]{{1,2}}|[{HAN}]{{1,6}}(?:[{DOT}][{HAN}]{{1,6}})+)"
    before = rf"(?P<before>^|(?<=[^{HAN}])|{APPOINTS}|{DISMISSES}|由|和|与)"
    called = r"(?:同志|先生|女士)?"
    return (
        re.compile(rf"{before}{name}{called}(?P<verb>{HOLDS}|为|的|系|是|[，,](?:{MOVES}))了?"),
        re.compile(
            rf"(?:^|(?<=[^{HAN}])|和|与|由|(?<=作者)){name}{called}[（(](?P<position>[^（）()，,。；;]{{2,40}})[）)]"
        ),
        re.compile(rf"(?:^|(?<=[^{HAN}])){name}(?:[（(][^（）()]{{1,12}}[）)])?[，,](?:男|女)[，,]"),
        re.compile(rf"(?P<name>{any_word('leader').pattern})(?:总书记|主席)"),
    )


def _before_office(sentence: Sentence, offices: Sequence[Span], known: Collection[str]) -> Iterator[Statement]:
    text = sentence.text
    appointed, bracketed, life, leader = _patterns()
    ends = {end for _, end in offices}
    if "总书记" in text or "主席" in text:
        for match in leader.finditer(text):
            name = Name(match["name"], *match.span("name"))
            if QUOTED_LEADER.match(text, match.end()):
                title = (name.end, match.end())
                yield Statement(name, title, match.span(), match.span(), "leader-quoted")
    for match in appointed.finditer(text) if APPOINTED.search(text) else ():
        if not _appoints(match, text, known) or _ends_office(match, text):
            continue
        position = _position_behind(text, match.end(), ends)
        if position and looks_like_name(match["name"]):
            yield _stated(match, position, "name-before-office")
            if match["verb"] == "为":
                yield from _appointed_together(match, position, text)
    for match in bracketed.finditer(text) if "（" in text or "(" in text else ():
        if match.end("position") in ends and looks_like_name(match["name"]):
            yield _stated(match, match.span("position"), "name-with-bracket")
    for match in life.finditer(text) if "男" in text or "女" in text else ():
        position = _office_of_life(text, match.end(), ends)
        if position and looks_like_name(match["name"]):
            yield _stated(match, position, "life")


def _ends_office(match: re.Match[str], text: str) -> bool:
    """王军不再担任县委书记, 免去李某的…职务: a row would say that the office is held on the day on which it ended."""
    if match["verb"] in ENDED:
        return True
    before = text[max(0, match.start("name") - REACH) : match.start("name")]
    return match["verb"] == "的" and re.search(DISMISSES, before) is not None


def _appointed_together(match: re.Match[str], position: Span, text: str) -> Iterator[Statement]:
    """任命王军、李伟为副县长: those before the last have the same office."""
    listed = NAMES_BEFORE.search(text, max(0, match.start("name") - REACH), match.start("name"))
    at = listed.start() if listed else match.start("name")
    for part in re.split("[、和]", listed.group())[:-1] if listed else ():
        words = re.sub(rf"^.*(?:{APPOINTS})|同志$", "", part)
        start = at + part.rfind(words)
        if name_at(words, 0) is not None and looks_like_name(words):
            yield Statement(
                Name(words, start, start + len(words)),
                position,
                (start, position[1]),
                (start, position[1]),
                "name-before-office",
            )
        at += len(part) + 1


def _office_of_life(text: str, start: int, ends: Collection[int]) -> Span | None:
    """张三，男，1970年生，现任平江县委书记: the first part of a life that is an office."""
    for part in LIFE_PART.finditer(text, start, min(len(text), start + LONGEST_LIFE)):
        if part.end() in ends:
            return part.span("office")
    return None


def _stated(match: re.Match[str], position: Span, rule: str) -> Statement:
    name = Name(match["name"], *match.span("name"))
    span = (name.start, max(position[1], name.end))
    return Statement(name, position, span, span, rule)


def _appoints(match: re.Match[str], text: str, known: Collection[str]) -> bool:
    """Whether the verb gives or takes an office: 为 and 的 only where somebody appoints or dismisses."""
    verb = match["verb"]
    if verb == "为":
        return re.search(APPOINTS, text[max(0, match.start("name") - REACH) : match.start("name")]) is not None
    if verb == "的":
        return re.search(DISMISSES, text[max(0, match.start("name") - REACH) : match.start("name")]) is not None
    if verb in ("系", "是"):
        return match["name"] in known
    return True


def _position_behind(text: str, start: int, ends: Collection[int]) -> Span | None:
    """Where the office stands that begins at a position: parts of a list as long as each ends in a title."""
    stretch = STRETCH.match(text, start)
    if stretch is None:
        return None
    position: int | None = None
    at = start
    for part in stretch[0].split("、"):
        last = next((end for end in range(at + len(part), at, -1) if end in ends), None)
        if last is None or re.search(rf"[{HAN}]{{2,3}}(?:同志)?为", part) or not BEHIND_OFFICE.match(text, last):
            break
        position = last
        at += len(part) + 1
    return (start, position) if position and position - start <= LONGEST_POSITION else None


def _grouped(text: str, found: list[Statement]) -> Iterator[Statement]:
    """Statements with the list that they stand in: 书记张三，县长李四率队 tells of both."""
    found.sort(key=lambda statement: statement.span)
    groups: list[list[Statement]] = []
    for statement in found:
        if groups and (
            statement.group == groups[-1][-1].group
            or re.fullmatch(r"[、，,；;\s]*(?:和|与|及|以及|暨)?", text[groups[-1][-1].group[1] : statement.span[0]])
        ):
            groups[-1].append(statement)
        else:
            groups.append([statement])
    for group in groups:
        whole = (group[0].group[0], max(statement.group[1] for statement in group))
        for statement in group:
            yield Statement(statement.name, statement.position, statement.span, whole, statement.rule, statement.media)
