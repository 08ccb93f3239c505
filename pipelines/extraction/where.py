"""Where a number holds.

Here: choosing the place of a draft from its clause, its sentence and the place in force. Not here: finding names of
places (`places`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.binding import Draft
from pipelines.extraction.gazetteer import contains
from pipelines.extraction.indicators import names_indicator
from pipelines.extraction.lexicon import registry
from pipelines.extraction.members import former_or_latter, member, others
from pipelines.extraction.pairing import by_position
from pipelines.extraction.place_groups import (
    group_behind,
    headed,
    lists_members,
    part_of,
    rest_before,
    shared_by_each,
    unknown_member,
    without,
)
from pipelines.extraction.place_meant import default_place, place_meant
from pipelines.extraction.places import Mention
from pipelines.extraction.reach import SAID, Spot, governing, is_name, leads
from pipelines.extraction.sentences import Clause, clause_at
from pipelines.extraction.setting import Setting, Where
from pipelines.extraction.subjects import JOINED, signs_with, subjects

OPENED = re.compile(r"[^，,；;。]{1,24}(?:以来|[之以]后|期间|[年月日]|季度|半年|[底末])[，,]\s*")
LISTED_BEHIND = re.compile(r"(?:分别是|分别为|即|依次是|包括)\s*$")
HELD_AGAINST = re.compile(
    r"(?:[、和与][^，；。、\d]{2,8}?)*(?:平均(?:水平|数|值)?)?的(?:近|约|超过?)?[\d一二三四五六七八九十]"
)
GOES_ON = re.compile(
    r"[，,]?(?:但?总量|增[速幅](?:分别|均|依次)|分别|各(?![类项种界级地县市区乡镇])|均|双双|合计|共占|其中)"
)
# 税收占比最高的是|张家港市，为|86.2%
MOST = re.compile(r"最[高低大小多少快慢][^，；。]{0,6}[是为]$")
MOST_IS = re.compile(r"(?:[（(][^（()）]{1,12}[)）])?[，,]?(?:高?达到?|为|仅为?|有|增长|下降|约|近|超过?)*")
# 上市企业达50家，而|我们|只有9家
WE = re.compile(
    r"(?:而|但|可|反观)?我们(?!公司|企业|厂|集团|村|合作社|[区县市镇州省]的)(?:只|仅|才|目前|现|还|却|也|的)*[有为是]"
)
PROJECT_SUM = "项目总投资"
SIGNED = re.compile("签约|签订|协议|意向")
# the places of a sentence that are looked at for one number: a sentence of a thousand places is a list, not a subject
MOST_MENTIONS = 24
# rules of binding that find the noun in an earlier clause, or a whole to have a share of
CONTINUING = frozenset(
    ("noun-in-clause-before", "ellipsis", "list-to-list", "growth-list", "share-of", "share-by-verb", "times-another")
)
# rules of binding that read a value of a place that leaves out what is measured
BY_PLACE = frozenset(("value-by-place", "growth-by-place"))
# 东莞|某精密工业有限公司5G结构件项目，投资12.8亿元: where the firm is from, and not where it builds
OWNS_PROJECT = re.compile(r"[\u4e00-\u9fffA-Za-z（）()]{2,20}?(?:公司|集团)[^，。；、]{0,24}?项目")
# 规上工业增加值增速|金寨|为9.8%, but 占|昆明市|9.7%
HOLDS_AGAINST = frozenset("占比较于是为与和同至到由从在过的")
# 金寨|为|9.8%, but 劳务输出|广东省|3.2万人
IS_WORTH = frozenset(("为", "是", "达", "达到", "仅为", "则为", "有"))
# 第100名的|地区生产总值为453.8亿元: of whoever stands there
AT_A_RANK = re.compile(
    r"(?:^|[，。；：、]|[中里]|最后)(?P<one>第(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[名位])的[^，；。、]{2,16}$"
)
BETWEEN = re.compile(
    r"(?:[\s\u3000（(：:]|各?占据?|共?有|为|是|以|达到?|仅|约|近|超过?|突破|斩获|收获|拿下|摘得|入围|上榜|贡献){0,3}"
)
# 完成数千万元A轮融资, 首发募资: the money of one firm
ONE_FIRM = re.compile(r"(?:[A-Z]\+?|天使|种子|首|新一|多|两|三|战略|本)轮(?:融资|投资)|战略融资|首发募资|IPO募资")


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
        return [place_meant(mention, setting, text, mentions) for mention in draft.places]
    at = draft.quantity.number_start
    if draft.rule == "qualified-count":
        # 全国仅有的两座GDP超5000亿元的县级市: the count is the country's
        whole = [
            mention
            for mention in mentions
            if mention.end <= at and re.match(r"(?:仅有|唯一|唯二|现有|共有|共|有)", text[mention.end :])
        ]
        if whole:
            return [place_meant(whole[-1], setting, text, mentions)]
    clause = clause_at(clauses, at)
    if (
        mentions
        and clause
        and draft.quantity.dimension == "count"
        and text[max(0, draft.quantity.start - 1) : draft.quantity.start] == "等"
    ):
        # 曾都应急装备、下陆铜箔等18个产业集群: places inside the list are not the subject
        mentions = [
            mention for mention in mentions if mention.start < clause.start or mention.start >= at or mention.own
        ]
    behind = _listed_behind(draft, text, mentions)
    if behind:
        return [place_meant(mention, setting, text, mentions) for mention in behind]
    beside = others(draft, text, mentions)
    if beside is not None:
        return [beside]
    if draft.quantity.dimension == "money" and ONE_FIRM.search(text, draft.quantity.start, draft.quantity.end + 10):
        return [Where(None, None, None, "unknown")]
    ranked = AT_A_RANK.search(text, 0, at)
    if ranked is not None and not any(ranked.end("one") < mention.end <= at for mention in mentions):
        return [Where(None, None, ranked["one"], "named", ranked.start())]
    mentions = [mention for mention in mentions if mention.start < at][-MOST_MENTIONS:]
    if draft.resolved.name == PROJECT_SUM and "签" in text:
        part = max(text.rfind(mark, 0, at) for mark in "；;。") + 1
        inside = [mention for mention in mentions if mention.start >= part]
        if inside and signs_with(text, inside[-1]) and not any(signs_with(text, one) for one in inside[:-1]):
            return [place_meant(inside[-1], setting, text, mentions)]
    if clause is not None and setting.place and WE.match(text, clause.start, at):
        return [default_place(setting)]
    if mentions and MOST.search(text, 0, mentions[-1].start) and MOST_IS.fullmatch(text, mentions[-1].end, at):
        return [place_meant(mentions[-1], setting, text, mentions)]
    if not mentions and (counted := member(text, (), at, setting)) is not None:
        return [place_meant(counted, setting, text, mentions)]
    if not mentions:
        return [_group_of(draft, text, (), (), clause) or _in_force(draft, setting)]
    candidates = [
        mention
        for mention in _candidates(draft, text, clauses, clause, mentions, setting)
        if not (OWNS_PROJECT.match(text, mention.end) and _lies_elsewhere(mention, setting))
    ]
    last = mentions[-1]
    told = draft.start < last.start and text[last.start - 1] not in HOLDS_AGAINST and text[last.end : at] in IS_WORTH
    if (draft.rule in BY_PLACE or told) and (beside_it := _right_before(text, mentions, at)) is not None:
        return [place_meant(beside_it, setting, text, mentions)]
    pair = former_or_latter(text, mentions, clause)
    if pair is not None:
        return [place_meant(pair, setting, text, mentions)]
    paired = by_position(text, _joined(text, candidates) if candidates else (), mentions, at)
    if paired is not None:
        return [place_meant(paired, setting, text, mentions)]
    counted = member(text, mentions, at, setting)
    if counted is not None:
        return [place_meant(counted, setting, text, mentions)]
    group = _group_of(draft, text, mentions, candidates, clause)
    if group is not None:
        return [group]
    if not candidates:
        return [_in_force(draft, setting)]
    run = candidates[-1:] if draft.rule == "qualified-count" else _joined(text, candidates)
    return [place_meant(mention, setting, text, mentions) for mention in run]


def _lies_elsewhere(mention: Mention, setting: Setting) -> bool:
    """Whether a place is another one than that of the document, and none of its parts."""
    home = setting.place
    return bool(home and mention.code and mention.code != home and not contains(home, mention.code))


def _in_force(draft: Draft, setting: Setting) -> Where:
    """The place in force; what both sides of a meeting signed is not of the place that was named last."""
    alone = setting.place is None and setting.unit is None and not setting.place_name
    if alone and SIGNED.search(draft.resolved.name):
        return Where(None, None, None, "unknown")
    return default_place(setting)


def _right_before(text: str, mentions: Sequence[Mention], at: int) -> Mention | None:
    """江苏25席、浙江18席: the place that stands alone before a value of its own, None where several share it."""
    mention = mentions[-1]
    if mention.own or not mention.code or BETWEEN.fullmatch(text, mention.end, at) is None:
        return None
    shared = len(mentions) > 1 and JOINED.match(text[mentions[-2].end : mention.start]) is not None
    return None if shared else mention


def _candidates(
    draft: Draft,
    text: str,
    clauses: Sequence[Clause],
    clause: Clause | None,
    mentions: Sequence[Mention],
    setting: Setting,
) -> list[Mention]:
    """The subjects before a number that can govern it, the nearest last."""
    if not mentions:
        return []
    at = draft.quantity.number_start
    spot = _spot(draft, text, mentions, clauses, clause, setting)
    found = [
        mention
        for mention in governing(text, subjects(text, mentions), spot)
        if not (draft.start <= mention.start and mention.end > at)
        and (mention.level != "group" or clause is None or mention.start >= clause.start or _heads(text, mention, spot))
    ]
    if clause and clause.depth == 0:
        brackets = [other for other in clauses if other.depth]
        found = [m for m in found if not any(other.start <= m.start < other.end for other in brackets)]
    if setting.place is None:
        # 吉利汽车宝鸡|工厂 on the page of a zone, 广东|海澜食品有限公司 at a meeting: the name of a firm
        found = [one for one in found if one.own or names_indicator(text, one.end) or not is_name(text, one)]
    if found and draft.quantity.dimension == "count" and lists_members(text, found[-1:], at):
        while len(found) > 1 and JOINED.match(text[found[-2].end : found[-1].start]):
            found.pop()
        found.pop()
    return found


def _heads(text: str, group: Mention, spot: Spot) -> bool:
    """五县市实现地区生产总值547.2亿元,同比|增长8.2%: a group at the head of a sentence goes on as a place does."""
    # …分别增长8.7%和-1.2%；|三县共接待游客3120万人次，实现旅游收入215.6亿元
    first = max((other.start for other in spot.clauses if other.strong and other.start <= group.start), default=0)
    first = first or (spot.clauses[0].start if spot.clauses else 0)
    if (speech := SAID.match(text, first)) is not None:
        first = speech.end()
    if (opened := OPENED.match(text, first)) is not None and opened.end() <= group.start:
        # 自2019年建立联席会议机制以来，|三县累计实施合作项目47个，完成投资63.8亿元
        first = opened.end()
    strong = any(other.strong and other.start > group.start for other in spot.clauses[: spot.clause + 1])
    return not strong and leads(text, group, spot.mentions, first)


def _spot(
    draft: Draft,
    text: str,
    mentions: Sequence[Mention],
    clauses: Sequence[Clause],
    clause: Clause | None,
    setting: Setting,
) -> Spot:
    """Where a draft's number stands, for finding the places that can govern it."""
    index = clauses.index(clause) if clause else 0
    goes_on = clause is not None and GOES_ON.match(text, clause.start) is not None
    continues = goes_on or "carried" in draft.rule or draft.rule in CONTINUING
    return Spot(mentions, clauses, index, continues, setting.place if clause else None)


def _group_of(
    draft: Draft, text: str, mentions: Sequence[Mention], candidates: Sequence[Mention], clause: Clause | None
) -> Where | None:
    """The group without a code that a number belongs to, None where it belongs to one place or to each of several."""
    at = draft.quantity.number_start
    last = candidates[-1] if candidates else None
    taken = without(text, mentions, at) if mentions else None
    if taken is not None and (last is None or last.start < taken[0].start or last.own or last.level != taken[0].level):
        end = last.end if last is not None and last.start > taken[0].start else taken[0].end
        rest = rest_before(text, end, at)
        if last is not None and last.end == taken[1] - 1 and text[last.end] in "（(":
            # 全市（不含滕州市）
            return Where(None, None, text[last.start : taken[0].end + 1], "named", last.start)
        return Where(None, None, rest or text[taken[1] : end], "named", taken[1])
    rest = rest_before(text, last.end if last else 0, at)
    if rest is not None:
        return Where(None, None, rest, "named")
    if draft.rule == "qualified-count":
        return None
    if clause is not None and (last is None or last.start < clause.start):
        words = headed(text, clause.start, at)
        if words is not None:
            return Where(None, None, words, "named", clause.start)
    if last is None:
        return None
    run = _joined(text, candidates)
    if len(run) == 1 and (last.own or last.level in ("province", "prefecture")):
        part = part_of(text, last, at)
        if part is not None:
            return Where(None, None, part, "named", last.start)
    if draft.rule == "each-value-to-all" or shared_by_each(text, run[-1].end, at):
        return None
    words = unknown_member(text, run[-1], mentions, at) or group_behind(text, run, at)
    return None if words is None else Where(None, None, words, "named", run[0].start)


def _listed_behind(draft: Draft, text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """3个县域的高新技术企业数量突破了1000家,分别是昆山、太仓和长沙县: the places come behind."""
    behind = [mention for mention in mentions if mention.start >= draft.quantity.end]
    if not behind or (draft.quantity.value < 100 and draft.quantity.dimension == "count"):
        return []
    between = text[draft.quantity.end : behind[0].start]
    if len(between) > 12 or not LISTED_BEHIND.search(between):
        return []
    run = _joined(text, behind, forward=True)
    # 28.6万元，分别是|全国、全省|的3.2倍和5.3倍: what it is held against
    return [] if HELD_AGAINST.match(text, run[-1].end) else run


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
