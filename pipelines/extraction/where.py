"""Where a number holds.

Here: choosing the place of a draft from its clause, its sentence and the place in force. Not here: finding names of
places (`places`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.indicators import names_indicator
from pipelines.extraction.lexicon import registry
from pipelines.extraction.places import Mention, scope_before
from pipelines.extraction.sentences import Clause
from pipelines.extraction.setting import Setting, Where

JOINED = re.compile(r"^(?:\s*[、和与及]\s*|\s*以及\s*|\s*[,，]?\s*以及\s*|)$")
EACH_OF = re.compile(
    r"^(?:等[\u4e00-\u9fff]{0,6}(?:的)?|[一二三两四五\d]?[个座]?(?:市|县|区|省|地|县市)?(?:的)?)?(?:[\u4e00-\u9fffA-Z]{0,12})?(?:均|都|各|双双|同为|是|为)"
)
# 全国居民人均可支配收入 is the country's, 全国重点实验室 a kind of laboratory
COUNTRY_TOTAL = re.compile(
    r"(?:(?:19|20)\d{2}年)?(?:的|实现|完成)?(?:GDP|经济总量|工业|外贸|国内生产总值|生产总值|居民|城镇|农村|人均|人口|总人口|粮食|规模以上|规上|社会消费品|固定资产投资|进出口|一般公共预算|财政|CPI|常住|平均|仅有|共有|现有|共|唯一)"
)
COUNTED_GROUP = re.compile(r"(?:等)?[\d两三四五六七八九十]+[个座][\u4e00-\u9fff]{1,4}")
COMPARED_WITH = re.compile(
    r"(?:比(?![例重率])|较(?!大|快)|高于|低于|优于|快于|好于|不及|紧跟|仅次于|除)[^，；、。]{0,8}$"
)
YARDSTICK = re.compile(r"(?:排|居|位|前|第|首|平均|人均|总量|水平|唯一|最|同期)")
LISTED_BEHIND = re.compile(r"(?:分别是|分别为|即|依次是|包括)\s*$")


def subjects(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that can be what a sentence is about: no yardsticks (高于全省), not the outer part of 苏州昆山."""
    found: list[Mention] = []
    for index, mention in enumerate(mentions):
        joined = (
            index > 0
            and mentions[index - 1].end in (mention.start - 1, mention.start - 2)
            and found
            and found[-1] is mentions[index - 1]
        )
        if not joined and scope_before().search(text[max(0, mention.start - 4) : mention.start]):
            continue
        has_indicator = names_indicator(text, mention.end)
        if COMPARED_WITH.search(text[max(0, mention.start - 10) : mention.start]):
            continue
        if mention.level == "country" and not COUNTRY_TOTAL.match(text, mention.end):
            continue
        if not has_indicator and (
            (mention.own or text[mention.start - 1 : mention.start] == "在") and YARDSTICK.match(text, mention.end)
        ):
            continue
        if not has_indicator and any(
            mention.code and other.code and _contains(mention.code, other.code) for other in found
        ):
            # 青秀区是南宁市的核心城区: what contains the subject is no new subject
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if (
            following
            and following.start - mention.end <= 1
            and following.code
            and mention.code
            and not text[mention.end : following.start].strip("的")
            and _contains(mention.code, following.code)
        ):
            continue
        found.append(mention)
    return found


def _contains(outer: str, inner: str) -> bool:
    if outer == "000000":
        return True
    return inner != outer and inner.startswith(outer.rstrip("0") if len(outer) == 6 else outer)


def places_of(
    draft: Draft, text: str, clauses: Sequence[Clause], mentions: Sequence[Mention], setting: Setting
) -> list[Where]:
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
        whole = [
            mention
            for mention in mentions
            if mention.end <= at and re.match(r"(?:仅有|唯一|唯二|现有|共有|共)", text[mention.end :])
        ]
        if whole:
            return [_where(whole[-1], setting, text, mentions)]
    clause = next((clause for clause in clauses if clause.start <= at < clause.end), None)
    if (
        clause
        and draft.quantity.dimension == "count"
        and text[max(0, draft.quantity.start - 1) : draft.quantity.start] == "等"
    ):
        # 曾都应急装备、下陆铜箔等18个产业集群: places inside the list are not the subject
        mentions = [
            mention for mention in mentions if mention.start < clause.start or mention.start >= at or mention.own
        ]
    behind = _listed_behind(draft, text, mentions)
    if behind:
        return [_where(mention, setting, text, mentions) for mention in behind]
    candidates = [
        mention
        for mention in subjects(text, mentions)
        if mention.start < at and not (draft.start <= mention.start and mention.end > draft.quantity.number_start)
    ]
    if clause and clause.depth == 0:
        candidates = [
            mention
            for mention in candidates
            if not any(other.depth and other.start <= mention.start < other.end for other in clauses)
        ]
    candidates = [
        mention for mention in candidates if mention.level != "group" or clause is None or mention.start >= clause.start
    ]
    if setting.place:
        # 抓好日照至五莲铁路纳规,高铁里程突破3400公里: a finer place named on the way is not the subject of what follows
        candidates = [
            mention
            for mention in candidates
            if mention.own
            or mention.start <= 2
            or (clause is not None and mention.start >= clause.start)
            or not (mention.code and _contains(setting.place, mention.code))
        ]
        # 也是河北省十个深度贫困县之一: what contains the place in force is no subject unless an indicator follows
        candidates = [
            mention
            for mention in candidates
            if mention.own
            or not (mention.code and _contains(mention.code, setting.place))
            or COUNTRY_TOTAL.match(text, mention.end)
        ]
    if candidates:
        last = candidates[-1]
        group = _joined(text, candidates)
        between = text[group[-1].end : at]
        together = COUNTED_GROUP.match(between) is not None and not re.search(r"[，,；;]", between)
        if (
            len(group) > 1
            and draft.rule != "qualified-count"
            and (
                together
                or (EACH_OF.match(between) and not re.search(r"[；;]", between))
                or draft.rule == "each-value-to-all"
            )
        ):
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
    if not behind or (draft.quantity.value < 100 and draft.quantity.dimension == "count"):
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
        if (
            first.level == second.level
            and JOINED.match(text[first.end : second.start])
            and text[first.end : second.start].strip()
        ):
            run.append(mention)
        else:
            # 苏州昆山、无锡江阴: the outer names stand between
            gap = text[first.end : second.start]
            above = registry().places.get(second.code[:4] + "00") if len(second.code) == 6 else None
            if (
                first.level == second.level
                and len(gap) <= 5
                and gap[:1] in "、和"
                and above is not None
                and above.short_name in gap
            ):
                run.append(mention)
            else:
                break
    return run if forward else list(reversed(run))


def _where(mention: Mention, setting: Setting, text: str, mentions: Sequence[Mention]) -> Where:
    if mention.own:
        named = [
            other
            for other in subjects(text, mentions)
            if not other.own and other.start < mention.start and other.code and other.name.endswith(mention.text[-1])
        ]
        if named:
            return Where(named[-1].code, named[-1].name, None, "named", named[-1].start)
        if mention.code:
            return Where(
                mention.code,
                mention.name,
                None,
                setting.place_basis if setting.place == mention.code else "context",
                mention.start,
            )
        if setting.last_place is not None and setting.last_place.name.endswith(mention.text[-1]):
            return Where(setting.last_place.code, setting.last_place.name, None, "context", mention.start)
        fallback = default_place(setting)
        return (
            fallback
            if fallback.code and (registry().places[fallback.code].name.endswith(mention.text[-1]))
            else Where(None, None, mention.text, "unknown", mention.start)
        )
    if not mention.code:
        return Where(
            None,
            mention.name if mention.level == "zone" else None,
            None if mention.level == "zone" else mention.text,
            "named",
            mention.start,
        )
    return Where(mention.code, mention.name, None, "named", mention.start)
