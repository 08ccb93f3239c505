"""Several percentage points at once: 分别高于全国、全省0.3个、0.8个百分点, 分别拉动GDP增长0.9、3.1和1.3个百分点.

Here: gaps to several places or times, and what each of several parts pulls. Not here: other lists (`lists`) and single
points (`comparisons`).
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from pipelines.extraction.binding.items import items_of
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, metric_heads
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left, peel_left

AGAINST = re.compile(
    r"(?P<side>高于|快于|好于|优于|高出|领先|低于|慢于|低)(?P<places>[\u4e00-\u9fff、]{2,20}?)(?:平均(?:水平)?)?(?:约|近)?"
)
# GDP增速比全国、全省分别高0.4、0.6个百分点
HELD_AGAINST = re.compile(
    r"(?P<of>[^，；。\d]{2,24}?(?:增[速幅])?)比(?P<places>[\u4e00-\u9fff]{2,6}(?:[、和][\u4e00-\u9fff]{2,6})+?)(?:平均(?:水平)?)?"
    r"分别(?P<side>高|低|快|慢)(?:出|于)?(?:了|约)?"
)
# 分别|比全国、全省高|1.9个和3.4个百分点
THAN_EACH = re.compile(
    r"(?:增[速幅])?比(?P<places>[\u4e00-\u9fff]{2,6}(?:[、和与][\u4e00-\u9fff]{2,6})+?)(?:平均(?:水平)?)?(?P<side>高|低|快|慢|多|少)(?:出|于)?(?:了|约)?"
)
# ，较全国、全省、泰安市分别高|4.9、2.8、1.6个百分点
THAN_LISTED = re.compile(
    r"[，,]?(?:增[速幅])?[比较](?P<places>[\u4e00-\u9fff]{2,6}(?:[、和与][\u4e00-\u9fff]{2,6})+?)(?:平均(?:水平)?)?"
    r"分别(?P<side>高|低|快|慢)(?:出|于)?(?:了|约)?"
)
# 生产总值增长8.9%，投资增长15.4%，分别|高于全县|2.3和6.8个百分点: one yardstick for the growth of each
ONE_YARDSTICK = re.compile(
    r"(?:增[速幅])?(?:均|都|分别)*(?:(?P<side>高于|快于|好于|优于|高出|领先|低于|慢于)|比)(?P<place>(?!上年|去年|年初|同期|20)[^，；。、和与\d]{2,12}?)"
    r"(?:平均(?:水平)?)?(?P<behind>高|低|快|慢)?(?:出|于)?(?:了|约)?$"
)
PULLING = re.compile(r"拉动(?:全[省市县区州])?(?:GDP|地区生产总值|生产总值|经济|经济总量)?(?:增长|增速)?(?:约|为)?$")
AGAINST_TIMES = re.compile(
    r"(?:增[速幅]|[涨降]幅)?(?:分别)?[比较](?P<times>[\u4e00-\u9fff\d—\-、和与及]{4,40}?)(?:分别)?"
    r"(?P<how>加快|提高|提升|回升|上升|扩大|收窄|回落|下降|放缓|降低)(?:了|约)?$"
)
# 三次产业|对经济增长|分别拉动0.2个…百分点
PULLED = re.compile(r"对(?:全[省市县区州])?(?:GDP|经济|地区生产总值|生产总值)(?:增长)?$")
FALLING = ("回落", "下降", "放缓", "降低")


def read_pulled(scope: Scope, quantities: list[Quantity], boundary: int) -> int:
    """三次产业增加值分别增长…，分别拉动GDP增长0.9、3.1和1.3个百分点: each of the list before pulls its own.

    Args:
        scope: The sentence.
        quantities: The points.
        boundary: Where the words before them begin.

    Returns:
        How many of them were read, 0 where the words say something else.
    """
    pulling = PULLING.search(scope.text, boundary, quantities[0].start)
    if pulling is None:
        return 0
    # 三次产业|分别拉动…: who pulls stands right here, or was told before
    before = peel_left(scope.blank[boundary : pulling.start()].removesuffix("分别"), boundary)
    listed = PULLED.sub("", before.noun)
    parts = items_of(listed, len(quantities)) if listed else parts_told(scope, len(quantities))
    if len(parts) != len(quantities):
        return 0
    drafts = []
    for quantity, part in zip(quantities, parts, strict=True):
        pulls = Resolved(None, f"{part}拉动经济增长")
        left = replace(peel_left("", quantity.start), cue="up")
        start = before.noun_start if listed else quantity.start
        draft = scope.draft(quantity, left, pulls, start, quantity.end, "pulls-growth", "change")
        drafts += [draft] if draft else []
    scope.drafts += drafts
    return len(quantities) if drafts else 0


def parts_told(scope: Scope, count: int) -> list[str]:
    """三次产业增加值分别…,对经济增长的贡献率分别为…: the parts whose figures were told before.

    Args:
        scope: The sentence.
        count: How many parts there are.
    """
    told = scope.group if len(scope.group) == count else scope.drafts[-count:]
    names = [one.breakdown.get("industry", one.resolved.name) for one in told]
    return [metric_heads().sub("", name) or name for name in names]


def read_against_times(scope: Scope, quantities: list[Quantity], boundary: int) -> int:
    """增速分别比一季度、上半年加快1.9个、1.2个百分点: the growth that was told, against that of several times.

    Args:
        scope: The sentence.
        quantities: The points.
        boundary: Where the words before them begin.

    Returns:
        How many of them were read, 0 where the words say something else.
    """
    said = AGAINST_TIMES.search(scope.text, boundary, quantities[0].start)
    last = next((one for one in reversed(scope.drafts) if one.measure == "growth"), None)
    times = [item for item in re.split(r"[、和与及]", said["times"]) if item] if said else []
    if said is None or last is None or len(times) != len(quantities):
        return 0
    scope.consumed |= {one.start for one in scope.periods if said.start() <= one.start < quantities[0].start}
    # a decline that shrinks is a rise, and one that spreads a fall
    spreads = {"收窄": last.value > 0, "扩大": last.value < 0}
    falls = said["how"] in FALLING or spreads.get(said["how"], False)
    drafts = []
    for time, quantity in zip(times, quantities, strict=True):
        left = replace(peel_left("", quantity.start), cue="down" if falls else "up", versus=time, compared=True)
        draft = scope.draft(quantity, left, last.resolved, quantity.start, quantity.end, "respectively", "change")
        drafts += [draft] if draft else []
    scope.drafts += drafts
    return len(quantities) if drafts else 0


def read_gap_of_each(scope: Scope, quantities: list[Quantity], boundary: int) -> int:
    """分别高于全县2.3、3.1和6.8个百分点: the gap of each growth told before to one place.

    Args:
        scope: The sentence.
        quantities: The points.
        boundary: Where the words before them begin.

    Returns:
        How many of them were read, 0 where the words say something else.
    """
    at = scope.text.rfind("分别", boundary, quantities[0].start)
    said = ONE_YARDSTICK.fullmatch(scope.text, at + 2 if at >= 0 else boundary, quantities[0].start)
    grown = [one for one in scope.drafts if one.measure == "growth" or one.quantity.dimension == "percent"]
    told = grown[-len(quantities) :]
    if said is None or not (said["side"] or said["behind"]) or len(told) != len(quantities):
        return 0
    if len({one.resolved.name for one in told}) != len(told):
        return 0
    falls = (said["side"] or said["behind"])[0] in "低慢"
    drafts = []
    for one, quantity in zip(told, quantities, strict=True):
        state = replace(
            peel_left("", quantity.start), cue="down" if falls else "up", versus=said["place"], compared=True
        )
        draft = scope.draft(quantity, state, one.resolved, quantity.start, quantity.end, "respectively", "change")
        drafts += [draft] if draft else []
    scope.drafts += drafts
    return len(quantities) if drafts else 0


def read_against(scope: Scope, quantities: list[Quantity], left: Left, against: Mapping[str, str], of: Resolved) -> int:
    """增速分别高于全国、全省0.3个、0.8个百分点: the gap to each of several places.

    Args:
        scope: The sentence.
        quantities: The points.
        left: What stands before them.
        against: The `places` as the text lists them, and on which `side` of them the figure is (高, 低于).
        of: The indicator.

    Returns:
        How many of them were read, 0 where there are not as many places.
    """
    yardsticks = [item for item in re.split(r"[、和与及]", against["places"]) if item]
    if len(yardsticks) != len(quantities):
        return 0
    drafts = []
    for yardstick, quantity in zip(yardsticks, quantities, strict=True):
        cue = "down" if against["side"].startswith(("低", "慢")) else "up"
        state = replace(left, cue=cue, to=False, versus=yardstick, compared=True)
        draft = scope.draft(quantity, state, of, left.noun_start, quantity.end, "respectively", "change")
        drafts += [draft] if draft else []
    scope.drafts += drafts
    scope.last = drafts[-1] if drafts else scope.last
    return len(quantities) if drafts else 0
