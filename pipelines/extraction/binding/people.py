"""Persons and households that a measure reaches: 试点惠及165.3万人, 改造小区1.8万个,惠及310万户, 70万妇女接受筛查.

Here: naming a number of persons after what reaches them or what they do, so that it is never taken for all the persons
of that kind. Not here: counts of things and of persons with a noun of their own (`counts`).
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import alternation, registry, word_set
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

SERVED_VERB = r"(?:惠及|带动|服务|受益|吸纳|覆盖|帮扶|培训|救助|资助|慰问)"
SERVED = re.compile(rf"(?P<verb>{SERVED_VERB})[^，；]{{0,6}}$")
SERVED_TAIL = re.compile(rf"{SERVED_VERB}(?:人数|户数)$")
SERVED_DIRECTLY = re.compile(rf"(?P<verb>{SERVED_VERB})(?:了|群众|居民|人口|人数)?(?:约|近|超|超过|达|达到|共|逾)?$")
# 带动全县8.2万人|就业: what they are brought to do
BROUGHT = re.compile(r"(?:稳定|实现|灵活|就近|就地)*(?:就业|增收|脱贫|致富|创业|受益)(?:增收|致富)?(?=[，。；、）]|$)")
BRINGS = re.compile(r"(?P<verb>带动|吸纳|帮助|促进|推动|助力|解决)\u3000*$")
DOING = re.compile(r"[\u4e00-\u9fff“”A-Za-z0-9]{2,12}")
BARE_SCALES = {Decimal(10**4): "万人", Decimal(10**8): "亿人"}
MOST_BEFORE = 6
DEED_OF_BOTH = re.compile(
    r"(?:的?(?:建档立卡)?(?:农村)?(?:贫困)?(?:人口|群众|村民|居民))?(?:已经?|均|都|全部|如期|稳定|顺利|实现|成功)*(?P<deed>脱贫|搬迁|入住|摘帽|参保)(?=[，。；、）,;]|$)"
)
OWN_SUBJECT = re.compile(
    r"(?:^|[，,；;。、])(?P<subject>[\u4e00-\u9fff]{0,8}[“\"][^”\"，；。]{2,12}[”\"][\u4e00-\u9fff]{0,4})$"
)
# 残疾人两项补贴|惠及1.9万人
ALLOWANCE = re.compile(
    r"(?:^|[，,；;。、])(?:(?:发放|落实|实施|开展)了?)?(?P<subject>(?!共|已|累计|可|将|全年|直接)[\u4e00-\u9fff]{2,14}"
    r"(?:补贴|补助|津贴|救助|保险|贷款|政策|工程|活动|行动|供养|低保))$"
)
# 改造老旧小区19个，惠及|居民|4106户: whom every measure reaches
ANYBODY = frozenset(("居民", "群众", "人口", "村民", "市民", "百姓", "老百姓", "农民", "农户", "住户", "人数", "户数"))
WHO = re.compile(r"(?:人口|群众|对象|人员)$")


def read_served(scope: Scope, quantity: Quantity, left: Left, noun: str) -> Draft | None:
    """Persons or households without a noun behind them that the clause, or the one before, says are reached.

    Args:
        scope: The sentence.
        quantity: Persons (165.3万人) or households (310多万户).
        left: What stands before.
        noun: The noun in it, "" where there is none.
    """
    if quantity.dimension not in ("person", "household"):
        return None
    brings = BRINGS.search(scope.blank[max(0, quantity.start - 10) : quantity.start])
    brought = BROUGHT.match(scope.text, quantity.end)
    if brings and brought:
        name = f"{brings['verb']}{brought.group()}{'人数' if quantity.dimension == 'person' else '户数'}"
        state = replace(left, cue="level", to=True, new=False)
        return scope.draft(quantity, state, Resolved(None, name), quantity.start, brought.end(), "people-served")
    served = SERVED_DIRECTLY.search(scope.text[max(0, quantity.start - 10) : quantity.start])
    if served is None:
        return None
    tail = served["verb"] + ("人数" if quantity.dimension == "person" else "户数")
    if len(noun) > 1 and noun not in ANYBODY:
        subject = re.sub(rf"{SERVED_VERB}.*$", "", noun)
    elif told := OWN_SUBJECT.search(scope.text, 0, scope.text.rfind(served["verb"], 0, quantity.start)):
        # 残疾人“两项补贴”|惠及|8432人
        subject = told["subject"]
    elif allowance := ALLOWANCE.search(scope.text, 0, scope.text.rfind(served["verb"], 0, quantity.start)):
        subject = allowance["subject"]
    elif noun == "人口" or scope.text.startswith("服务人口", quantity.start - 4):
        # 项目总投资1.86亿元,|服务人口|12万人: no people of the sum
        subject, tail = "", f"{served['verb']}人口"
    elif scope.last is not None and scope.last.measure in ("level", "change"):
        subject = SERVED_TAIL.sub("", scope.last.resolved.name).removesuffix("数")
    elif noun:
        subject, tail = "", f"{served['verb']}{noun.removesuffix('数')}数"
    else:
        return None
    if len(subject + tail) < 2:
        return None
    start = left.noun_start if noun else quantity.start
    return scope.draft(
        quantity,
        replace(left, cue="level", to=True, new=False),
        Resolved(None, subject + tail),
        start,
        quantity.end,
        "people-served",
    )


def read_households(scope: Scope, quantity: Quantity, left: Left, noun: str) -> Draft | None:
    """贫困人口9416户37528人全部脱贫: households and the people in them, named after what both did or who they are.

    Args:
        scope: The sentence.
        quantity: Households right before their people, or the people right behind them.
        left: What stands before.
        noun: The noun in it, "" where there is none.
    """
    first = quantity.dimension == "household"
    beside = next(
        (other for other in scope.quantities if quantity.start == other.end or other.start == quantity.end), None
    )
    if beside is None or {quantity.dimension, beside.dimension} != {"household", "person"}:
        return None
    if (quantity.start < beside.start) != first or (not first and scope.last is None):
        return None
    deed = DEED_OF_BOTH.match(scope.text, max(quantity.end, beside.end))
    state = replace(left, cue="level", to=True, new=False)
    if deed:
        kind = resolve(f"{deed['deed']}{'户数' if first else '人口'}")
        start = left.noun_start if noun else quantity.start
        return scope.draft(quantity, state, kind, start, quantity.end, "households-and-people")
    if first:
        who = WHO.search(noun)
        if not who or not who.start():
            return None
        # 移民群众1200户, 城市低保对象2103户: households are no persons
        households = resolve(noun[: who.start()] + "户数")
        return scope.draft(quantity, left, households, left.noun_start, quantity.end, "households-and-people")
    told = scope.last.resolved.name if scope.last and scope.last.rule == "households-and-people" else ""
    if not told.endswith("户数"):
        return None
    names = (resolve(told.removesuffix("户数") + tail) for tail in ("人数", "人口", "对象"))
    if scope.last is not None and scope.last.measure == "change":
        # 减少贫困人口3.2万户|13.5万人
        state = replace(left, cue="down" if scope.last.value < 0 else "up", to=False, new=True)
    people = next((named for named in names if named.code), Resolved(None, told.removesuffix("户数") + "人数"))
    return scope.draft(quantity, state, people, quantity.start, quantity.end, "households-and-people")


def read_bare_persons(scope: Scope, quantity: Quantity, left: Left, right: str, clause_end: int) -> Draft | None:
    """13.2万|脱贫人口|实现稳岗就业: the unit is left out, and what they do is part of what is counted.

    Args:
        scope: The sentence.
        quantity: A number without a unit.
        left: What stands before.
        right: The words behind it up to a verb.
        clause_end: Offset behind the clause.
    """
    if quantity.dimension or quantity.scale not in BARE_SCALES or quantity.value_high is not None:
        return None
    if quantity.text.endswith(("以上", "以下")):
        # 20万以上人口县: a class of places
        return None
    start = scope.text.find(right, quantity.end)
    match = _person_first().match(scope.text, start, clause_end)
    if match is None:
        return None
    kind = match.group()
    doing = DOING.match(scope.text, match.end(), clause_end)
    # 70万妇女 alone, or a clause too long to be a name
    doing_words = "" if doing is None or not _ends(scope, doing.end(), clause_end) else doing.group().lstrip("的")
    verb = "" if left.verb in word_set("action_new") else left.verb
    if not doing_words and not verb and not left.noun:
        return None
    name = f"{verb}{kind}{doing_words}人数"
    unit = registry().units[BARE_SCALES[quantity.scale]]
    people = replace(
        quantity,
        unit=unit.canonical,
        unit_measure=unit.unit_measure,
        dimension=unit.dimension,
        factor=unit.factor,
        scale=Decimal(1),
    )
    end = match.end() + len(doing_words)
    return scope.draft(people, left, Resolved(None, name), quantity.start, end, "people-doing")


def _ends(scope: Scope, position: int, clause_end: int) -> bool:
    """Whether an item ends: 40.8万青年留渝来渝、33万农民工就近就业."""
    return position >= clause_end or scope.text[position] == "、"


@lru_cache(maxsize=1)
def _person_first() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,{MOST_BEFORE}}}?" + alternation("person_noun"))
