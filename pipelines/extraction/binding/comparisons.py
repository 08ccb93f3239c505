"""Percentage points and multiples: 高于全省0.8个百分点, 翻一番, 是全国平均数的2.2倍.

Here: what a figure is compared with, and by how much it is more. Not here: percentages (`rates`) and ratios of two
numbers (`ratios`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.items import items_of
from pipelines.extraction.binding.scope import BLANK, GENERIC_NOUN, GROWTH_NOUN, GROWTH_TAIL, Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.shared_units import YARDSTICK_PLACE
from pipelines.extraction.windows import Left, peel_left

SECTOR = re.compile(r"第[一二三]产业|[一二三]产")
SHARE_NAME = re.compile(r"(?:比重|占比)$")
# 占地方级收入的17.2%，|比重|较上年下降1.8个百分点: of the share that was told
SHARE_ALONE = re.compile(r"(?:所占|这一)?(?:比重|占比|比例|份额)")
# 比2010年第六次全国人口普查的|2.94人|减少0.59人
THAN = re.compile(r"[比较与](?:(?:19|20)\d{2}年)?[末底]?(?:第[五六七]次(?:全国)?人口普查|同期)?的$")
CHANGED = re.compile(r"(?:减少|增加|增长|下降|上升|提高|降低|缩小|扩大)(?:了)?\d")
PULLS = re.compile(r"[，,、]拉动\s*$")
RECOVERED = re.compile(r"恢复(?:到|至)了?(?P<than>[\u3000\u4e00-\u9fff]{0,12}?)的?(?:约|近)?$")
SPREAD = re.compile(r"(?:(?P<less>收窄)|扩大)(?:了|约|近)?$")
# 失业率2.9%，|低于4.5%的控制目标|1.6个百分点
GOAL_GAP = re.compile(
    r"(?P<than>[高低])[于出](?:[^，；。\d]{0,6}\d[\d.]*[%％]的?)?(?:年度|全年|预期|控制|计划|既定)*(?:目标|计划|任务)(?:数|值)?(?:[（(][^（()）]{1,12}[）)])?$"
)
# 离全年8%的预期目标|差|1.3个百分点
SHORT_OF = re.compile(
    r"(?:离|距离?|[与比较])[^，；。]{0,10}(?:目标|任务|计划)(?:还|仍|尚)?(?P<less>差|低|少|欠)?(?P<more>高|多|超出?)?$"
)
# 与大悟县相比，|…少|5.6万人
HELD_TO = re.compile(r"(?:^|[，；。])与(?P<than>(?![去上]年)[^，；。\d]{2,12}?)相比[，,]")
GAP = re.compile(r"(?:高|低|多|少|快|慢|大|小)(?:出|于|了|约|近)*$")
# 较一季度回落0.9个百分点，|比上年同期|低3.8个百分点
OWN_YARDSTICK = re.compile(r"[比较](?![例重率值])")
# 分别是全国、全省平均水平的|3.2倍和5.3倍
RESPECTIVE = re.compile(
    r"分别(?:是|为|相当于|达到?)(?P<first>[^，；。、和与是为\d]{2,10}?)(?:平均(?:水平|数))?[、和与](?P<second>[^，；。、\d]{2,10}?)"
    r"(?P<tail>平均(?:水平|数))?的(?:约|近)?$"
)
# 为全省的0.9倍|、全国的|1.25倍
NEXT_TIMES = re.compile(r"[、，和与](?:是|为)?(?P<other>[^，；。、是为\d]{2,10})的(?:约|近)?")
# 人均收入比2020年翻一番, 规模较“十三五”末扩大1.4倍
COMPARED_WITH = re.compile(r"(?:比(?![例重率值])|较)[^，；]{2,12}$")
# 高于全国1.5个、|全省|0.2个百分点: the second yardstick of a comparison
SECOND_YARDSTICK = re.compile(
    rf"(?P<than>[高低快慢优]于)[^，；。]{{2,24}}?\d[\d.]*个?(?:百分点)?[、和，]\s?(?P<own>[高低快慢优]于)?(?P<other>{YARDSTICK_PLACE})$"
)


def read_points(scope: Scope, quantity: Quantity, left: Left) -> Draft | None:
    """提高1.5个百分点, 高于全省0.8个百分点, 拉动全市工业增长2.6个百分点."""
    if also := SECOND_YARDSTICK.search(scope.text, max(0, quantity.start - 40), quantity.start):
        cue = "down" if (also["own"] or also["than"])[0] in "低慢" else "up"
        left = replace(left, noun="", cue=cue, versus=also["other"], compared=True)
    noun = scope.words(left)
    last = scope.last
    if SHARE_ALONE.fullmatch(noun) and last is not None and SHARE_NAME.search(last.resolved.name):
        noun = ""
    goes_on = last is not None and last.measure == "change" and not left.versus
    if (
        goes_on
        and last is not None
        and "vs" in last.breakdown
        and GAP.search(scope.blank, 0, quantity.start)
        and not OWN_YARDSTICK.search(scope.text, last.quantity.end, quantity.start)
    ):
        # GDP比霸州市高125亿元，增速|低|2.3个百分点: than the same
        left = replace(left, versus=last.breakdown["vs"], compared=True)
    gap = GOAL_GAP.search(scope.text, 0, quantity.start)
    begin = max(scope.text.rfind(mark, 0, gap.start()) for mark in "，；。") + 1 if gap else 0
    before = peel_left(scope.blank[begin : gap.start()], begin).noun if gap else ""
    if gap and before and len(GROWTH_TAIL.sub("", before)) > 1 and not GROWTH_NOUN.match(before):
        # GDP增速|低于目标|0.5个百分点
        state = replace(left, noun="", cue="up" if gap["than"] == "高" else "down", versus="目标", compared=True)
        of = _of_growth(resolve(GROWTH_TAIL.sub("", before)))
        return scope.draft(quantity, state, of, quantity.start, quantity.end, "points")
    if scope.last and gap:
        state = replace(left, noun="", cue="up" if gap["than"] == "高" else "down", versus="目标", compared=True)
        resolved = scope.last.resolved if scope.last.measure == "level" else _of_growth(scope.last.resolved)
        return scope.draft(quantity, state, resolved, quantity.start, quantity.end, "points-carried-over")
    if not noun and scope.last and (spread := SPREAD.search(scope.text, 0, quantity.start)):
        # 降幅比上月收窄2.5个百分点,比一季度|扩大9.6个百分点: what shrinks or spreads is the decline that was told
        fallen = next((one for one in reversed(scope.drafts) if one.measure == "growth"), None)
        if fallen is not None and fallen.value < 0:
            left = replace(left, cue="up" if spread["less"] else "down")
    if not noun and PULLS.search(scope.text, 0, quantity.start) and scope.contributor:
        # 第三产业增加值增长6.4%,拉动3.1个百分点
        pulled = Resolved(None, f"{scope.contributor}拉动经济增长")
        return scope.draft(quantity, left, pulled, quantity.start, quantity.end, "pulls-growth")
    if left.verb in ("拉动", "带动", "贡献") and scope.last:
        what = GROWTH_TAIL.sub("", noun)
        what = "经济" if resolve(what).code == "GDP" else what
        contributor = (scope.contributor or "").removesuffix("对经济增长")
        name = f"{contributor or GROWTH_TAIL.sub('', scope.last.resolved.name)}拉动{what}增长"
        return scope.draft(quantity, left, Resolved(None, name), left.noun_start, quantity.end, "pulls-growth")
    rate = scope.last is not None and scope.last.measure == "level" and scope.last.quantity.dimension == "percent"
    grown = scope.last is not None and scope.last.measure == "growth"
    if scope.last and (grown or rate) and (short := SHORT_OF.search(scope.text, 0, quantity.start)):
        stated = replace(left, cue="up" if short["more"] or left.cue == "up" else "down", versus="目标")
        resolved = scope.last.resolved if rate else _of_growth(scope.last.resolved)
        return scope.draft(quantity, stated, resolved, quantity.start, quantity.end, "points-carried-over")
    if noun and not GROWTH_NOUN.match(noun):
        resolved = _share_listed(scope, noun) or resolve(noun)
        if GROWTH_TAIL.search(noun) or resolved.dimension not in ("percent", "permille", ""):
            base = resolve(GROWTH_TAIL.sub("", noun))
            resolved = _of_growth(base)
        return scope.draft(quantity, left, resolved, left.noun_start, quantity.end, "points")
    if scope.last is None:
        return None
    resolved = scope.last.resolved
    if (
        scope.last.measure == "growth"
        or GROWTH_NOUN.match(noun or "")
        or resolved.dimension not in ("percent", "permille", "")
    ):
        resolved = _of_growth(resolved)
    return scope.draft(quantity, left, resolved, quantity.start, quantity.end, "points-carried-over")


def read_compared(scope: Scope, quantity: Quantity, left: Left) -> Draft | None:
    """与2010年第六次全国人口普查的448762人|相比, 比2010年的2.94人|减少: what was told, as it was then.

    Args:
        scope: The sentence.
        quantity: A level.
        left: What stands before it.
    """
    if scope.last is None or scope.last.measure != "level":
        return None
    held = THAN.search(scope.text, 0, quantity.start) and CHANGED.match(scope.text, quantity.end)
    if not held and not scope.text.startswith("相比", quantity.end):
        return None
    then = [one for one in scope.periods if one.role == "comparison" and one.end <= quantity.start and one.time_period]
    if not then or not scope.same_dimension(quantity, scope.last.resolved):
        return None
    state = replace(left, noun="", cue="level", to=True, new=False, versus="")
    resolved = scope.last.resolved
    draft = scope.draft(quantity, state, resolved, quantity.start, quantity.end, "compared-with", "level")
    if draft is not None:
        draft.period = then[-1]
    return draft


def read_recovered(scope: Scope, quantities: Sequence[Quantity], start: int) -> list[Draft]:
    """接待游客186万人次、收入9.8亿元，分别恢复到2019年的91%、87%: what share of an earlier figure each of them is.

    Args:
        scope: The sentence.
        quantities: The percentages, joined by list marks.
        start: Where the words before the first begin.

    Returns:
        A draft for each; none where the words say no such thing.
    """
    back = RECOVERED.search(scope.blank, start, quantities[0].start) if "恢复" in scope.text else None
    if back is None:
        return []
    named = scope.words(peel_left(scope.blank[start : back.start()], start))
    own = resolve(named) if len(named) > 1 and len(quantities) == 1 else None
    items = items_of(named.removesuffix("分别")) if named and len(quantities) > 1 else []
    told = [one.resolved for one in scope.drafts if one.measure == "level"][-len(quantities) :]
    told = [own] if own is not None else told
    if len(items) == len(quantities):
        # 旅游接待人次、旅游收入|分别恢复至2019年同期的112%、98%
        told = [resolve(item) for item in items]
    if len(told) < len(quantities):
        return []
    versus = scope.text[back.start("than") : back.end("than")].strip("的 ")
    scope.consumed |= {one.start for one in scope.periods if back.start() <= one.start < quantities[0].start}
    drafts = []
    for quantity, one in zip(quantities, told, strict=True):
        state = replace(peel_left("", quantity.start), cue="level", to=True)
        draft = scope.draft(quantity, state, one, quantity.start, quantity.end, "recovered-to", "ratio")
        if draft is not None:
            draft.breakdown = {**draft.breakdown, "vs": versus or "疫情前"}
            drafts.append(draft)
    return drafts


def _share_listed(scope: Scope, noun: str) -> Resolved | None:
    """第二产业比重提高0.9个百分点,|第三产业|下降1.1个百分点: the share of another sector, and not what it makes."""
    last = scope.last
    if last is None or last.measure != "change" or not SHARE_NAME.search(last.resolved.name):
        return None
    if not SECTOR.fullmatch(noun):
        return None
    return resolve(noun + "比重")


def gap_to_other(scope: Scope, quantity: Quantity, boundary: int) -> Left | None:
    """与大悟县相比，应城市人口|少|5.6万人: by how much more or less than what the sentence begins with.

    Args:
        scope: The sentence.
        quantity: A number.
        boundary: Where the words before it begin.

    Returns:
        What those words say, None where they say no such thing.
    """
    held = HELD_TO.search(scope.text, 0, quantity.start)
    gap = GAP.search(scope.blank, boundary, quantity.start)
    if held is None or gap is None or "。" in scope.text[held.end() : quantity.start]:
        return None
    before = peel_left(scope.blank[boundary : gap.start()], boundary)
    cue = "down" if gap.group()[0] in "低少慢小" else "up"
    return replace(before, cue=cue, to=False, versus=held["than"], compared=True)


def _of_growth(resolved: Resolved) -> Resolved:
    """高于全国0.6个百分点 of 社会消费品零售总额: the unit says that the growth is meant, the registered name stays."""
    if resolved.code is not None:
        return resolved
    return Resolved(None, resolved.name.removesuffix("增速") + "增速", resolved.breakdown)


def read_times_of_each(scope: Scope, quantities: Sequence[Quantity]) -> list[Draft]:
    """人均GDP28.6万元，分别是全国、全省的3.2倍和5.3倍: one figure held against two others.

    Args:
        scope: The sentence.
        quantities: The multiples, joined by list marks.

    Returns:
        A draft for each; none where the words say no such thing.
    """
    held = RESPECTIVE.search(scope.text, 0, quantities[0].start)
    if held is None or scope.last is None or len(quantities) != len(("first", "second")):
        return []
    drafts = []
    for quantity, name in zip(quantities, ("first", "second"), strict=True):
        left = replace(peel_left("", quantity.start), versus=held[name] + (held["tail"] or ""))
        told = scope.last.resolved
        draft = scope.draft(quantity, left, told, quantity.start, quantity.end, "times-another", "multiple")
        if draft is not None:
            drafts.append(draft)
    return drafts


def read_multiple(scope: Scope, quantity: Quantity, left: Left) -> Draft | None:
    """A multiple: 增长11倍, 是全国平均数的2.2倍, 翻一番."""
    noun = scope.words(left)
    window = scope.blank[max(0, quantity.start - 20) : quantity.start]
    last = scope.last
    if last is not None and last.rule == "times-another":
        goes_on = NEXT_TIMES.fullmatch(scope.text, last.quantity.end, quantity.start)
        if goes_on is not None:
            state = replace(left, noun="", versus=goes_on["other"])
            return scope.draft(
                quantity, state, last.resolved, quantity.start, quantity.end, "times-another", "multiple"
            )
    compared = re.search(
        r"(?P<noun>[^，,；()（）]*?)(?:是|为|相当于|达到?)(?P<other>[^，；、是为]{2,14})的(?:约|近)?$", window
    )
    if compared:
        other = compared["other"].strip(BLANK + " ")
        other = scope.text[
            quantity.start - len(window) + compared.start("other") : quantity.start
            - len(window)
            + compared.end("other")
        ].strip(" ")
        before = peel_left(
            compared["noun"].rstrip("也又就均都约"), quantity.start - len(window) + compared.start("noun")
        )
        own = scope.words(before)
        resolved = resolve(own) if len(own) > 1 else scope.last.resolved if scope.last else None
        if resolved is None or not other:
            return None
        # 是2002年的3.2倍: the year is what is compared with
        reach = quantity.start - len(other) - 3
        then = [period for period in scope.periods if reach <= period.start < quantity.start]
        scope.consumed |= {period.start for period in then}
        for told in scope.drafts if then else ():
            if then[0].end <= told.quantity.start < quantity.start:
                # 是1978年1.9亿元的208倍: what it was then
                told.period = then[0]
        return scope.draft(
            quantity, replace(left, versus=other), resolved, quantity.start, quantity.end, "times-another", "multiple"
        )
    noun = COMPARED_WITH.sub("", noun)
    if GENERIC_NOUN.match(noun) and scope.last and scope.last.measure != "level":
        # 占比达63%、规模比十三五末翻一番: the size of what is not said
        return None
    if noun and not GROWTH_NOUN.match(noun) and len(noun) > 1:
        return scope.draft(quantity, left, resolve(noun), left.noun_start, quantity.end, "multiple")
    if scope.last:
        return scope.draft(quantity, left, scope.last.resolved, quantity.start, quantity.end, "multiple-carried-over")
    return None
