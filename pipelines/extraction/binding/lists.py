"""Lists that match lists: as many numbers as names or places.

Here: giving each item of a list its number. Not here: what 分别 says of a list (`respectively`), single quantities, one
value for all (`each`), gaps and pulls (`list_gaps`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.extraction.binding.chosen import CHOSEN
from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.items import items_of
from pipelines.extraction.binding.list_gaps import AGAINST, read_against
from pipelines.extraction.binding.measures import turned_cue
from pipelines.extraction.binding.naming import clashes
from pipelines.extraction.binding.rates import SECTOR, part_of_told
from pipelines.extraction.binding.scope import GROWTH_NOUN, GROWTH_TAIL, Scope
from pipelines.extraction.indicators import Resolved, last_named, metric_heads, resolve
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.periods import Period
from pipelines.extraction.places import Mention
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.sentences import Clause, clause_at
from pipelines.extraction.windows import Left, peel_left

# 同比增长6.1%，|高于全国、全省、全市|1.3、0.7、0.5个百分点
ABOVE = re.compile(AGAINST.pattern + "$")
COUNTED_PLACES = re.compile(r"[两三四五六七八九十\d]{1,2}[省市县区州盟镇](?:区|市)?")
LONGEST_OPENING = 6
RISES = re.compile(r"增长|增加|上升|提高|上涨")
FALLS = re.compile(r"下降|减少|降低|回落|下跌")
TURNS = re.compile(r"改善|好转|恶化")


def regroup(scope: Scope, count: int) -> None:
    """Make the values just read the group that growths go to: 接待游客856万人次,旅游收入62亿元,分别增长12%和15.3%.

    Args:
        scope: The sentence as read so far; its group is set.
        count: How many growths there are.
    """
    values = [draft for draft in scope.drafts if draft.measure == "level"][-count:]
    behind = scope.drafts[scope.drafts.index(values[0]) :] if len(values) == count else []
    # 渔业8.2亿元（占26%）、畜牧业6.4亿元（占20.3%）: what a bracket says of a value parts no list
    beside = [one for one in behind if scope.text[one.quantity.end : one.quantity.end + 1] in (")", "）")]
    listed = [one for one in behind if one.measure == "level" or one not in beside]
    owners = [_owner(scope, draft) for draft in values]
    apart = all(owners) and len({owner.start for owner in owners if owner}) == count
    if listed == values and (
        apart or len({(draft.resolved.name, *draft.breakdown.values()) for draft in values}) == count
    ):
        for draft, owner in zip(values, owners, strict=True):
            if apart and owner is not None and not draft.places:
                # 甲开发区营业收入143亿元，乙开发区营业收入312亿元，分别增长9.2%和6.8%
                draft.places = (owner,)
        scope.group = values


def regroup_growths(scope: Scope, count: int) -> None:
    """Make growths just read the group of those of another place: 全省工业增长8.6%，投资增长5%；全市分别增长15%、6%.

    Args:
        scope: The sentence as read so far; its group is set.
        count: How many growths there are.
    """
    told = scope.drafts[-count:]
    grown = [draft for draft in told if draft.measure == "growth" and "vs" not in draft.breakdown]
    if len(grown) == count and len({(one.resolved.name, *one.breakdown.values()) for one in grown}) == count:
        # whose they are is told anew
        scope.group = [replace(draft, places=()) for draft in grown]


def _owner(scope: Scope, draft: Draft) -> Mention | None:
    """The place that stands in the clause of a value, before it."""
    clause = clause_at(scope.clauses, draft.quantity.number_start)
    start = clause.start if clause else 0
    before = [one for one in scope.mentions if start <= one.start and one.end <= draft.quantity.number_start]
    return before[0] if before and before[0].start - start <= LONGEST_OPENING else None


def read_lists(scope: Scope, clause: Clause, found: list[Quantity], index: int, boundary: int, count: int) -> int:
    """城镇和农村居民人均可支配收入增长4.4%、6.5%: as many names as numbers, without 分别."""
    left = peel_left(scope.blank[boundary : found[index].start], boundary)
    noun = scope.words(left)
    rates = left.cue in ("up", "down") and all(one.measure_hint == "percent" for one in found[index : index + count])
    if rates and (not noun or GROWTH_NOUN.match(noun)) and len(scope.group) != count:
        # 内资15.5亿元、外资4101万美元,同比增长18%、17.17%
        regroup(scope, count)
        noun = "" if len(scope.group) == count else noun
    if not noun and len(scope.group) == count and (left.cue in ("up", "down") or left.to):
        # 分别达到36820元和18460元,增长5.1%和7.3%: the second list goes with the first
        return distribute(scope, clause, found[index : index + count], left, boundary, "list-to-list")
    if found[index].measure_hint == "points" and (held := ABOVE.search(scope.text, boundary, found[index].start)):
        # 高于全国、全省、全市1.3、0.7、0.5个百分点
        told = peel_left(scope.blank[boundary : held.start()], boundary).noun
        of = resolve(GROWTH_TAIL.sub("", told)) if told and not GROWTH_NOUN.match(told) else None
        of = of or (scope.last.resolved if scope.last else None)
        if of is not None and (taken := read_against(scope, found[index : index + count], left, held.groupdict(), of)):
            return taken
    items = items_of(noun, count)
    if len(items) == count and left.cue in ("up", "down") and not any(_named(item) for item in items):
        # 电子信息增加值增长9.7%,而食品、建材下降1.4%和2.5%: the parts leave out what is measured
        head = (
            metric_heads().search(scope.last.resolved.name) if scope.last and scope.last.measure == "growth" else None
        )
        items = [item + head.group() for item in items] if head else items
        noun = "、".join(items) if head else noun
    if len(items) != count or any(not _named(item) for item in items):
        return 0
    if noun != scope.words(left):
        return distribute(scope, clause, found[index : index + count], left, boundary, "list-to-list", items)
    return distribute(scope, clause, found[index : index + count], left, boundary, "list-to-list")


def _named(item: str) -> bool:
    """Whether an item of a list of names is an indicator, or says by its head what is measured."""
    return resolve(item).code is not None or metric_heads().search(item) is not None


def _many_places(scope: Scope, count: int) -> bool:
    """Whether the numbers can be those of so many places: named in the sentence, or together (三县市…分别为)."""
    return len(scope.mentions) >= count or any(mention.level == "group" for mention in scope.mentions)


def distribute(
    scope: Scope,
    clause: Clause,
    quantities: list[Quantity],
    left: Left,
    boundary: int,
    rule: str,
    named: Sequence[str] = (),
) -> int:
    """Give each number of a list the name or the place that stands where it stands.

    Args:
        scope: The sentence as read so far; drafts are added to it.
        clause: The clause of the list.
        quantities: The numbers of the list.
        left: What stands before the first of them.
        boundary: Where that begins.
        rule: Name of the rule that found the list.
        named: Names of the items where they are known already.

    Returns:
        How many numbers were read, 0 where names and numbers do not match.
    """
    count = len(quantities)
    noun = scope.words(left)
    if COUNTED_PLACES.fullmatch(noun):
        # 湖北、湖南、江西|三省|分别有3个、4个和2个县入围
        noun, stop = peel_right(scope.text, quantities[-1].end, clause.end)
        chosen = CHOSEN.match(scope.text, stop)
        noun = chosen.group() + noun if chosen and noun else noun
    items = list(named) or (items_of(noun, count) if noun else [])
    if not items and scope.noun_before and not scope.group:
        # 跑在前面的是工艺制品、纸业印刷和电子信息,增幅分别为14.5%、11.3%、10.2%
        listed = items_of(scope.noun_before, count)
        items = listed if len(listed) == count else []
    places = [
        mention
        for mention in scope.mentions
        if boundary <= mention.start < quantities[0].start and mention.level != "country"
    ]
    periods = _listed_periods(scope, boundary, quantities[0].start, count)
    if not periods and not scope.drafts:
        # 一季度、上半年、前三季度,增加值分别增长5.2%、6.0%、6.6%
        periods = _listed_periods(scope, 0, quantities[0].start, count)
    start = min(left.noun_start, quantities[0].start) if noun else max(clause.start, boundary)
    # growths of one thing need several places or times to be those of
    one_place = len(places) == 1 and places[0].level != "group"
    turned = any(TURNS.search(scope.text, one.end, other.start) for one, other in pairwise(quantities))
    alike = (
        (left.cue not in ("up", "down") and not turned)
        or bool(periods)
        or (_many_places(scope, count) and not one_place)
    )
    drafts: list[Draft] = []
    for position, quantity in enumerate(quantities):
        place: tuple[Mention, ...] = ()
        resolved: Resolved | None = None
        if len(items) == count:
            resolved = resolve(items[position], quantity.dimension in ("count", "person"))
            if items[position].startswith("农业") and any(item.startswith(("林业", "渔业")) for item in items):
                # 农业、林业、牧业、渔业产值: one of the four, and not all of them
                resolved = Resolved(None, items[position])
            if left.cue in ("up", "down") and SECTOR.fullmatch(items[position]):
                resolved = part_of_told(scope, items[position]) or resolved
        elif len(items) > count:
            resolved = resolve(items[position - count], quantity.dimension in ("count", "person"))
        elif len(places) == count:
            place = (places[position],)
            resolved = resolve(items[0]) if items else _of_all_places(scope, quantity)
            start = min(start, places[0].start)
        elif len(scope.group) == count and not (items and resolve(items[0], True).code):
            resolved = scope.group[position].resolved
            place = scope.group[position].places
        elif periods and scope.last:
            resolved = scope.last.resolved
        elif noun and alike:
            resolved = resolve(noun, quantity.dimension == "count")
        elif scope.last and alike:
            resolved = _of_all_places(scope, quantity)
        if resolved is None and (scope.last or noun):
            # of which of those before they are cannot be told: two values of one thing would both be wrong
            scope.left_out.update((one.number_start, "unassigned") for one in quantities)
            return count
        if resolved is None:
            return 0
        own = _own_cue(scope, quantities, position, resolved.name)
        draft = scope.draft(quantity, replace(left, cue=own) if own else left, resolved, start, quantity.end, rule)
        if draft is None:
            continue
        draft.places = place
        of_group = len(scope.group) == count and not items
        # 2022年至2024年分别为8.0亿元、8.6亿元、9.1亿元，分别增长9.3%、7.0%、6.2%
        draft.period = periods[position] if periods else scope.group[position].period if of_group else None
        drafts.append(draft)
    if not drafts:
        return 0
    scope.drafts += drafts
    scope.group = drafts if len(drafts) == count else []
    scope.last = drafts[-1]
    return count


def _of_all_places(scope: Scope, quantity: Quantity) -> Resolved | None:
    """长沙、岳阳经济总量居前二，分别为1.4万亿元、4841亿元: what was told, if the values can be of it."""
    last = scope.last.resolved if scope.last is not None else None
    if last is not None and not clashes(last, quantity.dimension):
        return last
    named = last_named(scope.text, quantity.start, quantity.dimension)
    return resolve(named) if named else last


def _own_cue(scope: Scope, quantities: list[Quantity], position: int, name: str) -> str:
    """分别下降2.1%、增长5.4%: an item of a list may have a verb of its own."""
    if not position:
        return ""
    gap = scope.text[quantities[position - 1].end : quantities[position].start]
    if turned := TURNS.search(gap):
        # PM10、PM2.5分别下降4%、|改善2.1%|
        return turned_cue(name, turned.group())
    if RISES.search(gap):
        return "up"
    return "down" if FALLS.search(gap) else ""


def _listed_periods(scope: Scope, start: int, end: int, count: int) -> list[Period]:
    """2015和2016年同期增速分别为3.3%、0.5%: a year each."""
    found = [period for period in scope.periods if start <= period.start < end and period.role == "state"]
    if len(found) == 1 and found[0].time_period and re.fullmatch(r"\d{4}/\d{4}", found[0].time_period):
        # 2019—2021年,增速分别为6.8%、2.1%、8.4%: a year each
        first, last = (int(year) for year in found[0].time_period.split("/"))
        years = re.findall(r"(?:19|20)\d{2}", found[0].text)
        if len(years) != count:
            years = [str(year) for year in range(first, last + 1)]
        return [replace(found[0], time_period=year) for year in years] if len(years) == count else []
    return found if len(found) == count and count > 1 else []
