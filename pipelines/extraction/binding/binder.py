"""The order in which the quantities of a sentence are bound.

Here: walking clauses and quantities and handing each to its reader. Not here: the readers.
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.above_name import read_above_name
from pipelines.extraction.binding.amounts import read_amount
from pipelines.extraction.binding.by_place import read_by_place, read_by_village, read_growth_by_place
from pipelines.extraction.binding.comparisons import gap_to_other, read_compared, read_multiple, read_points
from pipelines.extraction.binding.conditions import conditional
from pipelines.extraction.binding.counts import read_count
from pipelines.extraction.binding.deeds import with_deed
from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.each import read_each
from pipelines.extraction.binding.elsewhere import read_elsewhere, read_gap_beside, read_level_beside
from pipelines.extraction.binding.lists import read_lists
from pipelines.extraction.binding.measures import TURNED_WELL, turned_cue
from pipelines.extraction.binding.private import of_one_family
from pipelines.extraction.binding.qualified import read_qualified
from pipelines.extraction.binding.rates import read_percent
from pipelines.extraction.binding.ratios import read_ratio
from pipelines.extraction.binding.respectively import read_respectively
from pipelines.extraction.binding.scope import RESPECTIVELY, Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import alternation
from pipelines.extraction.patterns import guarded
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.sentences import Clause
from pipelines.extraction.windows import Left, peel_left

SLOGAN_COUNT = re.compile(r"[两二三四五六七八九]级")
STEPS = re.compile(r"(?:连跨|接连跨|连续跨|连上|迈上)[^，；]*$")
# 上年同期为520亿元: the figure of the year before, not one called 同期
SAME_GREW = re.compile(r"(?:而|其中)?(?:上年|去年)同期(?:为|则为|是)?(?:同比)?(?:增长|下降|增速为|增速)(?:为|了)?$")
SAME_PERIOD = re.compile(r"(?:上年|去年)?同期(?:数|值|水平)?(?:为?盈利)?")
# 渗透率每|提高|1个百分点: a condition, no fact
FOR_EACH = re.compile(r"每(?:提高|增加|增长|上升|提升|下降|降低|减少)$")
# 亿元以上|项目: the size class in a name, of which no one counts any
SIZE_COUNTED = re.compile(r"级?(?:企业|项目|产业|集群|园区|镇|村|县)\d")
SIZE_IN_NAME = re.compile(r"的?(?:[\u4e00-\u9fff]{0,4})(?:项目|企业|产业|园区|镇|村|县)")
DENIED = guarded(alternation("denial") + r"(?![行施名现际用])")
# 前移5位、7位: by how many ranks something moved
MOVED_BY = re.compile(
    r"(?:前移|后移|上移|下移|前进|后退|进位|跃升|下滑|退后|上升|提升)了?(?:\d{1,3}个?[位名][、和,，]?)*$"
)
# 从全省113位|跃升至83位: ranks, and nobody counted
RANK_MOVED = re.compile(r"[从由自](?!第)[^，。；\d]{0,8}(\d{1,3}[位名])[^，。；\d]{0,8}[至到](\d{1,3}[位名])")
# 连跨4个万亿元台阶: neither number is one of what took them
STEPS_COUNTED = re.compile(r"[跨迈][上过越]?了?(?:\d+|[两三四五六七八九十])个[百千万亿]+元?级?大?台阶")
# 迈上4万亿、5万亿两个台阶: the steps that were passed
STEPS_BEHIND = re.compile(r"[^，；。]{0,14}[两三四五六七八九\d]个?(?:大|新|千亿|百亿|万亿)?(?:元)?(?:级)?(?:大)?台阶")
STABLE = guarded(
    r"(?:稳定在|保持在|维持在|保持|稳定|(?<!成)都|(?<![平人户年亩村地])均|每年|逐年|始终|连年)(?:超过?|突破|在|达到?|保持|稳定在?)?[^，]{0,3}$"
)
# 退出融资平台346家、超计划|19家: by how much a plan was outdone
BEYOND = re.compile(
    r"超(?:额|出)?(?P<goal>(?:年度|全年|原|年初|[“\"]?\u3000+[”\"]?)*(?:计划|目标|任务|预算|序时进度){1,2})(?:数|完成)?$"
)
# 500头以上|生猪养殖场|达36家: of what size they are
SIZED_KIND = re.compile(r"的?[\u4e00-\u9fff“”（）()]{1,11}?[^和与及、](?:已?达到?|已?有|共|约|近|超过?|为|新?增)?")
# 消除年收入1万元以下|且有劳动力脱贫户: which households, and no income of the place
WHO_EARNS = re.compile(r"(?:且|的|以?有)[^，。；]{0,12}(?:户|人口|家庭|群众|人员|农户|村民)")
# what is told of a figure beside its value: a growth that follows is that of the figure
ASIDES = ("fulfilled", "recovered-to")
COUNTS = ("count", "household", "person")
CLASS_ENDS = ("以上", "以下", "以内")
VERB_LENGTH = 2
# 细颗粒物（PM2.5）|年均浓度, 蔬菜（含食用菌）|种植面积: what is measured of the name before the bracket
BARE_HEAD = re.compile(r"(?:年均|平均|年平均)?浓度|(?:种植|播种|养殖|栽培)?面积|(?:总|年)?产量|(?:总)?产值|增加值")
SIZES = frozenset(("power", "energy", "mass", "volume"))
GOES_ON = re.compile("、|[，,；;]?其中[：:，,]?")
NAMED_BY_NOUN = frozenset(("noun-before", "noun-behind", "list-shares-head"))
CARRIED = frozenset(("carried-over", "ellipsis"))
FROM_TAIL = re.compile(r"[从由自](?:\u3000|最初|原来|过去|当初|原先|起初|开始|原有)+的?(?:每[\u4e00-\u9fff]{1,3})?$")
RATIO_NAME = re.compile(r"(?:之比|比|比值|比例|结构|倍差)(?:值)?(?:由.*)?$")


def bind(scope: Scope) -> list[Draft]:
    """Drafts of the sentence, in the order of the text."""
    if _denied(scope.text):
        scope.left_out.update((quantity.number_start, "noise") for quantity in scope.quantities)
        return []
    if "位" in scope.text or "名" in scope.text:
        # 分别较上年前移5位、7位: by how many ranks
        moved = [
            quantity
            for quantity in scope.quantities
            if quantity.unit in ("位", "名")
            and (MOVED_BY.search(scope.text, 0, quantity.start) or scope.text[quantity.start - 1] in "居列排")
        ]
        scope.left_out.update((quantity.number_start, "ordinal") for quantity in moved)
        ranks = [at for steps in RANK_MOVED.finditer(scope.text) for at in (steps.start(1), steps.start(2))]
        scope.left_out.update((at, "ordinal") for at in ranks)
    for steps in STEPS_COUNTED.finditer(scope.text) if "台阶" in scope.text else ():
        inside = [quantity for quantity in scope.quantities if steps.start() <= quantity.number_start < steps.end()]
        scope.left_out.update((quantity.number_start, "name") for quantity in inside)
    # the numbers of a rule are statistics of nobody
    scope.left_out.update((quantity.number_start, "noise") for quantity in conditional(scope))
    above = read_above_name(scope) if "\n" in scope.text else []
    scope.drafts += above
    scope.last = above[-1] if above else scope.last
    begun = {draft.quantity.number_start for draft in above}
    before_bracket: Draft | None = None
    for index, clause in enumerate(scope.clauses):
        if not clause.depth and before_bracket is not None:
            # 收入8.2亿元（其中税收5.9亿元），增长7.1%: what grew stands before the bracket
            scope.last, before_bracket = before_bracket, None
        elif clause.depth and scope.last is not None and scope.last.quantity.end == clause.start - 1:
            before_bracket = scope.last
        found = [
            quantity
            for quantity in scope.quantities
            if clause.start <= quantity.number_start < clause.end and quantity.number_start not in begun
        ]
        if clause.strong and index:
            scope.group = []
        if not found:
            scope.remember_noun(clause)
            continue
        before = len(scope.drafts)
        _clause(scope, clause, found, above[-1].end if above else 0)
        _fill_pending(scope, before)
        scope.told_before = None
        if len(scope.drafts) == before:
            # 地区生产总值连跨五个千亿级台阶,达到5140亿元: a clause without a fact still names the subject
            scope.remember_noun(clause, found[0].start)
    return scope.drafts


def _denied(text: str) -> bool:
    """网传GDP达到900亿元,统计局予以否认: what is said to be untrue is no fact."""
    return DENIED.search(text) is not None


def _clause(scope: Scope, clause: Clause, found: list[Quantity], read: int) -> None:
    index = 0
    boundary = max(clause.start, read)
    last = len(found) - 1
    while index <= last:
        quantity = found[index]
        if quantity.number_start in scope.left_out:
            # 20家|销售收入超10亿元|的企业: read with what it qualifies
            index += 1
            continue
        count = scope.run_length(found, index, clause) if index < last else 1
        taken = read_respectively(scope, clause, found, index, boundary) or (
            read_lists(scope, clause, found, index, boundary, count) if count > 1 else 0
        )
        if taken:
            index += taken
            boundary = found[index - 1].end
            continue
        if index + 1 < len(found) and read_qualified(scope, quantity, found[index + 1], boundary):
            index += 2
            boundary = found[index - 1].end
            continue
        tier = (
            found[index + 1]
            if index + 1 < len(found)
            and _sizes(quantity, found[index + 1])
            and scope.adjacent(quantity, found[index + 1])
            else None
        )
        if tier is not None:
            scope.left_out.setdefault(tier.number_start, "name")
        following = index + (2 if tier else 1)
        right_end = found[following].start if following < len(found) else clause.end
        drafts = read_each(scope, quantity, boundary, right_end) or _single(
            scope, clause, quantity, boundary, right_end, tier
        )
        if not drafts:
            # 万元 in a cell of its own, 千亿级智能家电: scale words that count nothing
            loose = quantity.bare_scale and quantity.bound == "exact"
            scope.left_out.setdefault(quantity.number_start, "name" if loose else "unassigned")
        per = scope.text[quantity.start - 1 : quantity.start] == "每" and not drafts
        named = scope.left_out.get(quantity.number_start)
        # 家庭农场|从十几家|发展到138家: what is too vague to state does not part the noun from its number
        inside = named == "name" and (quantity.dimension == "money" or scope.from_to(quantity, right_end))
        if named != "date" and not per and not inside:
            # 高新技术企业|5年|增加2万家: a duration does not part a verb from its noun
            boundary = max([draft.end for draft in drafts] + [tier.end if tier else quantity.end])
        index = following


def _sizes(counted: Quantity, following: Quantity) -> bool:
    """3个千亿级, 2个超500亿元的: the amount is the size class of what is counted."""
    if following.measure_hint == "tier":
        return True
    if counted.dimension != "count":
        return False
    if following.unit == "类" and following.number_start == counted.end:
        # 2款|1类|创新药
        return True
    if following.bare_scale and following.bound == "at_least" and not following.dimension:
        # 2个超千亿、4个超百亿产业集群
        return True
    # 2座35万千瓦光热电站: the capacity says which, and is none of the place
    return following.dimension in SIZES or (following.dimension == "money" and following.bound == "at_least")


def _single(
    scope: Scope, clause: Clause, quantity: Quantity, boundary: int, right_end: int, tier: Quantity | None
) -> list[Draft]:
    window = scope.blank[boundary : quantity.start]
    left = peel_left(window, boundary)
    if clause.depth and clause.anchor is not None and not left.noun:
        left = scope.anchored(clause, left)
    if boundary == clause.start:
        left = _before_bracket(scope, clause, left)
    if "相比" in scope.text and (gap := gap_to_other(scope, quantity, boundary)) is not None:
        left = gap
    if turned := TURNED_WELL.search(window):
        left = _turned(scope, replace(peel_left(window[: turned.start()], boundary), to=False), turned["how"])
    if left.noun and (begins := FROM_TAIL.search(left.noun)) and scope.from_to(quantity, right_end):
        # 一般公共预算收入|从2012年的|三亿出头增长到9.6亿元
        left = replace(left, noun=left.noun[: begins.start()])
    year_before = "同期" in left.noun and SAME_PERIOD.fullmatch(left.noun) is not None
    if year_before:
        left = replace(left, noun="", cue="level", to=True)
    elif "同期" in window and SAME_GREW.match(window.strip("，,；;。、\u3000 ")):
        # 增长12.5%；|去年同期增长|8.1%
        year_before = True
    points = quantity.chinese and quantity.unit_measure in ("INDEX", "SCORE", "GRADE")
    steps = STEPS.search(window) or ("台阶" in scope.text and STEPS_BEHIND.match(scope.text, quantity.end))
    money = quantity.bare_scale and quantity.dimension == "money"
    sized = money and quantity.bound == "at_least" and SIZE_IN_NAME.match(scope.text, quantity.end)
    if not sized and quantity.dimension == "money" and quantity.bound in ("exact", "range") and not left.noun:
        # 50亿元企业|3家, 10亿元至50亿元项目|8个
        sized = SIZE_COUNTED.match(scope.text, quantity.end, right_end + 1)
    if not quantity.dimension and quantity.value * quantity.scale >= 10**8:
        # 百亿项目|1个
        sized = SIZE_COUNTED.match(scope.text, quantity.end, right_end + 1)
    classes = not sized and quantity.measure_hint != "percent" and quantity.text.endswith(CLASS_ENDS)
    if classes and any(one.start == right_end and one.dimension in COUNTS for one in scope.quantities):
        sized = SIZED_KIND.fullmatch(scope.text, quantity.end, right_end)
    if (beyond := BEYOND.search(window) if "超" in window else None) and (
        more := _beyond_goal(scope, quantity, left, beyond)
    ):
        return [more]
    if (
        points
        or sized
        or beyond
        or (quantity.dimension == "money" and quantity.bound != "exact" and WHO_EARNS.match(scope.text, quantity.end))
        or ("每" in window and FOR_EACH.search(window))
        or SLOGAN_COUNT.fullmatch(quantity.text)
        or steps
    ):
        # 省市两级, 连跨5万亿元、6万亿元两个台阶, 到位亿元以上项目资金
        scope.left_out[quantity.number_start] = "name"
        return []
    if of_one_family(scope.text, quantity):
        return []
    origin = scope.from_to(quantity, right_end)
    if not quantity.value and not quantity.dimension and left.to and not left.noun and scope.last and scope.last.origin:
        # 贫困发生率由18.7%降至0: nothing of what was told
        told = scope.last.quantity
        quantity = replace(
            told, value=quantity.value, value_high=None, bound="exact", start=quantity.start, end=quantity.end,
            text=quantity.text, number_start=quantity.number_start, number_end=quantity.number_end,
        )  # fmt: skip
    if tier is None and (elsewhere := read_elsewhere(scope, quantity) or read_level_beside(scope, quantity)):
        # a growth that follows is that of the figure before the bracket
        scope.drafts.append(elsewhere)
        return [elsewhere]
    if tier is None and (gap_beside := read_gap_beside(scope, quantity)):
        scope.drafts.append(gap_beside)
        return [gap_beside]
    if tier is None and (compared := read_compared(scope, quantity, left)):
        scope.drafts.append(compared)
        return [compared]
    by_place = (
        None
        if tier
        else (
            read_by_place(scope, quantity, left, boundary)
            or read_growth_by_place(scope, quantity, left, boundary)
            or read_by_village(scope, quantity, left)
        )
    )
    if by_place is not None:
        scope.drafts.append(by_place)
        scope.last = by_place
        return [by_place]
    if quantity.measure_hint == "tier":
        draft = None
    elif quantity.measure_hint == "ratio" or (
        not quantity.dimension
        and quantity.scale == 1
        and (
            RATIO_NAME.search(scope.words(left))
            or (not left.noun and left.to and scope.last is not None and scope.last.measure == "ratio")
        )
    ):
        return read_ratio(scope, quantity, left)
    elif (
        not quantity.dimension
        and quantity.scale == 1
        and not left.noun
        and left.cue in ("up", "down")
        and scope.last is not None
        and scope.last.measure == "ratio"
    ):
        # 城乡居民收入比为1.74,比上年缩小0.05
        resolved = scope.last.resolved
        draft = scope.draft(quantity, left, resolved, quantity.start, quantity.end, "ratio-change", "change")
    elif quantity.measure_hint in ("percent", "signed"):
        draft = read_percent(scope, quantity, left, boundary, right_end, clause.end)
    elif quantity.measure_hint == "points":
        draft = read_points(scope, quantity, left)
    elif quantity.measure_hint == "multiple":
        draft = read_multiple(scope, quantity, left)
    elif quantity.dimension in ("count", "person", "household", "") or tier is not None:
        draft = read_count(scope, quantity, left, right_end, clause.end, tier)
    else:
        draft = read_amount(scope, quantity, left, right_end)
    if draft is None:
        return []
    draft.origin = draft.origin or origin
    draft.reached = not draft.origin and scope.last is not None and scope.last.origin
    draft.year_before = year_before
    if year_before and draft.measure == "level" and scope.last is not None and scope.last.measure == "growth":
        # 增长12.5%，去年同期为8.1%
        draft.measure = "growth" if quantity.dimension == "percent" else draft.measure
    if not draft.verb and not left.cue and scope.last and GOES_ON.fullmatch(scope.text, scope.last.end, draft.start):
        # 建成运输机场3座、通用机场8座; 处分178人，其中乡科级干部21人
        draft.verb = scope.last.verb
    bare = draft.rule in CARRIED and left.verb and not left.noun
    base = draft.resolved
    if (draft.rule in NAMED_BY_NOUN or bare) and draft.measure in ("level", "change") and not draft.origin:
        draft.resolved = with_deed(draft.resolved, draft.verb, quantity.dimension)
        draft.breakdown = {**draft.resolved.breakdown, **draft.breakdown}
    if draft.origin:
        # 2024年营业收入|由上年的|3.6亿元增长到4.8亿元: the year before 由 is that of the second value
        began = max(scope.text.rfind(word, boundary, quantity.start) for word in "由从自")
        first = began if began >= 0 else min(draft.start, boundary)
        scope.consumed |= {period.start for period in scope.periods if first <= period.start < quantity.start}
    draft.stable = STABLE.search(scope.text, boundary, quantity.start) is not None
    if tier is not None and not draft.pending:
        draft.breakdown = {**draft.breakdown, "tier": tier.text.replace("元级", "级")}
    scope.drafts.append(draft)
    own = draft.rule == "fulfilled" and scope.last and not draft.resolved.name.startswith(scope.last.resolved.name)
    if own or draft.rule not in ASIDES:
        # 完成年度计划的78%，同比增长9%: what grew is what was planned
        # 改造提升1.6万亩，累计建成78.6万亩: what goes on is the land, and not what was done to some
        scope.last = replace(draft, resolved=base) if bare and base is not draft.resolved else draft
    if scope.group and quantity.number_start > scope.group[-1].quantity.end:
        scope.group = scope.group if RESPECTIVELY.search(scope.text[quantity.end :]) else []
    return [draft]


def _beyond_goal(scope: Scope, quantity: Quantity, left: Left, beyond: re.Match[str]) -> Draft | None:
    """生产总值19.33亿元,超计划目标3.73亿元: by how much what was told is more than was planned."""
    last = scope.last
    # 完成投资41.5亿元，超序时进度7.4个百分点: of what should have been done by then
    points = quantity.measure_hint == "points"
    if last is None or last.measure != "level" or (last.quantity.dimension != quantity.dimension and not points):
        return None
    more = replace(left, noun="", cue="up", to=False, versus=beyond["goal"].strip('\u3000“”"'), compared=True)
    draft = scope.draft(quantity, more, last.resolved, quantity.start, quantity.end, "beyond-goal", "change")
    if draft is not None:
        scope.drafts.append(draft)
        scope.last = draft
    return draft


def _before_bracket(scope: Scope, clause: Clause, left: Left) -> Left:
    """The name with what stands before its bracket, where the words behind are no name, or both are a known one."""
    whole = scope.across_bracket(clause, left)
    if whole is left:
        return left
    heads_alone = len(left.noun) <= VERB_LENGTH or BARE_HEAD.fullmatch(left.noun)
    # 每千人口拥有执业（助理）|医师|4人
    known = left.noun and resolve(scope.words(whole)).code is not None
    return whole if known or (heads_alone if left.noun else left.cue == "level") else left


def _turned(scope: Scope, left: Left, how: str) -> Left:
    """A change for the better or worse as a rise or fall: it is good where a concentration is low."""
    name = left.noun or scope.noun_before or (scope.last.resolved.name if scope.last else "")
    return replace(left, cue=turned_cue(name, how))


def _fill_pending(scope: Scope, first: int) -> None:
    """3个千亿级、30个百亿级和150个十亿级企业矩阵: the noun at the end is that of all."""
    noun: Resolved | None = None
    for draft in reversed(scope.drafts[first:]):
        if draft.pending and noun is not None:
            draft.resolved, draft.pending = noun, False
        elif not draft.pending and "tier" in draft.breakdown:
            noun = draft.resolved
    scope.drafts[:] = [draft for draft in scope.drafts if not draft.pending]
