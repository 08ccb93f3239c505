"""Numbers that 分别 hands out: 分别增长6.1%和7.2%.

Here: which names and which owners the numbers behind 分别 go to. Not here: lists without the word, and the handing out
itself (`lists`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.by_place import told_before
from pipelines.extraction.binding.comparisons import read_recovered, read_times_of_each
from pipelines.extraction.binding.fulfilment import AIM_OF_EACH, read_fulfilled_each
from pipelines.extraction.binding.items import items_of
from pipelines.extraction.binding.list_gaps import (
    AGAINST,
    HELD_AGAINST,
    THAN_EACH,
    THAN_LISTED,
    parts_told,
    read_against,
    read_against_times,
    read_gap_of_each,
    read_pulled,
)
from pipelines.extraction.binding.lists import distribute, regroup, regroup_growths
from pipelines.extraction.binding.measures import TURNED_WELL, turned_cue
from pipelines.extraction.binding.nouns import HEAD_OF_PRODUCT, PRODUCT_TAIL
from pipelines.extraction.binding.scope import GENERIC_NOUN, GROWTH_NOUN, GROWTH_TAIL, RESPECTIVELY, Scope
from pipelines.extraction.indicators import Resolved, metric_heads, resolve
from pipelines.extraction.places import Mention
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.sentences import Clause
from pipelines.extraction.windows import Left, peel_left

# 恒林股份、永艺股份|分别实现|营业收入: firms, and no indicators
FIRM = re.compile(r".{2,}(?:股份|公司|集团|药业|科技|电子|机械)")
SAME_EACH = re.compile(r"[，,]?(?:而)?(?:去年|上年)同期分别(?:为|是)?")
SERVED_EACH = re.compile(r"[，,]?分别(?P<verb>惠及|受益|救助|资助|补助|保障|带动)(?:群众|农户|学生|困难群众)?")
ZONE = re.compile(r".{2,}(?:园区|开发区|高新区|经开区|新区|产业园|工业园|港区|示范区|集聚区)")
CONTRIBUTION = re.compile(r"对[\u4e00-\u9fff]{2,10}贡献率")
BRACKETED_LIST = re.compile(r"(?:[\u4e00-\u9fff]{2,8}[（(][A-Za-z\d.]+[)）][、和与及]?){2,}$")
BRACKETED_ITEM = re.compile(r"(?:(?<=[)）])[和与及])?([\u4e00-\u9fff]{2,8})[（(]")
TOTALS = re.compile(r"总数|总量|累计|总计|总数量")
SHARE_OF_EACH = re.compile(
    r"占(?:到|据)?了?(?P<whole>[\u3000\u4e00-\u9fffA-Z]{2,14}?)(?:总量|总额)?的?(?:比重|比例|份额)?(?:约|近|为|达到?|超过?)*"
)
SHARE_ALONE = re.compile(r"占(?:比)?(?P<whole>)(?:为|约|达)*")
SHARE_FIRST = re.compile(r"[，,]?占(?P<whole>[\u3000\u4e00-\u9fffA-Z]{2,14}?)的?(?:比重|比例|份额)")
IN_TURN = re.compile(r"[，；]?[\u3000、和与及\s]+(?:同比)?(?:增长|(?P<down>下降))了?")
# 较2019年同期|分别增长1.6倍和1.9倍
COMPARED_ALONE = re.compile(r"[较比与同][\u3000\s]*(?:\d{4}年)?(?:上年|去年)?(?:同期|同口径)?(?:相比)?")
MEASURED_BEHIND = re.compile(r"(?:完成|实现)?(?P<what>投资|出栏|存栏|产值|增加值|税收)(?:为|达到?)?")
TOWN_AND_COUNTRY = ("城市", "农村")


def read_respectively(scope: Scope, clause: Clause, found: list[Quantity], index: int, boundary: int) -> int:
    """A、B产业规模分别达8000亿元和4000亿元; 同比增长分别为6.4%、7.9% goes on with the list before it."""
    if grown := _grown_in_turn(scope, clause, found, index, boundary):
        return grown
    if RESPECTIVELY.search(scope.text) is None:
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
    if found[index].measure_hint == "multiple" and (times := read_times_of_each(scope, found[index : index + count])):
        scope.drafts += times
        return count
    if (earlier := _year_before(scope, found[index : index + count], boundary)) or (
        earlier := _served(scope, found[index : index + count], boundary)
    ):
        return earlier
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
    if len(firms) == count and all(ZONE.fullmatch(zone) for zone in firms):
        return _of_zones(scope, quantities, replace(left, noun=after.noun), firms, start)
    if bracketed := BRACKETED_LIST.search(scope.text, 0, start):
        # 细颗粒物（PM2.5）、可吸入颗粒物（PM10）|年均浓度
        items = BRACKETED_ITEM.findall(bracketed.group())
        if len(items) == count and metric_heads().search(named):
            return _each_its_own(scope, quantities, left, [resolve(item + named) for item in items], bracketed.start())
    if quantities[0].measure_hint == "percent" and (aim := AIM_OF_EACH.fullmatch(window[marks[-1].end() :])):
        return read_fulfilled_each(scope, quantities, left, aim.group())
    if (whole := SHARE_OF_EACH.fullmatch(window[marks[-1].end() :])) and quantities[0].measure_hint == "percent":
        begin, end = (boundary + marks[-1].end() + offset for offset in whole.span("whole"))
        return _shares(scope, quantities, left, named if left.noun else "", scope.text[begin:end])
    if quantities[0].measure_hint == "percent" and (
        share := SHARE_ALONE.fullmatch(window[marks[-1].end() :]) or SHARE_FIRST.fullmatch(window[: marks[-1].start()])
    ):
        # 男性14.3万人，女性13.5万人，分别占51.4%、48.6%; …，占GDP比重分别为20.9%、31.2%、47.9%
        begin = boundary if share.re is SHARE_FIRST else boundary + marks[-1].end()
        named_whole = scope.text[begin + share.start("whole") : begin + share.end("whole")] or _whole_of(scope, count)
        return _shares(scope, quantities, replace(left, noun=""), "", named_whole)
    if CONTRIBUTION.fullmatch(named) and len(scope.group) == count:
        parts = parts_told(scope, count)
        return _each_its_own(scope, quantities, left, [resolve(part + named) for part in parts], start)
    against = AGAINST.fullmatch(scope.text, boundary + marks[-1].end(), quantities[0].start) or THAN_EACH.fullmatch(
        scope.text, boundary + marks[-1].end(), quantities[0].start
    )
    if against and scope.last and (not left.noun or GROWTH_NOUN.match(left.noun)):
        return read_against(scope, quantities, left, against.groupdict(), scope.last.resolved)
    listed = THAN_LISTED.fullmatch(scope.text, boundary, quantities[0].start)
    if listed and scope.last:
        return read_against(scope, quantities, left, listed.groupdict(), scope.last.resolved)
    if against and scope.before and scope.last is None and (not left.noun or GROWTH_NOUN.match(left.noun)):
        # 增速|分别高于全国、全省1.2、0.8个百分点, behind the full stop
        return read_against(scope, quantities, left, against.groupdict(), scope.before)
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
    if each := (
        _rates_of_parts(scope, named, quantities)
        or _heads_of_products(scope, named, count)
        or _town_and_country(named, count)
    ):
        return _each_its_own(scope, quantities, left, each, start)
    if not named and scope.last is None and left.cue not in ("up", "down"):
        # 江苏、浙江|分获|25席、18席: what is handed out was told before the places
        placed = any(one.end <= quantities[0].start for one in scope.mentions)
        what = told_before(scope, quantities[0]) if placed else None
        if what is not None:
            return _each_its_own(scope, quantities, left, [what] * count, start or quantities[0].start)
    held_against = left.cue in ("up", "down") or quantities[0].measure_hint == "multiple"
    if not named and held_against and len(scope.group) != count:
        regroup(scope, count)
        if len(scope.group) != count and any(boundary <= one.start < quantities[0].start for one in scope.mentions):
            regroup_growths(scope, count)
    return distribute(scope, clause, quantities, replace(left, noun=named, noun_start=start), boundary, "respectively")


def _grown_in_turn(scope: Scope, clause: Clause, found: list[Quantity], index: int, boundary: int) -> int:
    """达拉特旗、乌审旗|增长|9.4%和8.1%: as many growths as places, though no word hands them out."""
    grows = IN_TURN.fullmatch(scope.blank, boundary, found[index].start)
    places = [one for one in scope.mentions if boundary <= one.start < found[index].start and one.code]
    if grows is None or len(places) < 2 or found[index].measure_hint != "percent":
        return 0
    count = scope.run_length(found, index, clause)
    told = scope.last.resolved if scope.last is not None else scope.before
    if count != len(places) or told is None or told.dimension in ("percent", "permille"):
        return 0
    left = replace(peel_left("", found[index].start), cue="down" if grows["down"] else "up", to=False)
    read = _each_its_own(scope, found[index : index + count], left, [told] * count, found[index].start)
    for draft, place in zip(scope.group, places, strict=False):
        draft.places = (place,)
    return read


def _year_before(scope: Scope, quantities: list[Quantity], boundary: int) -> int:
    """接待游客862万人次、旅游收入86亿元，|去年同期分别为|612万人次、58亿元: the same figures a year before."""
    told = [one for one in scope.drafts if one.measure == "level"][-len(quantities) :]
    if SAME_EACH.fullmatch(scope.text, boundary, quantities[0].start) is None or len(told) != len(quantities):
        return 0
    if any(one.quantity.dimension != quantity.dimension for one, quantity in zip(told, quantities, strict=True)):
        return 0
    for quantity, one in zip(quantities, told, strict=True):
        left = replace(peel_left("", quantity.start), cue="level", to=True)
        draft = scope.draft(quantity, left, one.resolved, quantity.start, quantity.end, "respectively", "level")
        if draft is not None:
            draft.year_before = True
            scope.drafts.append(draft)
    return len(quantities)


def _served(scope: Scope, quantities: list[Quantity], boundary: int) -> int:
    """发放城市低保金1230万元、农村低保金8650万元，|分别惠及|3120人、26530人: whom each of them reached."""
    served = SERVED_EACH.fullmatch(scope.text, boundary, quantities[0].start)
    told = scope.drafts[-len(quantities) :]
    if (
        served is None
        or len(told) != len(quantities)
        or {one.dimension for one in quantities} - {"person", "household"}
    ):
        return 0
    for quantity, one in zip(quantities, told, strict=True):
        counted = "人数" if quantity.dimension == "person" else "户数"
        name = Resolved(
            None, f"{one.resolved.name.removesuffix('数')}{served['verb']}{counted}", one.resolved.breakdown
        )
        left = replace(peel_left("", quantity.start), cue="level", to=True)
        draft = scope.draft(quantity, left, name, quantity.start, quantity.end, "respectively", "level")
        if draft is not None:
            scope.drafts.append(draft)
    return len(quantities)


def _of_zones(scope: Scope, quantities: list[Quantity], left: Left, zones: list[str], start: int) -> int:
    """大路工业园区、沙圪堵工业园区分别完成工业产值486亿元、212亿元: a value for each park, which no register knows."""
    read = _each_its_own(scope, quantities, left, [resolve(left.noun)] * len(zones), start)
    for draft, zone in zip(scope.group, zones, strict=False):
        at = scope.text.find(zone, start)
        draft.places = (Mention("", zone, "zone", at, at + len(zone), zone),)
    return read


def _rates_of_parts(scope: Scope, named: str, quantities: list[Quantity]) -> list[Resolved]:
    """养老、医疗保险参保人数分别达…，|参保率|分别达95.6%、97.2%: a rate of each of them, and no number of people."""
    count = len(quantities)
    if not named.endswith("率") or quantities[0].dimension != "percent" or len(scope.group) != count:
        return []
    names = {one.resolved.name for one in scope.group}
    if len(names) < count or any(one.resolved.dimension == "percent" for one in scope.group):
        return []
    return [resolve(part.removesuffix(named[:-1]) + named) for part in parts_told(scope, count)]


def _heads_of_products(scope: Scope, named: str, count: int) -> list[Resolved]:
    """生猪、牛、羊存栏分别为…，|出栏|分别为…: another figure of each product."""
    if HEAD_OF_PRODUCT.fullmatch(named) is None or len(scope.group) != count:
        return []
    products = [PRODUCT_TAIL.sub("", HEAD_OF_PRODUCT.sub("", one.resolved.name)) for one in scope.group]
    return [resolve(product + named) for product in products] if all(products) else []


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


def _whole_of(scope: Scope, count: int) -> str:
    """The name of what was told right before so many parts, "" where no 其中 parts them from it."""
    parts = [one for one in scope.drafts if one.measure == "level"][-count:]
    inside = scope.text.rfind("其中", 0, parts[0].quantity.start) if len(parts) == count else -1
    levels = (one for one in reversed(scope.drafts) if one.measure == "level" and one.quantity.end <= inside)
    around = next(levels, None)
    return around.resolved.name if around is not None else ""


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
        resolved = resolve(f"{part}占{whole}比重" if whole else f"{part}占比")
        if resolved.code is None:
            resolved = replace(resolved, breakdown={"part": part, "of": whole} if whole else {"part": part})
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
