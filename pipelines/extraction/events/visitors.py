"""Who goes on a visit: a delegation, a leader with a team, a person in office.

Here: reading the words before 赴 or 到 for visitors, and the names of people with an office. Not here: the visit
(`visits`) and the roles of people (`person_roles`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.events.line import Line
from pipelines.extraction.events.words import any_of
from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded

# how fully each sort of visitor tells a visit
BY_TEAM, BY_LEADER, BY_PERSON = 5, 4, 3
REACH, NEAR_TEAM, NEAR_PERSON = 70, 6, 12
LED = re.compile(r"(?:率队|带队|率团|率领|带领|率(?!先))")
TEAM_FRINGE = re.compile(r"^.*(?:率领|带领|率|由|日|午|天|近日|日前|[，,、：:】])")
LEADING_GO = re.compile(r"(?:一行|先后|专程|分别|又|还|也|再次|分|将|前|近日|昨日|今日|昨天|今天|\s)+$")
# 江阴市委书记, 普陀区区委书记: the place of an office, for places that the registry leaves open
OFFICE_OF = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{1,5}?[省市县区州旗])(?:[省市县区州旗]?委|人民政府|政府|[市县区州]长)"
)
# 昆山由…, 江阴|市委书记: what stands behind the place of those who lead a visit
GOVERNS = re.compile(
    r"由|[，,]|[省市县区州旗]?(?:委|人大|政协|政府|人民政府|党工委|管委会|党政|领导|主要领导|常委|党委)|副?[省市县区州镇乡]长"
)
LEVELS = "市县区省州旗"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who goes.

    Attributes:
        words: The words for them in the name of the visit.
        home: The place that sent them, None when the text does not tell.
        start: Where they are named in the sentence.
        strength: How fully that tells a visit.
    """

    words: str
    home: str | None
    start: int
    strength: int


@lru_cache(maxsize=1)
def _team() -> re.Pattern[str]:
    return re.compile(rf"[^，,。；;：:！!？?]{{0,20}}?{any_of('team')}")


@lru_cache(maxsize=1)
def team_word() -> re.Pattern[str]:
    """Words for a delegation."""
    return guarded(any_of("team"))


@lru_cache(maxsize=1)
def office_and_name() -> re.Pattern[str]:
    """A person with the office before the name (市委书记张三) or, for the General Secretary, behind it."""
    titles = sorted({row["title"] for row in registry().offices} - {"总书记"}, key=len, reverse=True)
    title = "|".join(re.escape(title) for title in titles)
    return re.compile(
        r"(?:(?P<first>[\u4e00-\u9fff]{2,3})(?P<head>总书记)(?:再次|两次|多次|先后|在[^，。]{1,12})?"
        rf"|(?:{title})(?!表示|出席|主持|带队|先后|一行|会见|专程)(?P<name>[\u4e00-\u9fff]{{2,3}}?))(?:[（(][中左右前后一二三四][^）)]{{0,4}}[)）])?"
        r"(?=一行|率|带队|[，,、]|$|将|于|在|赴|到|来|前往|会见|与|先后|近日|专程|再次|亲临|深入|走进|实地|表示|主持|出席)"
    )


def people_in(words: str) -> list[tuple[str, int, int]]:
    """(name, start, end) of the people who are named with an office.

    Examples:
        >>> people_in("市委书记张敏率队")
        [('张敏', 0, 6)]
    """
    return [
        (match["name"] or f"{match['first']}{match['head']}", match.start(), match.end())
        for match in office_and_name().finditer(words)
    ]


def visitor_before(line: Line, go: int, ref_area: str | None) -> Visitor | None:
    """Who goes, from the words before the verb of going; None where they name nobody.

    Args:
        line: The sentence.
        go: Offset of the verb of going.
        ref_area: The document's place, for visitors whose place is not named; None when they cannot be from there.
    """
    begin = max(line.start_of(go, "。；;！!？?"), go - REACH)
    words = line.masked[begin:go].rstrip("，,")
    if match := LEADING_GO.search(words):
        words = words[: match.start()]
    words = words.rstrip("，,")
    return _team_before(line, begin, go, words, ref_area) or _person_before(line, begin, go, words, ref_area)


def _team_before(line: Line, begin: int, go: int, words: str, ref_area: str | None) -> Visitor | None:
    """仙桃市党政代表团; 江阴市委书记许某率党政代表团 is the team of 江阴."""
    teams = list(_team().finditer(words))
    if not teams or len(words) - teams[-1].end() > NEAR_TEAM:
        return None
    end = begin + teams[-1].end()
    name = TEAM_FRINGE.sub("", teams[-1].group())
    start = end - len(name)
    if inside := line.mentions(start, end):
        return Visitor(name, inside[-1].name, start, BY_TEAM)
    own = registry().places.get(ref_area or "")
    if name[:1] in LEVELS:
        home = own.name if own and own.name.endswith(name[:1]) else None
        return Visitor(name, home, start, BY_TEAM)
    if not team_word().fullmatch(name):
        return Visitor(name, None, start, BY_TEAM)
    if not LED.search(line.masked[begin:start]):
        # 考察团一行前往…: a team without a name is one that was told before
        return None
    if named := line.mentions(begin, start):
        return Visitor(named[-1].text + name, named[-1].name, named[-1].start, BY_TEAM)
    if office := list(OFFICE_OF.finditer(words)):
        place = office[-1]["place"]
        return Visitor(place + name, place, begin + office[-1].start(), BY_TEAM)
    return Visitor(own.name + name, own.name, start, BY_TEAM) if own else Visitor(name, None, start, BY_TEAM)


def _person_before(line: Line, begin: int, go: int, words: str, ref_area: str | None) -> Visitor | None:
    """如皋由市长王某带队, 市委书记张某一行, 昆山."""
    people = people_in(words)
    named = line.mentions(begin, go)
    if led := LED.search(words):
        # 昆山由市委书记陈某带队: the place is that of the leader, named before 率
        homes = [home for home in line.mentions(begin, begin + led.start()) if GOVERNS.match(line.text, home.end)]
        if homes:
            return Visitor(homes[-1].text, homes[-1].name, homes[-1].start, BY_LEADER)
        own = registry().places.get(ref_area or "")
        leaders = [person for person in people if person[1] < led.start()]
        if leaders:
            # 研究会理事长伍某率专家组
            name, start, _ = leaders[-1]
            team = words[led.start() :] if len(words) - led.start() <= NEAR_TEAM else "率队"
            return Visitor(f"{name}{team}", own.name if own else None, begin + start, BY_LEADER)
        if own:
            return Visitor(own.short_name, own.name, begin + led.start(), BY_LEADER)
    if people and len(words) - people[-1][2] <= NEAR_PERSON:
        name, start, end = people[-1]
        homes = line.mentions(begin, begin + end)
        return Visitor(name, homes[-1].name if homes else None, begin + start, BY_PERSON)
    if named and named[-1].end == begin + len(words) and line.text[go] in "赴前":
        return Visitor(named[-1].text, named[-1].name, named[-1].start, BY_LEADER)
    return None
