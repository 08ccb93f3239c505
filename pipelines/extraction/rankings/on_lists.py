"""Positions on published lists: 全国百强县市第一, 入围前100, 包揽“五个第一”, 昆山市第一、张家港市第三.

Here: who stands where on a list, named in the sentence or before it. Not here: ranks of an indicator among places
(`of_indicators`).
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.extraction.indicators import metric_heads
from pipelines.extraction.place_meant import default_place
from pipelines.extraction.rankings.names import ListName, level_of, size_of
from pipelines.extraction.rankings.ranked import measure_in
from pipelines.extraction.rankings.topics import OF_COUNTIES, stands_above
from pipelines.extraction.rankings.view import Position, View
from pipelines.extraction.rankings.whose import full_scope
from pipelines.extraction.rankings.words import (
    ADVERB,
    AFTER_LIST,
    ASPECT,
    FROM_RANK,
    IN_ALL,
    IN_PARENTHESES,
    NATIONAL,
    NUMERAL,
    RANK,
    SCOPE,
    SEVERAL_LISTS,
    SWEEP,
    VERB,
    integer,
    list_about,
    rank_value,
    standard_list,
)
from pipelines.extraction.setting import Where

RESPECTIVELY = re.compile(r"分别|分列|分居")
ENTERS = re.compile(rf"{ADVERB}(?:{VERB})?{ADVERB}(?:了|在|到)?[“\"《]?")
PART = re.compile(r"(?:开发区|园区|高新区|经开区|示范区|新区|集聚区|集团|公司|镇|街道)$")
COUNTY_CODE = 6
RANK_BEHIND = re.compile(
    rf"[”\"》]?(?:榜单?|名单)?[（(](?:全国)?(?:排名?|位[列居]|列|居)?第(?P<rank>{NUMERAL})(?:名|位)?[)）]"
)


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


def behind_list(view: View) -> Iterator[Position]:
    """连续3年入选中国西部百强县市（第46位）: the rank stands in the parenthesis behind the list's name."""
    for listed in view.named:
        match = RANK_BEHIND.match(view.text, listed.end)
        entity = view.entity_before(listed.start) if match else None
        if match is None or entity is None or entity.name is None:
            continue
        span = (view.clause_start(listed.start), match.end())
        yield view.position(
            listed.name, entity, integer(match["rank"]), None, span, match.span("rank"), "rank-in-parenthesis", listed
        )


def aspects(view: View) -> Iterator[Position]:
    """在全国百强县里,投资潜力第3、新型城镇化质量第4: a list for each aspect."""
    listed = view.lists(0, len(view.text))
    if not listed:
        return
    for match in ASPECT.finditer(view.text, listed[0].end):
        entity = view.entity_before(match.start())
        name = list_about(match["aspect"], entity.name) if entity.name else None
        if name:
            rank, span = integer(match["rank"]), match.span()
            yield view.position(name, entity, rank, None, span, match.span("rank"), "aspect-of-list")


def several(view: View) -> Iterator[Position]:
    """在科技创新、绿色发展两张百强县市榜单中分列第38位和第51位: nothing where an aspect has no list that is known."""
    for match in SEVERAL_LISTS.finditer(view.text) if "榜" in view.text or "名单" in view.text else ():
        ranks = [
            one for one in RANK.finditer(view.text, match.end()) if not view.text[match.end() : one.start()].count("，")
        ]
        aspects = re.split("[、和]", re.sub(r"^.*?(?:在|于)", "", match["aspects"]))
        entity = view.entity_before(match.start())
        names = [list_about(aspect, entity.name or "") for aspect in aspects]
        if len(ranks) != len(aspects) or entity.name is None:
            continue
        for name, rank in zip(names, ranks, strict=True):
            span = (match.start(), rank.end())
            if name:
                yield view.position(name, entity, rank_value(rank), None, span, rank.span(), "aspect-of-list")


def in_all(view: View) -> Iterator[Position]:
    """全省项目建设行动综合排名第4: an order of the places around, by what no number measures."""
    for match in IN_ALL.finditer(view.text) if "全" in view.text else ():
        what = re.sub(r"(?:综合|考核)$", "", match["what"])
        if view.lists(match.start(), match.end()) or measure_in(match["what"]) or metric_heads().search(what):
            continue
        entity = default_place(view.sentence.setting)
        if entity.name is not None:
            kind = "综合排名" if "综合排名" in match.group() else ""
            name = f"{what}{kind}（{full_scope(view, match['scope'], entity)}）"
            yield view.position(
                name, entity, integer(match["rank"]), None, match.span(), match.span("rank"), "on-a-list"
            )


def list_of(view: View, rank: re.Match[str]) -> ListName | None:
    """The list that a rank is on, where the sentence names it beside the rank."""
    start = view.clause_start(rank.start())
    found = None
    for listed in view.lists(max(0, start - 40), min(len(view.text), rank.end() + 24)):
        between = view.text[listed.end : rank.start()]
        gap = AFTER_LIST.sub("", FROM_RANK.sub("", between))
        scoped = SCOPE.search(gap)
        if re.search(r"数量|家数|总数", gap) or (
            scoped and scoped["region"] not in NATIONAL and not listed.name.startswith(scoped["region"])
        ):
            # 全国县域经济十强,县域经济实力居福建省首位: among others than those of the list
            continue
        size = size_of(listed.name)
        if size is not None and (rank_value(rank) or 0) > size:
            # 两县入选全省县域经济十强，我县列全省第14位
            continue
        if listed.end <= rank.start() and len(gap) <= 12 and not re.search(r"[；。]", gap):
            found = listed
        elif listed.start >= rank.start() and rank["top"] == "霸榜" and listed.start - rank.end() <= 2:
            return listed
        elif listed.end <= rank.start() + 1 and rank["top"] and len(gap) <= 16:
            found = listed
    return found


def handed_out(view: View, run: Sequence[re.Match[str]], listed: ListName) -> Iterator[tuple[re.Match[str], ListName]]:
    """Each rank of a run with its list: 在创新百强、活力百强名单中，分别位居第六名和第九名.

    Args:
        view: The sentence.
        run: The ranks, joined by list marks.
        listed: The list beside the first of them.
    """
    lists = [one for one in view.named if one.end <= run[0].start()][-len(run) :]
    if len(run) == 1 or not RESPECTIVELY.search(view.text, listed.end, run[0].start()):
        yield run[0], listed
    elif len(lists) == len(run):
        yield from zip(run, lists, strict=True)


def on_list(view: View, rank: re.Match[str], listed: ListName) -> Iterator[Position]:
    """昆山市位居全国综合实力百强县市第一; 连续20年霸榜“中国百强县”的昆山."""
    end = max(listed.end, rank.end())
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
    span = (min(view.clause_start(rank.start()), listed.start), end)
    for entity in entities:
        name = listed.name
        # 百强县中，江苏占25席，居全国第一: a province is on no list of counties
        # 临沂这个区上榜: nor is a city on a list of districts
        whole = stands_above(entity.code, name)
        # 店口、枫桥入围全国千强镇，分列第42位: whoever it is, the county is no town and no firm
        other = level_of(name) in ("town", "enterprise") and len(entity.code or "") == COUNTY_CODE
        if entity.name is not None and not whole and not other:
            yield view.position(name, entity, rank_value(rank), within, span, rank.span(), "on-a-list", listed)


def _subjects_of(view: View, rank: re.Match[str], listed: ListName) -> list[Where]:
    """The subjects before the rank that are no part of the list's own name; who opens the clause is one of them."""
    opens = view.clause_start(rank.start())
    first = min(listed.start, rank.start())
    opening = next((one for one in view.sentence.mentions if one.start == opens and one.end <= first), None)
    if (
        opening is not None
        and opening.level != "country"
        and not opening.own
        and ENTERS.fullmatch(view.text, opening.end, first)
    ):
        # 昌平南口…取得进展；北京|连续9年稳居…榜首: also where a part of it was told of before
        return [view.where(opening)]
    inside = [m for m in view.subjects if listed.start <= m.start and m.end <= listed.end and m.level != "town"]
    outside = [mention for mention in view.subjects if mention not in inside]
    kept, view.subjects = view.subjects, outside
    found = view.entities_before(rank.start())
    view.subjects = kept
    if OF_COUNTIES.search(listed.name) and level_of(listed.name) != "town":
        # 依托丰城高新区…，冲刺全国百强县前70位: a zone, a town or a firm is on no list of counties
        found = [default_place(view.sentence.setting) if _is_part(one) else one for one in found]
    return found


def _is_part(entity: Where) -> bool:
    """Whether an entity is a zone, a town or a firm by its name."""
    return entity.code is None and bool(PART.search(entity.name or ""))
