"""What ranks are about: the list that the sentence or an earlier one names, or the indicator of a number.

Here: choosing it, and who can stand on it. Not here: the ranks (`roundups`, `entries`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extraction.binding import Draft
from pipelines.extraction.indicators import last_named, resolve
from pipelines.extraction.rankings.entrants import Entrant, run_before
from pipelines.extraction.rankings.names import ListName, level_of
from pipelines.extraction.rankings.view import Position, View

AFTER_NAMES = re.compile(
    r"(?:[（(][^（）()]*[)）])?(?:等?[两三四五六七八九十\d]+[个家]?(?:县市|县|市|区|镇|地|企业)?)?[，,]?\s*"
)
SEEN_FROM = re.compile(
    r"(?:(?:从|按|以|就)(?P<noun>[^，。；]{2,14}?)(?:来看|看|来说|而言|衡量|计|讲)|(?P<side>[^，。；：]{2,16})方面)[，,：:]?\s*$"
)
LED_BY = re.compile(r"(?P<noun>[^，。；：]{2,20}?)(?:排名|排在|位居|位列|居|列|排)?$")
COUNTY_CODE = 6
# what no province stands on, and what no city stands on
OF_PARTS = re.compile(r"县|镇|区(?!域)")
OF_COUNTIES = re.compile(r"[百千]强[县区镇]|\d+强[县区镇]|县域|县市|城区|市辖区|镇")
NEXT_CLAUSE = re.compile(r"[，,]在|[；;。]")
COUNTED_SCOPE = re.compile(r"在[^，。；\d]{0,4}\d+[家个][\u4e00-\u9fff]{2,10}[中里内]")
OTHER_SCOPE = re.compile(r"全省|全市|全州|全区|[省市州]$|增速|总量|规模|产量|收入|生产总值|GDP|投资|企业数")


@dataclass(frozen=True, slots=True)
class About:
    """What ranks are about: a list, or the indicator of a number.

    Attributes:
        name: Name of the list or indicator.
        listed: The list as the sentence names it, None for one in force.
        draft: The number whose indicator it is, None for a list.
        of_list: Whether it is a list, or an indicator.
    """

    name: str
    listed: ListName | None
    draft: Draft | None
    of_list: bool = True


def topic(
    view: View,
    position: int,
    start: int,
    run: Sequence[Entrant],
    among: str = "",
    *,
    by: str = "",
    only_lists: bool = False,
) -> About | None:
    """What ranks at a position are about, None where nothing tells.

    Args:
        view: The sentence.
        position: Where the ranks stand.
        start: Where the entrants begin.
        run: The entrants.
        among: The words between verb and rank (分列全国百强镇第21).
        by: The words of the number that ranks them (以5140亿元).
        only_lists: Whether an indicator is no answer.
    """
    # 县域经济考核中我县列第五位，|在全市乡村振兴考核中: what the next clause names is not what was ranked
    inside = [
        one
        for one in view.named
        if start <= one.start and one.end <= position + 24 and not NEXT_CLAUSE.search(view.text, position, one.start)
    ]
    before = [one for one in view.named if one.end <= start + 1]
    if "席" in by:
        # 江苏以26席居首: the seats are counted
        return None
    if among and not inside and OTHER_SCOPE.search(among):
        return None
    drafts = _drafts(view, run, position)
    for listed in [*inside, *reversed(before)]:
        of_a_number = bool(drafts) and names_an_indicator(view, listed.end, position)
        if not of_a_number and all(suits(listed.name, one, view) for one in run):
            return About(listed.name, listed, None)
    if drafts and not only_lists and (by or not view.in_force.name or names_an_indicator(view, 0, position)):
        name = drafts[-1].resolved.name
        if drafts[-1].resolved.code or len(name) >= 3:
            return About(name + ("增速" if drafts[-1].measure == "growth" else ""), None, drafts[-1], False)
    if not only_lists and (seen := SEEN_FROM.search(view.text[:start])) and not by.startswith(("（", "(")):
        words = seen["noun"] or seen["side"]
        noun = {"总量": "经济总量", "规模": "经济总量"}.get(words, words)
        return About(resolve(noun).name, None, None, False)
    led = LED_BY.search(view.text[:start]) if not only_lists and not by and position == start else None
    if led and (resolved := resolve(led["noun"])).code:
        return About(resolved.name, None, None, False)
    if not only_lists and not by and _other_topic(view, start):
        return None
    if run and COUNTED_SCOPE.search(view.text, run[-1].end, position):
        # 某高新区在全国178家国家高新区中列第93位: among others than those of the list
        return None
    if view.in_force.name and all(suits(view.in_force.name, one, view) for one in run):
        view.in_force.age = -1
        return About(view.in_force.name, None, None)
    return None


def names_an_indicator(view: View, start: int, end: int) -> bool:
    """Whether a stretch names an indicator, so that the ranks are the indicator's and not the list's."""
    return last_named(view.text[start:end], end - start) is not None


def _other_topic(view: View, start: int) -> bool:
    """从增速看, 固定资产投资方面: the sentence ranks by something else than the list in force."""
    head = view.text[:start]
    return bool(
        re.search(
            r"(?:从|按|以|就)[^，。；]{2,16}(?:看|来看|来说|而言|排序|衡量|计|讲)[，,]?|方面[，,：:]|(?:增速|增幅|总量|收入|产值|投资额)[^，。；]{0,6}[，,：:]?$",
            head,
        )
    )


def _drafts(view: View, run: Sequence[Entrant], position: int) -> list[Draft]:
    """The numbers with an indicator in the parentheses of a run, and between it and the ranks."""
    if not run:
        return []
    return [
        draft
        for draft in view.drafts
        if run[0].start <= draft.quantity.start < position and draft.measure in ("level", "growth", "share")
    ]


def stands_above(code: str | None, name: str) -> bool:
    """Whether a place is a province or a city, which no list of counties, districts or towns ranks.

    Examples:
        >>> stands_above("371300", "全国百强区"), stands_above("220100", "园区高质量发展百强")
        (True, False)
    """
    if code is None or not code.endswith("00") or len(code) != COUNTY_CODE:
        return False
    return bool((OF_PARTS if code.endswith("0000") else OF_COUNTIES).search(name))


def suits(name: str, one: Entrant | None, view: View) -> bool:
    """Whether an entrant can stand on a list: no county among firms, no firm among counties, no city among towns."""
    level = level_of(name)
    if one is None or one.mention is not None or one.code:
        place = one.mention.level if one is not None and one.mention is not None else "county"
        if level == "enterprise":
            return False
        if level == "town":
            return place in ("town", "zone") or (one is not None and view.text[one.end - 1] in "镇道乡")
        if place == "province":
            return not re.search(r"县|[^全]市|区(?!域)|镇", name)
        if place == "prefecture":
            return not OF_COUNTIES.search(name)
        return True
    firm = not re.search(r"(?:镇|街道|苏木|区)$", one.name)
    if firm:
        return not re.search(r"百强县|县域|百强区|城区|镇|县市|百强市|城市", name)
    return level != "enterprise"


def position_of(
    view: View,
    about: About,
    one: Entrant,
    rank: int | None,
    within: int | None,
    span: tuple[int, int],
    number: tuple[int, int],
    rule: str = "",
) -> Position:
    """The position of an entrant, by what the ranks are about."""
    if not about.of_list:
        rule = "indicator-of-entrants"
    elif about.listed is None:
        rule = "list-in-force"
    rule = rule or "entrants-with-ranks"
    return view.position(about.name, view.where_of(one), rank, within, span, number, rule, about.listed)


def run_ending_at(view: View, position: int) -> list[Entrant]:
    """The run of entrants with nothing between it and a position but its parenthesis and a count."""
    run = run_before(view.text, view.entrants, position)
    return run if run and AFTER_NAMES.fullmatch(view.text, run[-1].end, position) else []
