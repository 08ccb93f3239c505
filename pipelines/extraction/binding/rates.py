"""Rates: growth, shares and levels in percent.

Here: telling growth from share from level, and what they are of. Not here: percentage points and
multiples (`comparisons`), ratios (`ratios`), amounts and counts.
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.comparisons import SECTOR, read_recovered
from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.fulfilment import (
    AIM_IN_NUMBERS,
    FULFILLED,
    LONGEST_AIM,
    read_fulfilled,
    read_of_plan,
)
from pipelines.extraction.binding.naming import FULFILLED_TAIL, LARGE_INDUSTRY, PART_VALUE_ADDED, fulfilled
from pipelines.extraction.binding.nouns import of_told
from pipelines.extraction.binding.parts import read_share_before
from pipelines.extraction.binding.scope import (
    BLANK,
    GROWTH_NOUN,
    GROWTH_TAIL,
    SHARE,
    Scope,
)
from pipelines.extraction.binding.shares import THING_BEHIND, read_other_share, read_share_held, read_share_of
from pipelines.extraction.binding.siblings import other_half
from pipelines.extraction.binding.wholes import industry_of_told
from pipelines.extraction.indicators import Resolved, metric_heads, qualify, resolve
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.shared_units import YARDSTICK_PLACE
from pipelines.extraction.windows import Left, peel_left, strip_lead

CIRCUMSTANCE = re.compile(r"^的?(?:情况|基础|背景|条件|形势|前提)之?[下上]$")
RATE_NOUN = re.compile(
    r"(?:率|进度|比重|占比|比例|份额|(?:覆盖|亏损|受益|贫困|城镇化)面|满意度|盖度|湿度|自给度|首位度|集中度|强度|密度|程度|指数|贡献度|得分率|达标|优良)$"
)
CONTRIBUTED = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{2,10}?)(?:贡献了?|创造了?|提供了?|撑起了?|占了?|承担了?)(?:全[国省市县区]|\u3000{2})?(?:约|近|超过?)?\s*$"
)
# 二产|对经济增长的贡献率
OWN_CONTRIBUTION = re.compile(r"[\u4e00-\u9fff]{2,12}?对")
PART_OF_WHOLE = re.compile(
    r"(?:均|都|各)?(?:已?超过?|超出)(?:了)?(?P<whole>全[国省市县区州球]|世界|[\u4e00-\u9fff]{2,3}[省市])(?:总量|总数)?的$"
)
AIMED_AT_RATE = re.compile(r"(?:增长|增速|增幅)?(?:预期)?目标(?:初步)?(?:设|确|拟)?定?$")
GROWTH_BEHIND = re.compile("的(?:增[幅速]|涨幅)")
# 犍为县|受强降雨影响|仅增长3.1%: why, not what
CAUSED = re.compile(r"^受[^，；]{2,20}?(?:影响|拖累|带动|拉动|冲击)")
BESIDE = re.compile(
    r"(?:只有|仅有|仅为|仅是|相当于|约为|是|为|达到?|(?:已)?恢复[到至])(?P<other>(?:全[国省市县区]|\u3000{2,6}|(?:19|20)\d{2}年(?:同期)?)(?=的(?:约|近)?$)|(?:全[国省市县区球]|[\u3000\u4e00-\u9fff]{2,8})(?:平均(?:水平|数|值)?|同期(?:水平)?|均值))的(?:约|近)?$"
)
ALSO_OF = re.compile(r"[、，和](?P<other>(?:全[省市国州区]|[\u4e00-\u9fff]{2,6})平均(?:水平|数|值)?)的(?:约|近)?$")
# 固定资产投资|增速回落至|8.1%: the growth is what has come down, and not the investment
GROWTH_REACHED = re.compile(
    r"(?:增[速幅]|涨幅|增长率|(?P<falls>[降跌]幅))(?:[\u4e00-\u9fff\u3000]{0,4}(?:[回提降下上][落升高降跌]|放缓|加快|收窄|扩大|攀升|反弹))?(?:达|[到至在为])+$"
)
AIMED = re.compile(r"(?:离|距离?|与|比|较)(?:全年|年度|年初|预期)*$")
AIM_BEHIND = re.compile(r"的?(?:预期|增长|计划|年度|全年|既定)*目标")
RATE_IN_BRACKET = re.compile(r"(?:比重|比例|占比)[（(](?P<rate>[\u4e00-\u9fff]{3,14}率)[）)](?:约|为|达到?|是)*$")
# consumer prices, and the one of their classes whose name means much else
PRICES, DWELLING = "CPI", "居住"
INDUSTRIES_GREW = re.compile(r"个(?:大类)?行业(?:大类)?(?:的)?增加值")
LISTED_SHARE = re.compile(r"(?:的?[\u4e00-\u9fff]{2,8})?(?:[、，]|和|及|与|以及)?(?:约|近|超|超过)?")
CONTRIBUTES = re.compile(
    r"(?P<part>[^，；\u3000]{0,24}?)对(?P<of>[\u4e00-\u9fff]{2,12}?)的?贡献(?:了|约|近|超|超过|达到?|为)*$"
)
# 65.3亿元|,占年度计划78.2%, 5260人|,完成年度任务的105.2%: the share has no name of its own
SHARE_ASIDE = re.compile(r"[，,（(]\s*(?:约|大约)?(?:占|完成)")
AMOUNTS = frozenset(("money", "count", "person", "household", "mass", "area"))
SHARED_VERBS = re.compile(r"(?:贡献|创造|提供|撑起|占)")
# 人均GDP|比全国高|37.5%: no growth, for it is held against a place
ABOVE_PLACE = re.compile(rf"(?:比{YARDSTICK_PLACE}[高低]出?|[高低]出?于{YARDSTICK_PLACE})(?:了|约|近)?$")
INSURED_RATE = "参保率"
INSURED = re.compile(r"[\u4e00-\u9fff]{4,}(?=参保)")
SHARE_SUFFIX = "占比"
LONGEST_DEED = 6
ADDED = re.compile(r"新(?:增|设立?|签|注册)")


def _told_of(scope: Scope, last: Draft, said: str) -> Resolved:
    """完成投资65.3亿元,占年度计划78.2%,同比增长9.1%: a rate behind a share is that of what has the share."""
    if last.rule == "fulfilled":
        # 固定资产投资完成年度计划的92%，增长8%: what was planned has grown
        return resolve(FULFILLED_TAIL.sub("", last.resolved.name))
    grew = "增长" in said or ("同比" in said and "下降" in said)
    if last.measure == "share" and last.resolved.name.endswith(SHARE_SUFFIX) and grew:
        # 民营企业进出口占比92.1%，增长12.3%: a share rises by points
        return resolve(last.resolved.name.removesuffix(SHARE_SUFFIX))
    amount = scope.drafts[-2] if len(scope.drafts) > 1 and scope.drafts[-1] is last else None
    aside_of = last.rule == "share-of" and last.measure == "share"
    if not aside_of or amount is None or amount.measure != "level":
        return last.resolved
    aside = scope.text[amount.quantity.end : last.quantity.start]
    return amount.resolved if SHARE_ASIDE.match(aside) and amount.quantity.dimension in AMOUNTS else last.resolved


def read_percent(
    scope: Scope, quantity: Quantity, left: Left, boundary: int, right_end: int, clause_end: int
) -> Draft | None:
    """A percentage: growth, share or a rate by its own name."""
    window = scope.blank[boundary : quantity.start]
    if CIRCUMSTANCE.search(left.noun):
        return None
    if back := read_recovered(scope, [quantity], boundary):
        return back[0]
    if held := read_share_held(scope, quantity, boundary, right_end):
        return held
    if other := read_other_share(scope, quantity, left, boundary):
        return other
    if quantity.chinese and (half := PART_OF_WHOLE.search(window)):
        # 煤炭储量超过全省的一半
        over = replace(quantity, bound="at_least") if quantity.bound in ("exact", "approx") else quantity
        return read_share_of(scope, over, replace(left, cue="level"), boundary, half)
    if (match := SHARE.search(window)) and left.cue not in ("up", "down"):
        return read_share_of(scope, quantity, left, boundary, match)
    noun = CAUSED.sub("", scope.words(left))
    if noun == INSURED_RATE and scope.last is not None and (insured := INSURED.match(scope.last.resolved.name)):
        # 城乡居民养老保险参保18.6万人，|参保率|98.2%
        noun = insured.group() + noun
    if named_rate := RATE_IN_BRACKET.search(scope.text, 0, quantity.start):
        # 城镇人口占常住人口比重（常住人口城镇化率）为36%
        rate = resolve(named_rate["rate"])
        if rate.code is not None and rate.dimension in ("percent", "permille"):
            state = replace(left, cue="level", to=True, new=False)
            return scope.draft(quantity, state, rate, named_rate.start("rate"), quantity.end, "rate")
    if (aimed := AIMED.search(noun)) and AIM_BEHIND.match(scope.text, quantity.end):
        # GDP增速离全年|8%|的预期目标差1.3个百分点
        aim = resolve(GROWTH_TAIL.sub("", noun[: aimed.start()]))
        return scope.draft(quantity, left, aim, left.noun_start, quantity.end, "growth", "growth")
    if scope.last and scope.last.rule == "times-another" and (also := ALSO_OF.search(scope.text, 0, quantity.start)):
        # 相当于全省平均水平的62%、|全市平均水平的|87%
        state = replace(left, cue="level", to=True, new=False)
        draft = scope.draft(
            quantity, state, scope.last.resolved, quantity.start, quantity.end, "times-another", "ratio"
        )
        if draft is not None:
            draft.breakdown["vs"] = also["other"]
        return draft
    if beside := BESIDE.search(window):
        # 人均GDP只有全省平均水平的71%
        own = peel_left(scope.blank[boundary : boundary + beside.start()], boundary)
        said = scope.words(own)
        compared = resolve(said) if len(said) > 1 else scope.last.resolved if scope.last else None
        if compared is not None:
            # 为2020年的98%: what it is held against dates nothing
            first = boundary + beside.start("other")
            scope.consumed |= {one.start for one in scope.periods if first <= one.start < quantity.start}
            state = replace(left, cue="level", to=True, new=False)
            start = own.noun_start if said else quantity.start
            draft = scope.draft(quantity, state, compared, start, quantity.end, "times-another", "ratio")
            if draft is not None:
                draft.breakdown["vs"] = scope.text[boundary + beside.start("other") : boundary + beside.end("other")]
            return draft
    if sized := AIM_IN_NUMBERS.search(scope.text, max(0, quantity.start - LONGEST_AIM), quantity.start):
        return read_fulfilled(scope, quantity, left, quantity.start, "", sized["aim"])
    if share := FULFILLED.search(scope.text[boundary : quantity.start]):
        # 新增城镇就业5260人,完成年度任务的105.2%
        of_what = scope.words(peel_left(window[: share.start()], boundary))
        return read_fulfilled(scope, quantity, left, boundary + share.start(), of_what, share.group())
    if window.strip() == "的" and (planned := read_of_plan(scope, quantity)):
        return planned
    if "目标" in noun and (aimed := AIMED_AT_RATE.search(noun)):
        # 地区生产总值增长|目标定为6%
        left, noun = replace(left, cue="up", to=False), noun[: aimed.start()]
    # 人口自然增长率 is a level, whatever its name ends in
    known = resolve(noun) if noun else None
    named = (
        known is not None
        and known.dimension in ("percent", "permille")
        and resolve(GROWTH_TAIL.sub("", noun)).code != known.code
    )
    changes = quantity.measure_hint == "signed" or (left.compared and not left.cue and not left.versus and noun)
    if changes and not (RATE_NOUN.search(noun) or named) and left.cue not in ("up", "down"):
        # 财政收入: 22.6亿元 (+4.1%), 规上工业增加值-14.6%, 规上工业产值同比13.9%
        left = replace(left, cue="up", to=False)
    if left.to and not named and (grown_to := GROWTH_REACHED.search(window)):
        left = replace(left, cue="down" if grown_to["falls"] else "up", to=False)
    if GROWTH_BEHIND.match(scope.text, quantity.end) and not left.cue:
        # 杭锦旗以|46.8%|的增幅再居首位
        left, noun = replace(left, cue="up", to=False, noun=""), ""
    if noun == "经济" and left.cue in ("up", "down"):
        noun = "经济增长"
    if noun and GROWTH_NOUN.match(noun):
        left, noun = replace(left, cue=left.cue if left.cue in ("up", "down") else "up", noun=""), ""
    if ABOVE_PLACE.search(scope.text, 0, quantity.start):
        return None
    if left.cue in ("up", "down") and not left.to:
        resolved = resolve(of_told(scope, GROWTH_TAIL.sub("", noun))) if noun and len(noun) > 1 else None
        if len(noun) == 1 and noun not in "其均":
            # 精制茶增长23.9%,纱增长16.2%: a product of one character is not the one before
            resolved = resolve(noun + "产量")
            if resolved.code is None:
                return None
        if resolved is None and scope.noun_before:
            resolved = resolve(GROWTH_TAIL.sub("", scope.noun_before))
        if resolved is None and scope.last:
            resolved = _grown_before(scope, quantity) or _told_of(scope, scope.last, window)
            if added := _added_alone(scope, scope.last, left):
                resolved = added
        if resolved is None and not noun:
            # 规上工业增加值增长6.9%。分地区看,玉林增长7.9%: the parts leave out what the sentence before told
            resolved = scope.before
        if resolved is None:
            return None
        last = scope.last
        alike = last is not None and last.measure == "growth" and metric_heads().search(last.resolved.name)
        # 国有控股企业增加值增长3.2%，|私营企业|增长9.3%: no number of firms
        is_part = SECTOR.fullmatch(noun) or (resolved.dimension == "count" and noun.endswith("企业") and alike)
        if noun and (resolved.code is None or is_part or industry_of_told(scope, resolved, noun)):
            resolved = part_of_told(scope, noun) or resolved
        start = left.noun_start if noun else quantity.start
        return scope.draft(quantity, left, resolved, start, quantity.end, "growth" if noun else "growth-carried-over")
    # 生产总值|增长|预期目标为6.5%
    grown = GROWTH_TAIL.sub("", noun).removesuffix("增长")
    if noun and not named and grown != noun and len(noun) > 3 and left.cue != "share":
        growing = replace(left, cue="down" if noun.endswith("降幅") else "up", to=False)
        return scope.draft(quantity, growing, resolve(grown), left.noun_start, quantity.end, "growth")
    if contribution := CONTRIBUTES.search(window):
        # 新产业对工业增长贡献50%
        part, _, _ = strip_lead(contribution["part"])
        name = f"{part or (scope.last.resolved.name if scope.last else '')}对{contribution['of']}贡献率"
        start = boundary + contribution.start()
        return scope.draft(quantity, left, Resolved(None, name), start, quantity.end, "contribution", "share")
    right, stop = peel_right(scope.text, quantity.end, right_end)
    contributed = CONTRIBUTED.search(window) or (
        SHARED_VERBS.search(scope.text[: quantity.start])
        if scope.last and scope.last.rule == "share-of-behind" and not noun
        else None
    )
    goes_on = scope.last is not None and scope.last.rule == "share-of-behind"
    if goes_on and LISTED_SHARE.fullmatch(scope.text, boundary, quantity.start):
        # 贡献了全县九成以上的税收、九成五的就业和近九成的生产总值
        behind = THING_BEHIND.match(scope.text, quantity.end, right_end)
        right, stop = (behind["thing"], behind.end()) if behind else (right, stop)
        contributed = contributed or behind
    if right and contributed and (scope.text[quantity.end : quantity.end + 1] == "的"):
        part = (
            contributed["part"]
            if "part" in contributed.re.groupindex
            else scope.last.resolved.name.removesuffix("占比")
            if scope.last
            else ""
        )
        part = part.strip(BLANK)
        resolved = Resolved(None, part + "占比", {"part": part, "of": resolve(right).name})
        return scope.draft(quantity, left, resolved, quantity.start, stop, "share-of-behind", "share")
    if noun.endswith("贡献率") and not OWN_CONTRIBUTION.match(noun) and (subject := scope.contributor):
        # 第二产业增加值88.6亿元,贡献率为52.3%: whose it is was told before
        rate = resolve("对经济增长贡献率" if noun == "贡献率" else noun)
        rate = replace(rate, breakdown={"part": subject})
        return scope.draft(quantity, left, rate, left.noun_start, quantity.end, "contribution", "share")
    if noun and known and (RATE_NOUN.search(noun) or known.dimension in ("percent", "permille")):
        rate = known if known.code else other_half(scope, noun) or known
        if noun == "完成率" and scope.last is not None and scope.last.measure == "level":
            # 生猪出栏目标42万头，实际完成41.6万头，|完成率|99.0%
            reached = Resolved(None, fulfilled(scope.last.resolved.name, noun))
            return scope.draft(quantity, left, reached, left.noun_start, quantity.end, "fulfilled", "level")
        return scope.draft(quantity, left, rate, left.noun_start, quantity.end, "rate")
    if noun and resolve(noun).code and resolve(noun).dimension not in ("percent", "") and _listed_growth(scope, left):
        return scope.draft(
            quantity, replace(left, cue="up"), resolve(noun), left.noun_start, quantity.end, "growth-list", "growth"
        )
    if (
        noun
        and left.cue == "level"
        and len(noun) >= 4
        and re.search(r"(?:达到?|为|超过?|超|不低于|稳定在|保持在|提高到|提升至|提升到|提高至|控制在)", window)
        and not re.search(r"[，：]", noun)
    ):
        resolved = resolve(noun)
        if resolved.code is None:
            return scope.draft(quantity, left, resolved, left.noun_start, quantity.end, "share-by-verb", "share")
    if not noun and scope.last and left.cue == "level" and _is_rate_told(scope.last):
        # 森林覆盖率提高4.2个百分点,达到58.6%
        return scope.draft(quantity, left, scope.last.resolved, quantity.start, quantity.end, "carried-over", "level")
    if (
        not noun
        and scope.last
        and left.cue == "level"
        and scope.last.reached
        and RATE_NOUN.search(scope.last.resolved.name)
    ):
        # 由75.2%提高到76.4%，|到2030年达到|76.8%
        return scope.draft(quantity, left, scope.last.resolved, quantity.start, quantity.end, "carried-over", "level")
    actual = left.to or "实际" in window
    if (
        not noun
        and scope.last
        and left.cue == "level"
        and scope.last.quantity.dimension == quantity.dimension
        and actual
    ):
        return scope.draft(
            quantity,
            left,
            scope.last.resolved,
            quantity.start,
            quantity.end,
            "carried-over",
            # GDP增速由3.1%回升到6.2%: both are growth
            scope.last.measure if scope.last.measure != "growth" or scope.last.origin else None,
        )
    if not noun and scope.noun_before and RATE_NOUN.search(scope.noun_before):
        return scope.draft(quantity, left, resolve(scope.noun_before), quantity.start, quantity.end, "rate")
    return read_share_before(scope, quantity, left, noun, clause_end)


def _added_alone(scope: Scope, last: Draft, left: Left) -> Resolved | None:
    """新增经营主体1.26万户，同比下降3.2%: fewer were added, while all of them grow."""
    before = scope.text[max(0, last.start - LONGEST_DEED) : last.quantity.start]
    added = ADDED.search(before)
    part_of_new = last.quantity.number_start == scope.parts_new
    if last.measure != "change" or not left.compared or left.versus or (added is None and not part_of_new):
        return None
    return Resolved(None, "新增" + last.resolved.name.removeprefix("新增"), last.resolved.breakdown)


def _is_rate_told(last: Draft) -> bool:
    """Whether the last number told by how many points a rate changed."""
    rate = last.resolved.dimension in ("percent", "permille") or RATE_NOUN.search(last.resolved.name)
    return last.quantity.measure_hint == "points" and last.measure == "change" and bool(rate)


def part_of_told(scope: Scope, noun: str) -> Resolved | None:
    """规上工业增加值增长5.9%,其中轻工业增长3.8%: a part leaves out what is measured, here or a sentence before."""
    part_named = qualify(noun.removesuffix("类"))
    told = scope.last.resolved if scope.last else scope.before
    if scope.earlier and INDUSTRIES_GREW.search(scope.earlier[-1]):
        # 22个行业增加值实现增长。其中,农副食品加工业增长5.6%
        told = resolve("规模以上工业增加值")
    if told is not None and told.code == PRICES and noun.removesuffix("类") == DWELLING:
        part_named = ("category", DWELLING)
    if metric_heads().search(noun) or not (part_named or noun.endswith("类") or SECTOR.fullmatch(noun)):
        return None
    if part_named and part_named[0] == "category":
        # 食品价格上涨2%,衣着类下降1%: a class of consumer prices is none of another class
        earlier = [draft.resolved for draft in scope.drafts] + ([scope.before] if scope.before else [])
        prices = next((one for one in reversed(earlier) if one.code == PRICES), None)
        if prices is not None:
            return replace(prices, breakdown=dict([part_named]))
        part_named = None
    if told is not None and _is_part(told):
        # 规上工业增加值增长9%,汽车制造业增长24%,通用设备制造业下降2%: a part of the whole, not of the part before
        earlier = [draft.resolved for draft in scope.drafts] + ([scope.before] if scope.before else [])
        told = next((one for one in reversed(earlier) if not _is_part(one)), told)
    head = metric_heads().search(told.name) if told else None
    if told is None or head is None:
        return None
    part = resolve(noun + head.group())
    known = part_named
    # 城镇 of 社会消费品零售总额 has no name of its own: the whole with its breakdown
    # 股份制企业 of 规模以上工业增加值 is no industry of its own
    general = part.code is None or (part.code == PART_VALUE_ADDED and told.code == LARGE_INDUSTRY)
    return replace(told, breakdown=dict([known])) if general and told.code and known else part


def _is_part(resolved: Resolved) -> bool:
    """Whether an indicator is that of one industry (汽车制造业增加值), not of all of large industry."""
    return resolved.code != LARGE_INDUSTRY and qualify(metric_heads().sub("", resolved.name)) is not None


def _grown_before(scope: Scope, quantity: Quantity) -> Resolved | None:
    """投资增长13.2%；9个旗区中7个实现增长，杭锦旗增长|46.8%|: of what grew, and not of how many they are."""
    last = scope.last
    counted = last is not None and last.measure == "level" and last.quantity.dimension == "count"
    named = last is not None and any(last.end <= one.start < quantity.start and one.code for one in scope.mentions)
    grown = next((one for one in reversed(scope.drafts) if one.measure == "growth"), None)
    return grown.resolved if counted and named and grown is not None else None


def _listed_growth(scope: Scope, left: Left) -> bool:
    """地区生产总值增长5%左右、规上工业增加值6%: the verb of the list."""
    before = scope.text[max(0, left.noun_start - 2) : left.noun_start]
    return "、" in before and scope.last is not None and scope.last.measure == "growth"
