"""Several numbers for several names: 分别, and lists that match lists.

Here: giving each item of a list its number. Not here: single quantities, one value for all (`each`), gaps and pulls
(`list_gaps`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extraction.binding.chosen import CHOSEN
from pipelines.extraction.binding.comparisons import read_recovered
from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.items import items_of
from pipelines.extraction.binding.list_gaps import (
    AGAINST,
    HELD_AGAINST,
    THAN_EACH,
    parts_told,
    read_against,
    read_against_times,
    read_gap_of_each,
    read_pulled,
)
from pipelines.extraction.binding.measures import TURNED_WELL, turned_cue
from pipelines.extraction.binding.naming import clashes
from pipelines.extraction.binding.rates import SECTOR, part_of_told
from pipelines.extraction.binding.scope import GENERIC_NOUN, GROWTH_NOUN, GROWTH_TAIL, RESPECTIVELY, Scope
from pipelines.extraction.indicators import Resolved, last_named, metric_heads, resolve
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.periods import Period
from pipelines.extraction.places import Mention
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.sentences import Clause, clause_at
from pipelines.extraction.windows import Left, peel_left

# 同比增长6.1%，|高于全国、全省、全市|1.3、0.7、0.5个百分点
ABOVE = re.compile(AGAINST.pattern + "$")
# 恒林股份、永艺股份|分别实现|营业收入: firms, and no indicators
FIRM = re.compile(r".{2,}(?:股份|公司|集团|药业|科技|电子|机械)")
CONTRIBUTION = re.compile(r"对[\u4e00-\u9fff]{2,10}贡献率")
BRACKETED_LIST = re.compile(r"(?:[\u4e00-\u9fff]{2,8}[（(][A-Za-z\d.]+[)）][、和与及]?){2,}$")
BRACKETED_ITEM = re.compile(r"(?:(?<=[)）])[和与及])?([\u4e00-\u9fff]{2,8})[（(]")
TOTALS = re.compile(r"总数|总量|累计|总计|总数量")
SHARE_OF_EACH = re.compile(
    r"占(?:到|据)?了?(?P<whole>[\u3000\u4e00-\u9fffA-Z]{2,14}?)(?:总量|总额)?的?(?:比重|比例|份额)?(?:约|近|为|达到?|超过?)*"
)
COUNTED_PLACES = re.compile(r"[两三四五六七八九十\d]{1,2}[省市县区州盟镇](?:区|市)?")
# 较2019年同期|分别增长1.6倍和1.9倍
COMPARED_ALONE = re.compile(r"[较比与同][\u3000\s]*(?:\d{4}年)?(?:上年|去年)?(?:同期|同口径)?(?:相比)?")
MEASURED_BEHIND = re.compile(r"(?:完成|实现)?(?P<what>投资|出栏|存栏|产值|增加值|税收)(?:为|达到?)?")
LONGEST_OPENING = 6
TOWN_AND_COUNTRY = ("城市", "农村")
RISES = re.compile(r"增长|增加|上升|提高|上涨")
FALLS = re.compile(r"下降|减少|降低|回落|下跌")


def read_respectively(scope: Scope, clause: Clause, found: list[Quantity], index: int, boundary: int) -> int:
    """A、B产业规模分别达8000亿元和4000亿元; 同比增长分别为6.4%、7.9% goes on with the list before it."""
    if "分别" not in scope.text and "依次" not in scope.text and "双双" not in scope.text:
        return 0
    if reached := _reached(scope, clause, found, index, boundary):
        return reached
    window = scope.blank[boundary : found[index].start]
    marks = list(RESPECTIVELY.finditer(window))
    if not marks:
        return 0
    count = scope.run_length(found, index, clause)
    if count < 2:
        return 0
    if found[index].measure_hint == "points" and (
        told := read_pulled(scope, found[index : index + count], boundary)
        or read_against_times(scope, found[index : index + count], boundary)
        or read_gap_of_each(scope, found[index : index + count], boundary)
    ):
        return told
    if found[index].measure_hint == "percent" and (
        back := read_recovered(scope, found[index : index + count], boundary)
    ):
        scope.drafts += back
        return count
    left = peel_left(window[: marks[-1].start()], boundary)
    after = peel_left(window[marks[-1].end() :], boundary + marks[-1].end())
    cue = left.cue if left.cue in ("up", "down") and after.cue == "level" and not after.to else after.cue or left.cue
    left = replace(
        left,
        cue=cue,
        to=after.to or left.to,
        new=after.new or left.new,
        compared=after.compared or left.compared,
        versus=after.versus or left.versus,
    )
    if (turned := TURNED_WELL.search(window)) and scope.last:
        # PM2.5、PM10浓度分别为…,同比分别改善4%、6%
        left = replace(left, cue=turned_cue(left.noun or scope.last.resolved.name, turned["how"]), to=False)
    quantities = _bound_of_all(found[index : index + count])
    named = after.noun if not left.noun else left.noun
    start = after.noun_start if not left.noun else left.noun_start
    if left.noun and (measured := MEASURED_BEHIND.fullmatch(window[marks[-1].end() :])):
        # 一、二、三产业分别完成|投资|…, 生猪、牛、羊分别|出栏|…
        items = items_of(left.noun + measured["what"], count)
        if len(items) == count:
            return _each_its_own(scope, quantities, left, [resolve(item) for item in items], start)
    firms = items_of(left.noun, count) if left.noun and after.noun else []
    if len(firms) == count and all(FIRM.fullmatch(firm) for firm in firms):
        done = resolve(after.noun)
        names = [replace(done, breakdown={**done.breakdown, "enterprise": firm}) for firm in firms]
        return _each_its_own(scope, quantities, left, names, start)
    if bracketed := BRACKETED_LIST.search(scope.text, 0, start):
        # 细颗粒物（PM2.5）、可吸入颗粒物（PM10）|年均浓度
        items = BRACKETED_ITEM.findall(bracketed.group())
        if len(items) == count and metric_heads().search(named):
            return _each_its_own(scope, quantities, left, [resolve(item + named) for item in items], bracketed.start())
    if (whole := SHARE_OF_EACH.fullmatch(window[marks[-1].end() :])) and quantities[0].measure_hint == "percent":
        begin, end = (boundary + marks[-1].end() + offset for offset in whole.span("whole"))
        return _shares(scope, quantities, left, named if left.noun else "", scope.text[begin:end])
    if CONTRIBUTION.fullmatch(named) and len(scope.group) == count:
        parts = parts_told(scope, count)
        return _each_its_own(scope, quantities, left, [resolve(part + named) for part in parts], start)
    against = AGAINST.fullmatch(scope.text, boundary + marks[-1].end(), quantities[0].start) or THAN_EACH.fullmatch(
        scope.text, boundary + marks[-1].end(), quantities[0].start
    )
    if against and scope.last and (not left.noun or GROWTH_NOUN.match(left.noun)):
        return read_against(scope, quantities, left, against.groupdict(), scope.last.resolved)
    if against and left.noun and quantities[0].measure_hint == "points":
        of = resolve(GROWTH_TAIL.sub("", left.noun))
        return read_against(scope, quantities, left, against.groupdict(), of)
    held = HELD_AGAINST.fullmatch(scope.text, boundary, quantities[0].start)
    if held and (of_what := peel_left(held["of"], boundary).noun):
        return read_against(scope, quantities, left, held.groupdict(), resolve(GROWTH_TAIL.sub("", of_what)))
    totalled = TOTALS.fullmatch(named) or (not named and TOTALS.search(window[: marks[-1].start()]))
    if totalled and len(scope.drafts) >= count:
        # 新认定技术中心5家、重点实验室1家,总数分别达到42家和8家; 累计分别达42家、8家
        scope.group, named = scope.drafts[-count:], ""
    elif GENERIC_NOUN.match(named) and scope.last and scope.same_dimension(quantities[0], scope.last.resolved):
        # 农村居民收入增速均超过10%,但总量仅分别为4612元、4105元
        named = ""
    if GROWTH_NOUN.match(named) or COMPARED_ALONE.fullmatch(named):
        left, named = replace(left, cue=left.cue if left.cue in ("up", "down") else "up"), ""
    if each := _rates_of_parts(scope, named, quantities) or _town_and_country(named, count):
        return _each_its_own(scope, quantities, left, each, start)
    held_against = left.cue in ("up", "down") or quantities[0].measure_hint == "multiple"
    if not named and held_against and len(scope.group) != count:
        _regroup(scope, count)
    return _distribute(scope, clause, quantities, replace(left, noun=named, noun_start=start), boundary, "respectively")


def _rates_of_parts(scope: Scope, named: str, quantities: list[Quantity]) -> list[Resolved]:
    """养老、医疗保险参保人数分别达…，|参保率|分别达95.6%、97.2%: a rate of each of them, and no number of people."""
    count = len(quantities)
    if not named.endswith("率") or quantities[0].dimension != "percent" or len(scope.group) != count:
        return []
    names = {one.resolved.name for one in scope.group}
    if len(names) < count or any(one.resolved.dimension == "percent" for one in scope.group):
        return []
    return [resolve(part.removesuffix(named[:-1]) + named) for part in parts_told(scope, count)]


def _town_and_country(named: str, count: int) -> list[Resolved]:
    """城乡低保标准分别提高到980元、780元: the one of the towns, the other of the country."""
    if count != len(TOWN_AND_COUNTRY) or not named.startswith("城乡"):
        return []
    each = [resolve(side + named.removeprefix("城乡")) for side in TOWN_AND_COUNTRY]
    return each if all(one.code and not one.breakdown for one in each) else []


def _reached(scope: Scope, clause: Clause, found: list[Quantity], index: int, boundary: int) -> int:
    """城乡居民收入分别增长6.2%和8.4%,|达到|27156元和14020元: each of the list reached its own."""
    count = scope.run_length(found, index, clause)
    group = scope.group
    left = peel_left(scope.blank[boundary : found[index].start], boundary)
    if count < 2 or len(group) != count or left.noun or left.cue != "level":
        return 0
    quantities = found[index : index + count]
    alike = all(
        scope.same_dimension(quantity, told.resolved) and told.resolved.dimension
        for quantity, told in zip(quantities, group, strict=True)
    )
    if not alike or quantities[0].dimension == "percent":
        return 0
    drafts = [
        scope.draft(quantity, left, told.resolved, quantity.start, quantity.end, "respectively")
        for quantity, told in zip(quantities, group, strict=True)
    ]
    if not all(drafts):
        return 0
    scope.drafts += [draft for draft in drafts if draft]
    scope.last = scope.drafts[-1]
    return count


def _each_its_own(scope: Scope, quantities: list[Quantity], left: Left, names: list[Resolved], start: int) -> int:
    """As many names as numbers, in their order."""
    drafts = [
        scope.draft(quantity, left, named, start, quantity.end, "respectively")
        for quantity, named in zip(quantities, names, strict=True)
    ]
    scope.group = [draft for draft in drafts if draft]
    scope.drafts += scope.group
    scope.last = scope.group[-1] if scope.group else scope.last
    return len(quantities) if scope.group else 0


def _shares(scope: Scope, quantities: list[Quantity], left: Left, noun: str, whole: str) -> int:
    """产值分别占规上工业的28%、19%和12%: shares, not values of what has them."""
    items = items_of(noun, len(quantities)) if noun else []
    told = scope.drafts[-len(quantities) :]
    if not noun:
        # 承接项目356个,协议投资1028亿元,分别占全市总数的42%和55%
        items = [draft.resolved.name for draft in told] if len(told) == len(quantities) else []
        if not items:
            return 0
    drafts = []
    for position, quantity in enumerate(quantities):
        part = items[position] if len(items) == len(quantities) else noun
        resolved = resolve(f"{part}占{whole}比重")
        if resolved.code is None:
            resolved = replace(resolved, breakdown={"part": part, "of": whole})
        state = replace(left, cue="level", to=True)
        draft = scope.draft(quantity, state, resolved, left.noun_start, quantity.end, "share-of", "share")
        drafts += [draft] if draft else []
    scope.drafts += drafts
    if not drafts:
        return 0
    scope.last = drafts[-1]
    return len(quantities)


def _bound_of_all(quantities: list[Quantity]) -> list[Quantity]:
    """双双突破20亿元和15亿元: the verb before the first number bounds them all."""
    first = quantities[0]
    if first.bound != "at_least" or not first.text.startswith(("突破", "超", "逾")):
        return quantities
    return [first] + [
        replace(other, bound=first.bound) if other.bound == "exact" else other for other in quantities[1:]
    ]


def _regroup(scope: Scope, count: int) -> None:
    """接待游客856万人次,旅游收入62亿元,分别增长12%和15.3%: the growths are those of the values just read."""
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
        _regroup(scope, count)
        noun = "" if len(scope.group) == count else noun
    if not noun and len(scope.group) == count and (left.cue in ("up", "down") or left.to):
        # 分别达到36820元和18460元,增长5.1%和7.3%: the second list goes with the first
        return _distribute(scope, clause, found[index : index + count], left, boundary, "list-to-list")
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
        return _distribute(scope, clause, found[index : index + count], left, boundary, "list-to-list", items)
    return _distribute(scope, clause, found[index : index + count], left, boundary, "list-to-list")


def _named(item: str) -> bool:
    """Whether an item of a list of names is an indicator, or says by its head what is measured."""
    return resolve(item).code is not None or metric_heads().search(item) is not None


def _many_places(scope: Scope, count: int) -> bool:
    """Whether the numbers can be those of so many places: named in the sentence, or together (三县市…分别为)."""
    return len(scope.mentions) >= count or any(mention.level == "group" for mention in scope.mentions)


def _distribute(
    scope: Scope,
    clause: Clause,
    quantities: list[Quantity],
    left: Left,
    boundary: int,
    rule: str,
    named: Sequence[str] = (),
) -> int:
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
    alike = left.cue not in ("up", "down") or bool(periods) or _many_places(scope, count)
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
        own = _own_cue(scope, quantities, position)
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


def _own_cue(scope: Scope, quantities: list[Quantity], position: int) -> str:
    """分别下降2.1%、增长5.4%: an item of a list may have a verb of its own."""
    if not position:
        return ""
    gap = scope.text[quantities[position - 1].end : quantities[position].start]
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
