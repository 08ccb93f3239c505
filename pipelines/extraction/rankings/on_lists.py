"""Positions on published lists: 全国百强县市第一, 入围前100, 包揽“五个第一”, 昆山市第一、张家港市第三.

Here: who stands where on a list, named in the sentence or before it. Not here: ranks of an indicator among places
(`of_indicators`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.words import (
    AFTER_LIST,
    ASPECT,
    ENTERED,
    IN_PARENTHESES,
    MEMBERS,
    NATIONAL,
    NUMERAL,
    PLACE_AND_RANK,
    SCOPE,
    SEQUENCE,
    SEVERAL,
    SWEEP,
    integer,
    list_about,
    rank_value,
    standard_list,
)
from pipelines.extraction.setting import Where


def sweeps(view: View) -> Iterator[Position]:
    """昆山包揽综合实力、绿色发展…“五个第一”: one first place for each item."""
    match = SWEEP.search(view.text)
    entity = view.entity_before(match.start()) if match else None
    if match is None or entity is None or entity.name is None:
        return
    span = (view.clause_start(match.start()), match.end())
    for item in re.split(r"[、和]", match["items"]):
        name = list_about(item.strip(" 等"), entity.name)
        if name:
            yield view.position(name, entity, 1, None, span, match.span("count"), "sweeps-lists")


def in_parentheses(view: View) -> Iterator[Position]:
    """“综合实力百强区（78）”: the rank stands in the parenthesis."""
    for match in IN_PARENTHESES.finditer(view.text):
        entity = view.entity_before(match.start())
        name, rank = standard_list(match["list"]), int(match["rank"])
        yield view.position(name, entity, rank, None, match.span(), match.span("rank"), "rank-in-parenthesis")


def sequences(view: View) -> Iterator[Position]:
    """昆山、张家港、江阴排名第三至第五位: consecutive ranks in the order named."""
    match = SEQUENCE.search(view.text)
    listed = view.lists(0, match.start()) if match else []
    if match is None or not listed:
        return
    first, last = integer(match["first"]), integer(match["last"])
    named = [mention for mention in view.subjects if listed[-1].end() <= mention.start and mention.end <= match.start()]
    named = [mention for mention in named if mention.level != "group"]
    if first is None or last is None or len(named) != last - first + 1:
        return
    name = standard_list(listed[-1]["list"])
    span = (listed[-1].start(), match.end())
    for offset, mention in enumerate(named):
        entity = view.where(mention)
        yield view.position(name, entity, first + offset, None, span, match.span(), "consecutive-ranks", listed[-1])


def several(view: View) -> Iterator[Position]:
    """诸暨、余姚、海宁分列第12、13和15位: a rank each, on the list named here or before."""
    for match in SEVERAL.finditer(view.text):
        ranks = [integer(found) for found in re.findall(NUMERAL, match["ranks"])]
        listed = view.lists(0, match.start())
        name = standard_list(listed[-1]["list"]) if listed else view.in_force.name
        entities = view.entities_before(match.start())
        if not name or len(entities) != len(ranks):
            continue
        rule = "ranks-respectively" if listed else "list-in-force"
        start = min(entity.start or match.start() for entity in entities)
        for entity, rank in zip(entities, ranks, strict=True):
            span, number = (start, match.end()), match.span("ranks")
            yield view.position(name, entity, rank, None, span, number, rule, listed[-1] if listed else None)


def places_with_ranks(view: View) -> Iterator[Position]:
    """均位列全国百强县前十名,昆山市第一、张家港市第三: a list, then places with their ranks."""
    ranked = [
        (mention, match)
        for mention in view.sentence.mentions
        if mention.level not in ("country", "group") and (match := PLACE_AND_RANK.match(view.text, mention.end))
    ]
    if not ranked:
        return
    listed = view.lists(0, ranked[0][0].start)
    if not listed and not view.in_force.name:
        return
    if (len(ranked) == 1 and listed) or (not listed and view.drafts):
        # a single rank with its list or indicator is read by the general rules
        return
    name = standard_list(listed[-1]["list"]) if listed else view.in_force.name
    rule = "places-with-ranks" if listed else "list-in-force"
    for mention, match in ranked:
        start = listed[-1].start() if listed else mention.start
        span, number = (start, match.end()), (mention.end, match.end())
        entity, rank = view.where(mention), integer(match["rank"])
        yield view.position(name, entity, rank, None, span, number, rule, listed[-1] if listed else None)


def aspects(view: View) -> Iterator[Position]:
    """在全国百强县里,投资潜力第3、新型城镇化质量第4: a list for each aspect."""
    listed = view.lists(0, len(view.text))
    if not listed:
        return
    for match in ASPECT.finditer(view.text, listed[0].end()):
        entity = view.entity_before(match.start())
        name = list_about(match["aspect"], entity.name) if entity.name else None
        if name:
            rank, span = integer(match["rank"]), match.span()
            yield view.position(name, entity, rank, None, span, match.span("rank"), "aspect-of-list")


def entered(view: View) -> Iterator[Position]:
    """黄花镇也入围中国百强镇: on the list, which makes it one of the hundred."""
    for match in ENTERED.finditer(view.text):
        if MEMBERS.search(view.text[view.clause_start(match.start()) : match.start()]):
            # 11家企业入选全球百强: who is on the list is not the place
            continue
        listed = [found for found in view.lists(match.start(), match.end() + 24) if found.start() - match.end() <= 2]
        if not listed:
            continue
        name = standard_list(listed[0]["list"])
        after = view.text[listed[0].end() : listed[0].end() + 6]
        if re.match(r"(?:榜单|名单)?前\d|第|榜首|之首|[（(]\d", after):
            continue
        number = re.search(r"[百千十]|\d+", listed[0]["list"])
        if number is None:
            continue
        start = listed[0].start("list") + number.start()
        within = integer(number.group())
        for entity in view.entities_before(match.start()):
            whole = entity.code is not None and entity.code.endswith("0000") and "县" in name
            if entity.name is not None and not whole:
                span = (min(entity.start or match.start(), match.start()), listed[0].end())
                yield view.position(
                    name, entity, None, within, span, (start, start + len(number.group())), "entered-a-list", listed[0]
                )


def list_of(view: View, rank: re.Match[str]) -> re.Match[str] | None:
    """The list that a rank is on, where the sentence names it beside the rank."""
    start = view.clause_start(rank.start())
    found = None
    for match in view.lists(max(0, start - 40), min(len(view.text), rank.end() + 24)):
        between = view.text[match.end() : rank.start()]
        gap = AFTER_LIST.sub("", between)
        scoped = SCOPE.search(gap)
        if re.search(r"数量|家数|总数", gap) or (scoped and scoped["region"] not in NATIONAL):
            # 全国县域经济十强,县域经济实力居福建省首位: among others than those of the list
            continue
        if match.end() <= rank.start() and len(gap) <= 12 and not re.search(r"[；。]", gap):
            found = match
        elif match.start() >= rank.start() and rank["top"] == "霸榜" and match.start() - rank.end() <= 2:
            return match
        elif match.end() <= rank.start() + 1 and rank["top"] and len(gap) <= 16:
            found = match
    return found


def on_list(view: View, rank: re.Match[str], listed: re.Match[str]) -> Iterator[Position]:
    """昆山市位居全国综合实力百强县市第一; 连续20年霸榜“中国百强县”的昆山."""
    end = max(listed.end(), rank.end())
    behind = next(
        (
            mention
            for mention in view.sentence.mentions
            if mention.start >= end and re.fullmatch(r"[”\"]?(?:\d+年)?的", view.text[end : mention.start])
        ),
        None,
    )
    entities = [view.where(behind)] if behind else _subjects_of(view, rank, listed)
    within = integer(rank["within"]) if rank["within"] else None
    span = (min(view.clause_start(rank.start()), listed.start()), end)
    for entity in entities:
        if entity.name is not None:
            name = standard_list(listed["list"])
            yield view.position(name, entity, rank_value(rank), within, span, rank.span(), "on-a-list", listed)


def _subjects_of(view: View, rank: re.Match[str], listed: re.Match[str]) -> list[Where]:
    """The subjects before the rank that are no part of the list's own name."""
    inside = [m for m in view.subjects if listed.start() + 2 < m.start and m.end < listed.end() and m.level != "town"]
    outside = [mention for mention in view.subjects if mention not in inside]
    kept, view.subjects = view.subjects, outside
    found = view.entities_before(rank.start())
    view.subjects = kept
    return found
