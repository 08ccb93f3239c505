"""Where and when a number holds, and whether it is a target.

Here: choosing the place, the period and the nature of a draft from its clause, its sentence, its paragraph and the headings
above. Not here: what the number is of (`binding`) and how words of time and place are found (`periods`, `places`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.extraction.binding import Draft
from pipelines.extraction.indicators import alias_start
from pipelines.extraction.lexicon import alternation, registry
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.periods import Clock, Period, bounds
from pipelines.extraction.places import Gazetteer, Mention, scope_before
from pipelines.extraction.sentences import Clause

JOINED = re.compile(r"^(?:\s*[、和与及]\s*|\s*以及\s*|\s*[,，]?\s*以及\s*|)$")
EACH_OF = re.compile(r"^(?:等[\u4e00-\u9fff]{0,6}(?:的)?|[一二三两四五\d]?[个座]?(?:市|县|区|省|地|县市)?(?:的)?)?(?:[\u4e00-\u9fffA-Z]{0,12})?(?:均|都|各|双双|同为|是|为)")
# 全国居民人均可支配收入 is the country's, 全国重点实验室 a kind of laboratory
COUNTRY_TOTAL = re.compile(r"(?:的|实现|完成)?(?:GDP|国内生产总值|生产总值|居民|城镇|农村|人均|人口|总人口|粮食|规模以上|规上|社会消费品|固定资产投资|进出口|一般公共预算|财政|CPI|常住|平均|仅有|共有|现有|共|唯一)")
COUNTED_GROUP = re.compile(r"(?:等)?[\d两三四五六七八九十]+[个座][\u4e00-\u9fff]{1,4}")
COMPARED_WITH = re.compile(r"(?:比(?![例重率])|较(?!大|快)|高于|低于|优于|快于|好于|不及|紧跟|仅次于|除)[^，；、。]{0,8}$")
BARE_YEARS = re.compile(r"(?<![\d年])(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})年(?:间|来)?(?:累计|共|实现)?(?:增长|增加|翻|提高)")
YARDSTICK = re.compile(r"(?:排|居|位|前|第|首|平均|人均|总量|水平|唯一|最|同期)")
LISTED_BEHIND = re.compile(r"(?:分别是|分别为|即|依次是|包括)\s*$")
TARGET_CUE = re.compile(
    r"力争|争取|目标(?:是|为|：|:)|预期目标|将(?:达到?|突破|超过|实现|完成|建成|新增|形成|增长|提高|保持|控制)|(?<![行动年度作案])计划(?=[^》）”]{0,2}(?:播种|完成|投资|实现|新建|建设|新增|达|到|用|总投资|实施|改造|培育|引进))|拟(?:建|投资|新建|实施)"
    r"|确保(?!了)|预期|努力(?:实现|达到|完成)|奋力实现|要(?:达到|实现|完成|确保|力争)|有望达到|全年(?:要|力争|确保)|今年要|到(?:期末|“?十[五六]五”?末)"
)
ESTIMATE_CUE = re.compile(r"预计|预测|估算|估计|有望|预估")
PROVISIONAL_CUE = re.compile(r"初步核算|初步统计|快报")
ACTUAL_CUE = re.compile(r"已(?:经|达|完成|实现|累计|有|建)|去年|上年|(?:实现|达到|完成|新增)了|目前|截至|现有|累计(?:达|完成|建成|吸引|培育)|(?:圆满|超额)完成|与[^，；]{0,12}目标(?:持平|一致)")
DEADLINE = re.compile(r"(?:到|至|在)\s*$")
FIVE_YEARS_RANGE = re.compile(r"年均|累计|五年")
# done over the years of the plan, not a state at their end
CUMULATIVE_VERBS = frozenset(("新建", "改造", "新建改造", "开挖疏浚", "开挖", "疏浚", "发放", "转移", "搬迁", "安置", "建成", "完成", "修复", "治理", "造林", "绿化", "投入", "解决", "整治", "改造提升", "续建", "减少", "压减", "淘汰", "化解", "救助", "培训", "累计投入", "补充", "审结", "争取", "办理", "查处", "脱贫", "消除"))
CUMULATIVE_BEHIND = re.compile(r"^[^，；]{0,10}(?:消除|脱贫|出列|摘帽|搬迁|就业|上岸|退捕)")


@dataclass(slots=True)
class Setting:
    """What holds for a sentence before it says anything itself.

    Attributes:
        clock: Publication date and year, and the year in force.
        place: Code of the place in force, None when there is none.
        place_name: Its name (areas without a code).
        place_basis: context, document or unknown.
        period: ISO period in force, None when there is none.
        period_basis: context or unknown.
        target: Whether a heading makes all that follows a target.
        known: The gazetteer, with 全市 and 我县 resolved for the place in force.
        last_place: The last place that was a subject, for pages about no single place.
    """

    clock: Clock
    place: str | None = None
    place_name: str = ""
    place_basis: str = "unknown"
    period: str | None = None
    period_basis: str = "unknown"
    target: bool = False
    known: Gazetteer = field(default_factory=lambda: Gazetteer.empty())
    last_place: Mention | None = None
    origin_period: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a draft is given to.

    Attributes:
        code: GB/T 2260 code or None.
        name: Official name or None.
        text: The words where there is no code.
        basis: named, context, document or unknown.
        start: Where it is named in the sentence, None when it is not.
    """

    code: str | None
    name: str | None
    text: str | None
    basis: str
    start: int | None = None


def subjects(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that can be what a sentence is about: not yardsticks (高于全省) and not the outer part of 苏州昆山."""
    found: list[Mention] = []
    for index, mention in enumerate(mentions):
        if scope_before().search(text[max(0, mention.start - 4) : mention.start]):
            continue
        names_indicator = alias_start().match(text, mention.end) is not None
        if COMPARED_WITH.search(text[max(0, mention.start - 10) : mention.start]):
            continue
        if mention.level == "country" and not COUNTRY_TOTAL.match(text, mention.end):
            continue
        if not names_indicator and ( (mention.own or text[mention.start - 1 : mention.start] == "在") and YARDSTICK.match(text, mention.end)):
            continue
        if not names_indicator and any(mention.code and other.code and _contains(mention.code, other.code) for other in found):
            # 青秀区是南宁市的核心城区: what contains the subject is no new subject
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if following and following.start - mention.end <= 1 and following.code and mention.code and not text[mention.end : following.start].strip("的") and _contains(mention.code, following.code):
            continue
        found.append(mention)
    return found


def _contains(outer: str, inner: str) -> bool:
    if outer == "000000":
        return True
    return inner != outer and inner.startswith(outer.rstrip("0") if len(outer) == 6 else outer)


def places_of(draft: Draft, text: str, clauses: Sequence[Clause], mentions: Sequence[Mention], setting: Setting) -> list[Where]:
    """The places that a draft is a number of (several for 昆山、江阴都在4500亿元以上).

    Args:
        draft: The draft.
        text: Its sentence.
        clauses: The clauses of the sentence.
        mentions: The places that the sentence names.
        setting: What holds before the sentence.

    Returns:
        At least one entry; one without code and name where nothing tells.
    """
    if draft.places:
        return [_where(mention, setting, text, mentions) for mention in draft.places]
    at = draft.quantity.number_start
    if draft.rule == "qualified-count":
        # 全国仅有的两座GDP超5000亿元的县级市: the count is the country's
        whole = [mention for mention in mentions if mention.end <= at and re.match(r"(?:仅有|唯一|唯二|现有|共有|共)", text[mention.end :])]
        if whole:
            return [_where(whole[-1], setting, text, mentions)]
    clause = next((clause for clause in clauses if clause.start <= at < clause.end), None)
    if clause and draft.quantity.dimension == "count" and text[max(0, draft.quantity.start - 1) : draft.quantity.start] == "等":
        # 曾都应急装备、下陆铜箔等18个产业集群: places inside the list are not the subject
        mentions = [mention for mention in mentions if mention.start < clause.start or mention.start >= at or mention.own]
    behind = _listed_behind(draft, text, mentions)
    if behind:
        return [_where(mention, setting, text, mentions) for mention in behind]
    candidates = [mention for mention in subjects(text, mentions) if mention.start < at and not (draft.start <= mention.start and mention.end > draft.quantity.number_start)]
    if clause and clause.depth == 0:
        candidates = [mention for mention in candidates if not any(other.depth and other.start <= mention.start < other.end for other in clauses)]
    candidates = [mention for mention in candidates if mention.level != "group" or clause is None or mention.start >= clause.start]
    if setting.place:
        # 也是河北省十个深度贫困县之一: what contains the place in force is no subject unless an indicator follows
        candidates = [mention for mention in candidates if mention.own or not (mention.code and _contains(mention.code, setting.place)) or alias_start().match(text, mention.end)]
    if candidates:
        last = candidates[-1]
        group = _joined(text, candidates)
        between = text[group[-1].end : at]
        together = COUNTED_GROUP.match(between) is not None and not re.search(r"[，,；;]", between)
        if len(group) > 1 and draft.rule != "qualified-count" and (together or (EACH_OF.match(between) and not re.search(r"[；;]", between)) or draft.rule == "each-value-to-all"):
            return [_where(mention, setting, text, mentions) for mention in group]
        return [_where(last, setting, text, mentions)]
    return [default_place(setting)]


def default_place(setting: Setting) -> Where:
    """The place in force where a sentence names none."""
    if setting.place:
        place = registry().places[setting.place]
        return Where(place.code, place.name, None, setting.place_basis)
    if setting.place_name:
        return Where(None, setting.place_name, None, "context")
    if setting.last_place is not None and setting.last_place.code:
        return Where(setting.last_place.code, setting.last_place.name, None, "context")
    return Where(None, None, None, "unknown")


def _listed_behind(draft: Draft, text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """3个县域的高新技术企业数量突破了1000家,分别是昆山、太仓和长沙县: the places come behind."""
    behind = [mention for mention in mentions if mention.start >= draft.quantity.end]
    if not behind or draft.quantity.value < 100 and draft.quantity.dimension == "count":
        return []
    between = text[draft.quantity.end : behind[0].start]
    if len(between) > 12 or not LISTED_BEHIND.search(between):
        return []
    return _joined(text, behind, forward=True)


def _joined(text: str, mentions: Sequence[Mention], *, forward: bool = False) -> list[Mention]:
    """The run of mentions with nothing but list marks between them, from the last (or first) on."""
    order = list(mentions) if forward else list(reversed(mentions))
    run = [order[0]]
    for mention in order[1:]:
        first, second = (run[-1], mention) if forward else (mention, run[-1])
        if first.level == second.level and JOINED.match(text[first.end : second.start]) and text[first.end : second.start].strip():
            run.append(mention)
        else:
            # 苏州昆山、无锡江阴: the outer names stand between
            gap = text[first.end : second.start]
            above = registry().places.get(second.code[:4] + "00") if len(second.code) == 6 else None
            if first.level == second.level and len(gap) <= 5 and gap[:1] in "、和" and above is not None and above.short_name in gap:
                run.append(mention)
            else:
                break
    return run if forward else list(reversed(run))


def _where(mention: Mention, setting: Setting, text: str, mentions: Sequence[Mention]) -> Where:
    if mention.own:
        named = [other for other in subjects(text, mentions) if not other.own and other.start < mention.start and other.code and other.name.endswith(mention.text[-1])]
        if named:
            return Where(named[-1].code, named[-1].name, None, "named", named[-1].start)
        if mention.code:
            return Where(mention.code, mention.name, None, setting.place_basis if setting.place == mention.code else "context", mention.start)
        if setting.last_place is not None and setting.last_place.name.endswith(mention.text[-1]):
            return Where(setting.last_place.code, setting.last_place.name, None, "context", mention.start)
        fallback = default_place(setting)
        return fallback if fallback.code and (registry().places[fallback.code].name.endswith(mention.text[-1])) else Where(None, None, mention.text, "unknown", mention.start)
    if not mention.code:
        return Where(None, mention.name if mention.level == "zone" else None, None if mention.level == "zone" else mention.text, "named", mention.start)
    return Where(mention.code, mention.name, None, "named", mention.start)


def period_of(draft: Draft, text: str, clauses: Sequence[Clause], periods: Sequence[Period], setting: Setting, consumed: frozenset[int] = frozenset()) -> tuple[str | None, str]:
    """(ISO period, basis) of a draft.

    Args:
        draft: The draft.
        text: Its sentence.
        clauses: The clauses of the sentence.
        periods: The expressions of time of the sentence.
        setting: What holds before the sentence.
        consumed: Offsets of the periods that belong to the first value of a from-to alone.

    Returns:
        The period and how it is known; (None, "unknown") where the text does not tell.
    """
    if draft.period is not None:
        return _same_part(draft.period.time_period, setting), "explicit"
    at = draft.quantity.number_start
    clause_start = next((clause.start for clause in clauses if clause.start <= at < clause.end), 0)
    aside = [other for other in clauses if other.depth and not other.start <= at < other.end]
    periods = [period for period in periods if not any(other.start <= period.start < other.end for other in aside)]
    stated = [period for period in periods if period.role == "state" and period.start < at and period.time_period and not period.is_day and (draft.origin or period.start not in consumed)]
    spans = [period for period in periods if period.role == "span" and period.start < at and period.time_period]
    streak = next((period for period in reversed(periods) if period.role == "streak" and period.years and clause_start <= period.start < at + 12), None)
    cumulative = draft.measure in ("growth", "change", "multiple")
    if draft.origin:
        own = [period for period in stated if period.start >= clause_start or period.start >= draft.start - 12]
        if own and not (len(own) == 1 and "/" in (own[-1].time_period or "")):
            setting.origin_period = own[-1].time_period
            return own[-1].time_period, own[-1].basis
        if spans:
            return (spans[-1].time_period or "").split("/")[0], "relative"
        if setting.origin_period:
            return setting.origin_period, "explicit"
        if setting.period and "/" in setting.period and len(setting.period) == 9:
            return str(int(setting.period[:4]) - 1), "context"
        return None, "unknown"
    if streak and streak.years and draft.measure in ("level", "share"):
        since = next((period for period in stated if period.text.startswith("自") or "以来" in period.text), None)
        if since and since.time_period:
            first = int(since.time_period[:4])
            return f"{first}/{first + streak.years - 1}", "explicit"
        last_year = _end_year(stated[-1].time_period if stated else setting.period)
        if last_year:
            return f"{last_year - streak.years + 1}/{last_year}", "context"
    if match := BARE_YEARS.search(text[clause_start:at]):
        # 总产量十年增长1.3倍
        numeral = parse_numeral(match["years"])
        end_year = _end_year(stated[-1].time_period if stated else setting.period)
        if cumulative and numeral and end_year:
            return f"{end_year - int(numeral.value) + 1}/{end_year}", "context"
    if setting.period and len(setting.period) == 9 and (draft.stable or "年均" in text[clause_start:at]):
        return setting.period, setting.period_basis
    if stated:
        period = stated[-1]
        basis = period.basis
        if cumulative and (since := re.search(r"比(?P<year>(?:19|20)\d{2})年", text[clause_start:at])):
            end_year = _end_year(setting.period) or (setting.clock.year or 0) - 1
            return f"{since['year']}/{end_year}", "explicit"
        return _narrow(draft, period.time_period, text), basis
    if cumulative and (since := re.search(r"比(?P<year>(?:19|20)\d{2})年(?!同期)", text[clause_start:at])) and setting.period:
        return f"{since['year']}/{_end_year(setting.period)}", "explicit"
    if spans:
        if cumulative:
            return spans[-1].time_period, "relative"
        return None, "unknown"
    now = next((period for period in periods if period.role == "vague" and period.text in ("目前", "当前", "截至目前", "现在") and period.start < at), None)
    if now and setting.clock.published:
        return str(setting.clock.published.year), "relative"
    if setting.period is None:
        return None, "unknown"
    return _narrow(draft, setting.period, text), setting.period_basis


def _same_part(time_period: str | None, setting: Setting) -> str | None:
    """2015和2016年同期 in a report on a first quarter are those first quarters."""
    if time_period and len(time_period) == 4 and setting.period and "-" in setting.period:
        return re.sub(r"\d{4}(?=-)", time_period, setting.period)
    return time_period


def _end_year(time_period: str | None) -> int | None:
    return bounds(time_period)[1].year if time_period else None


def _narrow(draft: Draft, time_period: str | None, text: str) -> str | None:
    """Within a span of years a state holds at its end, growth and things done over the whole span."""
    if not time_period or len(time_period) != 9 or "/" not in time_period:
        return time_period
    if draft.measure in ("growth", "change", "multiple") or draft.stable:
        return time_period
    if draft.verb in CUMULATIVE_VERBS or CUMULATIVE_BEHIND.match(text[draft.end :]):
        return time_period
    return time_period.split("/")[1]


def nature_of(draft: Draft, text: str, periods: Sequence[Period], setting: Setting, time_period: str | None) -> tuple[str, str]:
    """(nature, obs_status) of a draft."""
    at = draft.quantity.number_start
    before = text[:at]
    cue = None
    for cue in TARGET_CUE.finditer(before):
        pass
    actual = None
    for actual in ACTUAL_CUE.finditer(before):
        pass
    if cue and not (actual and actual.start() > cue.start()):
        return "target", "F"
    year = setting.clock.year
    if time_period and year and bounds(time_period)[0].year > year:
        return "target", "F"
    if time_period and setting.clock.published and bounds(time_period)[0] > setting.clock.published and bounds(time_period)[1].year > setting.clock.published.year:
        return "target", "F"
    deadline = next((period for period in reversed(periods) if period.start < at and period.role == "state" and DEADLINE.search(text[: period.start])), None)
    if deadline and deadline.end_date and year and deadline.end_date.year >= year and deadline.basis == "explicit" and not actual and not re.match(r"[^，]{0,4}(?:的|末|底)?[\d.]+", text[deadline.end :]) and (setting.target or deadline.end_date.year > year):
        return "target", "F"
    if setting.target and not actual:
        return "target", "F"
    if any(True for _ in ESTIMATE_CUE.finditer(before)):
        return "estimate", "E"
    return "actual", "P" if PROVISIONAL_CUE.search(before) else "A"


def target_heading(text: str, year: int | None) -> bool:
    """Whether a heading announces what is to be done (三、2026年主要任务)."""
    return bool(re.search(alternation("target_heading"), text)) and not re.search(r"回顾|总结|成就|完成情况|以来", text)
