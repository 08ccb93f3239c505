"""Counts: things, persons, households, and numbers without a unit.

Here: what is counted, and telling counts of an economy from the parts of a text. Not here: amounts with a physical
unit (`amounts`).
"""

import re
from dataclasses import replace
from functools import lru_cache

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.people import SERVED, SERVED_VERB, read_bare_persons, read_served
from pipelines.extraction.binding.scope import GENERIC_NOUN, GROWTH_NOUN, Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import registry, word_set
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left, peel_right, strip_lead

CLAUSE_COUNTED = re.compile(r"(?P<words>[\u4e00-\u9fff]{4,16})的(?:共?有|达到?|共)\s*$")
VAGUE_LEAST = 1000
LEAST_SUM = 10**8
STEP_WORDS = re.compile(r"^(?:台阶|级台阶|大关)")
# 第12、13和15位; 进位5个位次
RANKS_LISTED = re.compile(r"第\s*[0-9一二三四五六七八九十百]+(?:名|位)?(?:[、和,，]第?[0-9]+(?:名|位)?)*[、和,，]第?$")
PLACE_KINDS = re.compile(r"县区?|区县?|市州?|县[(（]?市、?区?[)）]?|省份?|省区市|城市|镇|乡镇|村|国家|地区?|州市?")
# 7个县市入选: those that were chosen, not those that there are
CHOSEN = re.compile(r"(?:均|都|全部|先后|分别|成功)?(?:入选|入围|上榜|跻身|被|获|列入|纳入|通过|成为|进入|达到)")
CHOSEN_LEAD = re.compile(r"^(?:均|都|全部|先后|分别|成功|被)+")
TOTAL_NOUN = re.compile(r"总量|总数|总计|合计|总户数|总人数")
LIST_DRESSING = re.compile(r"^(?:了|\d{4}年度?|首批|第[一二三四五六七八九十]批)+|(?:名单|榜单|行列|目录)$")
CHOSEN_INTO = re.compile(r"[\u4e00-\u9fffA-Z0-9“”]{2,24}(?=[、，；。]|$)")
# 企业5.8万户: firms are counted by households too
FIRMS = re.compile(r"(?:企业|公司|工商户|主体|合作社|农场|商户)$")
BUSINESS = re.compile(r"企业|公司|工商户|商户|主体|合作社|农场|户数|单位|机构|巨人|冠军|大户|门店|店")
CLASS_ALONE = re.compile(r"(?:国家|自治区|省|市|县|区)级(?:以上)?|\dA级")
CLASS_BEFORE = re.compile(r"^(?:(?:国家|自治区|省|市|县|区)级(?:以上)?|(?:国家)?\d?A级)+")
# 这里有十二个行政村: units of an area, however they are written
HAS = re.compile(r"(?:[辖有]|设有?)(?:[\u4e00-\u9fff\d]{1,8}、)?$")
NAMED_ON = re.compile(r"(?:[、和][\u4e00-\u9fff]{1,6})*等")
AMONG = re.compile(r"[^，；。、]{1,18}中(?:居|排|位|列|名列|综合排名)")
ROUNDS = frozenset(("届", "轮", "番", "招", "遍"))
# 160多个高科技项目投产: those in that state
DID = re.compile(
    r"(?:实现|完成|升格|晋升|晋级|升级|共享|启用|揭牌|挂牌|开诊|开业|上市|上云|脱贫|摘帽|退出|消除|达标|通过|签订|建立|开通|接入|参与|参加|获得|荣获|取得|新建|改建|扩建)(?:了)?"
)
STATE_REACHED = re.compile(r"(?:建成)?(?:投产|开工|竣工|签约|落地|投运|投用|达产)")
RANK_GROUP = re.compile(r"^(?:梯队|阵营|档|俱乐部|方阵)")


def read_count(
    scope: Scope, quantity: Quantity, left: Left, right_end: int, clause_end: int, tier: Quantity | None
) -> Draft | None:
    """Things, persons, households: the noun stands behind (8家全国重点实验室) or before (科技型中小企业3万家)."""
    if quantity.value_high is not None and quantity.chinese and quantity.value_high < VAGUE_LEAST:
        # 几位研究者, 几百个: too vague to be a statistic
        scope.left_out[quantity.number_start] = "name"
        return None
    if AMONG.match(scope.text, quantity.end):
        # 在全省27个产业基地中居第7位: among how many, said of a rank
        scope.left_out[quantity.number_start] = "ordinal"
        return None
    if scope.words(left) in word_set("page_count") or quantity.unit in ROUNDS:
        # 第九届, 八轮强降雨: rounds of something are no state of an economy
        scope.left_out[quantity.number_start] = "name"
        return None
    if quantity.unit == "位次" or (
        quantity.unit in ("位", "名") and RANKS_LISTED.search(scope.text[: quantity.number_start])
    ):
        scope.left_out[quantity.number_start] = "ordinal"
        return None
    right_start = tier.end if tier else quantity.end
    right, stop = peel_right(scope.text, right_start, right_end)
    if STEP_WORDS.match(right) or (quantity.chinese and quantity.value == 1 and quantity.value_high is None):
        scope.left_out[quantity.number_start] = "name"
        return None
    bare = (
        quantity.chinese
        and quantity.bound == "exact"
        and scope.text[quantity.number_start : quantity.number_end] in ("百", "千", "十", "万", "百万", "千万")
    )
    if re.search(r"的(?:共?有|达到?|共)\s*$", scope.text[max(0, quantity.start - 4) : quantity.start]) and not right:
        # 产量同比增长的有45种: a clause is counted, no named thing; 参加养老保险的有38万余人 are people
        described = CLAUSE_COUNTED.search(scope.blank[: quantity.start])
        if quantity.dimension != "person" or described is None:
            return None
        words, _, _ = strip_lead(described["words"])
        start = quantity.start - len(described.group())
        return scope.draft(quantity, left, Resolved(None, words + "人数"), start, quantity.end, "people-described")
    if bare or _size_class(scope, quantity, right):
        scope.left_out[quantity.number_start] = "programme" if bare else "name"
        return None
    if (
        quantity.chinese
        and tier is None
        and quantity.dimension in ("count", "", "volume")
        and quantity.value <= 20
        and quantity.scale == 1
        and not _qualified(scope, right_start, right_end)
        and not (right in word_set("unit_noun") and HAS.search(scope.text[: quantity.number_start]))
    ):
        # 两座城市, 六个示范, 五个方面: small counts in characters are a text's own parts
        scope.left_out[quantity.number_start] = "programme"
        return None
    if (
        right
        and re.match(r"(?:分别|依次)?(?:是|为)?[:：]?", scope.text[stop:])
        and re.match(r"\s*(?:分别|依次)(?:是|为)", scope.text[stop:])
    ):
        scope.left_out[quantity.number_start] = "name"
        return None
    if _counts_list(scope, quantity, right) or (PLACE_KINDS.fullmatch(right) and CHOSEN.match(scope.text, stop)):
        scope.left_out[quantity.number_start] = "name"
        return None
    noun = scope.words(left)
    if not quantity.dimension and quantity.scale >= LEAST_SUM and noun and resolve(noun).dimension == "money":
        # GDP突破5000亿的县市: the sum whose 元 is left out
        return scope.draft(quantity, left, resolve(noun), left.noun_start, quantity.end, "noun-before")
    counted = quantity.dimension in ("count", "") and not (quantity.scale >= 10**4 and not quantity.dimension)
    if tier is not None and not right:
        draft = scope.draft(quantity, left, Resolved(None, ""), quantity.start, tier.end, "tiers-share-noun")
        if draft:
            draft.pending = True
            draft.breakdown = {"tier": tier.text.replace("元级", "级")}
        return draft
    if not quantity.dimension and RANK_GROUP.match(right):
        carried = next((draft for draft in reversed(scope.drafts) if draft.quantity.value > 99), None)
        return (
            None
            if carried is None
            else scope.draft(
                replace(quantity, unit=carried.unit, unit_measure=carried.unit_measure, dimension="count"),
                left,
                carried.resolved,
                quantity.start,
                stop,
                "carried-over",
            )
        )
    if (qualifier := _qualifier(scope, right_start, right_end)) is not None:
        # 两座|GDP超5000亿元的|县级市: what is counted stands behind its qualification
        counted_noun, stop = peel_right(scope.text, qualifier.end + 1, clause_end)
        if counted_noun and "是" not in scope.text[max(0, quantity.start - 16) : quantity.start]:
            # 昆山、江阴是仅有的两座GDP超5000亿元的县级市 says it of both, 扶持20家销售收入超10亿元的企业 of none
            scope.left_out[qualifier.number_start] = "name"
        name = scope.text[right_start:stop]
        return (
            scope.draft(quantity, left, Resolved(None, name + "数"), quantity.start, quantity.end, "qualified-count")
            if counted_noun
            else None
        )
    if right and not _abstract(right):
        resolved = resolve(right, counted)
        if (
            right in word_set("person_noun")
            and noun
            and (served := SERVED.search(scope.text[left.noun_start : quantity.start]))
        ):
            # “以旧换新”政策惠及76万群众
            subject = re.sub(rf"{SERVED_VERB}.*$", "", noun)
            resolved = Resolved(None, f"{subject}{served['verb']}人数") if len(subject) > 1 else resolved
            return scope.draft(quantity, left, resolved, left.noun_start, stop, "people-served")
        if (
            resolved.code is None
            and noun
            and resolve(noun, counted).code
            and not right.startswith(("企业", "项目"))
            and len(right) < 3
        ):
            return scope.draft(quantity, left, resolve(noun, counted), left.noun_start, quantity.end, "noun-before")
        if not quantity.dimension and quantity.scale == 1:
            if right not in word_set("unit_noun") and resolve(right).code is None:
                return None
            return _plain_count(scope, quantity, left, right, stop)
        chosen = CHOSEN.match(scope.text, stop) or STATE_REACHED.match(scope.text, stop)
        if chosen is None and resolved.code and not left.verb and not left.cue:
            # 1所职业院校升格本科, 12个乡镇通了高速: the count is of those that did
            chosen = DID.match(scope.text, stop)
        if chosen and (resolved.code or right in word_set("unit_noun") or len(right) < 5):
            # 6所高职院校|入选双高计划, 9个重点项目|投产: not all that there are
            into = CHOSEN_INTO.match(scope.text, chosen.end(), clause_end)
            end = into.end() if into else chosen.end()
            resolved = _chosen(right, chosen.group(), into.group() if into else "")
            return scope.draft(quantity, left, resolved, quantity.start, end, "chosen-count")
        if resolved.code and resolved.dimension not in ("count", "person", "household"):
            # 7个行业营业收入实现增长, 6个产值百亿元板块: what is counted is not what is named
            return None
        if quantity.unit == "次" and resolved.code is None:
            # 3次亲临考察, 4次回信: how often something happened is told, no state of an economy
            scope.left_out[quantity.number_start] = "name"
            return None
        return scope.draft(quantity, left, resolved, quantity.start, stop, "noun-behind") or read_bare_persons(
            scope, quantity, left, right, clause_end
        )
    if right and _abstract(right):
        scope.left_out[quantity.number_start] = "programme"
        return None
    if people := read_served(scope, quantity, left, noun):
        return people
    if noun and TOTAL_NOUN.fullmatch(noun) and scope.last and scope.same_dimension(quantity, scope.last.resolved):
        # 净增经营主体155万户、总量474万户
        return scope.draft(quantity, left, scope.last.resolved, left.noun_start, quantity.end, "carried-over")
    if noun and _abstract(noun):
        scope.left_out[quantity.number_start] = "programme"
        return None
    if (noun and GENERIC_NOUN.match(noun)) or noun == "数量":
        # 服务数量超75万人次: the verb is part of the name
        noun = left.verb + noun if left.verb else ""
    if noun and not _abstract(noun) and not GROWTH_NOUN.match(noun):
        if not quantity.dimension and quantity.scale == 1 and not _stands_alone(scope, quantity, noun):
            return None
        resolved = _of_class(scope, noun) or scope.resolved(noun, left, counted or FIRMS.search(noun) is not None)
        if quantity.dimension == "household" and resolved.dimension == "count" and not BUSINESS.search(resolved.name):
            # 改造老旧小区174万户: the households are no number of estates
            resolved = Resolved(None, noun + "户数")
        left = scope.list_verb(quantity, left)
        return scope.draft(quantity, left, resolved, left.noun_start, quantity.end, "noun-before")
    if left.verb and scope.last and quantity.dimension in ("person", "household"):
        tail = "人数" if quantity.dimension == "person" else "户数"
        return scope.draft(
            quantity,
            left,
            Resolved(None, scope.last.resolved.name.removesuffix("数") + left.verb + tail),
            quantity.start,
            quantity.end,
            "verb-counts-people",
        )
    risen = left.cue or "基础上" in scope.text[max(0, quantity.start - 10) : quantity.start]
    if risen and scope.last and scope.same_dimension(quantity, scope.last.resolved):
        return scope.draft(quantity, left, scope.last.resolved, quantity.start, quantity.end, "carried-over")
    if scope.noun_before and quantity.dimension:
        return scope.draft(
            quantity, left, resolve(scope.noun_before, counted), quantity.start, quantity.end, "noun-in-clause-before"
        )
    return None


def _of_class(scope: Scope, noun: str) -> Resolved | None:
    """国家级龙头企业2家、省级21家, 其中5A级2家: a class leaves out what it is a class of."""
    if scope.last is None or not CLASS_ALONE.fullmatch(noun) or scope.last.quantity.dimension != "count":
        return None
    head = CLASS_BEFORE.sub("", scope.last.resolved.name)
    return resolve(noun + head.removesuffix("数"), True)


def _chosen(noun: str, verb: str, into: str) -> Resolved:
    """2个平台入选首批国家级中试平台 are 国家级中试平台, 404家企业通过贯标 are firms that did."""
    honour = LIST_DRESSING.sub("", into)
    if len(honour) > len(noun) and honour.endswith(noun[-2:]):
        return resolve(honour, True)
    return Resolved(None, f"{CHOSEN_LEAD.sub('', verb)}{into}{'的' if into else ''}{noun}数")


def _size_class(scope: Scope, quantity: Quantity, right: str) -> bool:
    """20户以上自然村, 50人以上企业: a class of things, not a number of them."""
    return (
        bool(right)
        and quantity.dimension in ("household", "person")
        and quantity.bound in ("at_least", "at_most")
        and quantity.text.endswith(("以上", "以下"))
    )


def _qualified(scope: Scope, start: int, end: int) -> bool:
    """两座|GDP超5000亿元的县级市: another number qualifies what is counted."""
    return _qualifier(scope, start, end) is not None


def _qualifier(scope: Scope, start: int, end: int) -> Quantity | None:
    return next(
        (
            quantity
            for quantity in scope.quantities
            if start < quantity.start <= end
            and quantity.start < start + 10
            and scope.text[quantity.end : quantity.end + 1] == "的"
            and "，" not in scope.text[start : quantity.start]
        ),
        None,
    )


def _counts_list(scope: Scope, quantity: Quantity, right: str) -> bool:
    """常熟、乐清、张家港3个县域, 宜川、平利等5个县区: the count of the places just listed."""
    listed = [mention for mention in scope.mentions if mention.end <= quantity.number_start]
    between = scope.text[listed[-1].end : quantity.number_start] if listed else ""
    if NAMED_ON.fullmatch(between) and PLACE_KINDS.fullmatch(right):
        return True
    if not listed or listed[-1].end != quantity.number_start or quantity.value_high is not None:
        return False
    items = 1
    for before, after in zip(reversed(listed[:-1]), reversed(listed), strict=False):
        between = scope.text[before.end : after.start]
        if not re.fullmatch(r"[、和与及]?", between):
            break
        # 山东滕州、安徽长丰: a province before its county is no item of its own
        items += bool(between)
    return items > 1 and items == quantity.value


def _plain_count(scope: Scope, quantity: Quantity, left: Left, right: str, stop: int) -> Draft | None:
    """7镇8乡: the noun is its own measure word."""
    unit = registry().units["个"]
    plain = replace(
        quantity, unit=unit.canonical, unit_measure=unit.unit_measure, dimension=unit.dimension, factor=unit.factor
    )
    return scope.draft(plain, left, resolve(right, True), quantity.start, stop, "noun-is-unit")


def _stands_alone(scope: Scope, quantity: Quantity, noun: str) -> bool:
    """年末常住人口766579,比上年末增加…: a registered number of people or things whose unit is left out."""
    known = resolve(noun)
    behind = scope.text[quantity.end : quantity.end + 1]
    counts = known.code is not None and known.dimension in ("person", "household", "count")
    return counts and quantity.value >= VAGUE_LEAST and not quantity.chinese and behind in ",，。；;、)）"


@lru_cache(maxsize=1)
def _abstract_tails() -> tuple[str, ...]:
    return tuple(word for word in word_set("abstract_noun") if len(word) > 1)


def _abstract(noun: str) -> bool:
    """Whether the noun counts parts of a text or plan, not things of an economy (五个方面, 六大行动)."""
    plain = noun.strip('“”"')
    return plain.endswith(_abstract_tails()) or plain.lstrip("大项个") in word_set("abstract_noun")
