"""How much of a plan, a budget or a task is done, in percent.

Here: the words of an aim before a percentage, and what it is of. Not here: names of such shares (`naming`), and aims
themselves (`nature`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.naming import fulfilled
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left, peel_left

FULFILLED = re.compile(
    r"(?:完成|占|为|达到?)(?:了)?(?:全年|年度|年初|年|调整|变动|省定|市定|县定|既定|省|市|计划|预算|下达)*(?:目标任务|目标|任务|计划|预算)(?:总?投资)?(?:数|指标)?的?$"
    r"|^的?(?:年度|全年|投资|计划)*(?:目标|任务)(?:任务)?的$"
)
# 完成|年度任务|（3500万美元）的125.1%
AIM_IN_NUMBERS = re.compile(
    r"(?:完成|占|为)了?(?P<aim>(?:全年|年度|年初|年|省定|市定|县定|既定)*(?:目标任务|目标|任务|计划|预算)数?)[（(][^（()）]*\d[^（()）]*[)）]的$"
)
AIM_OF_EACH = re.compile(
    r"(?:完成|占|达到?)了?(?:全年|年度|年初|年|省定|市定|县定|既定|省|市|计划|投资|预算|下达|\u3000)*(?:目标任务|目标|任务|计划|预算)(?:总?投资)?的"
)
LONGEST_AIM = 40
PLAN_AMOUNT = re.compile(
    r"(?:完成|占|为)了?(?:年初|年度|全年|调整|变动|计划|省定|市定|既定)*(?:目标任务|预算|计划|目标|任务)(?:数)?$"
)
HANDED_OUT = re.compile(r"分别[^，,；;。]*$")


def read_fulfilled(scope: Scope, quantity: Quantity, left: Left, start: int, own: str, aim: str) -> Draft | None:
    """新增城镇就业5260人，完成年度任务的|105.2%|: how much of an aim is done, as a level of its own.

    Args:
        scope: The sentence.
        quantity: The percentage.
        left: The words before it.
        start: Where the words of the aim begin.
        own: The noun before them, "" where there is none.
        aim: The words of the aim.

    Returns:
        The draft, None where nothing tells of what it is.
    """
    if HANDED_OUT.search(scope.text, 0, quantity.start):
        # 分别完成年度任务的103%和110% of things that are not told one by one: left to the ledger
        return None
    told = next((draft for draft in reversed(scope.drafts) if draft.measure in ("level", "change")), None)
    # 固定资产投资|完成年度计划的92.2%: of what the words name, and not of what was told before
    named = resolve(own) if len(own) > 1 else None
    of = named if named is not None and named.code else told.resolved if told is not None else None
    if of is None:
        return None
    resolved = Resolved(None, fulfilled(of.name, aim))
    return scope.draft(
        quantity, replace(left, cue="level", to=True), resolved, start, quantity.end, "fulfilled", "level"
    )


def read_fulfilled_each(scope: Scope, quantities: list[Quantity], left: Left, aim: str) -> int:
    """新增就业3200人、再就业860人，分别|完成目标任务的|106.7%和101.2%: how much of its own aim each of them is.

    Args:
        scope: The sentence.
        quantities: The percentages, joined by list marks.
        left: The words before the first.
        aim: The words of the aim.

    Returns:
        How many of them were read.
    """
    told = [one for one in scope.drafts if one.measure == "level"][-len(quantities) :]
    if len(told) != len(quantities):
        return 0
    drafts = []
    for quantity, one in zip(quantities, told, strict=True):
        reached = Resolved(None, fulfilled(one.resolved.name, aim), one.resolved.breakdown)
        state = replace(left, cue="level", to=True)
        draft = scope.draft(quantity, state, reached, quantity.start, quantity.end, "fulfilled", "level")
        drafts += [draft] if draft else []
    scope.drafts += drafts
    return len(quantities) if drafts else 0


def read_of_plan(scope: Scope, quantity: Quantity) -> Draft | None:
    """完成调整预算268,750万元|的96.34%: of the amount that was planned, which is no figure of its own."""
    planned = next((one for one in scope.quantities if one.end == quantity.start - 1), None)
    if planned is None or not PLAN_AMOUNT.search(scope.text, 0, planned.start):
        return None
    if scope.drafts and scope.drafts[-1].quantity is planned:
        scope.drafts.pop()
    told = next((one for one in reversed(scope.drafts) if one.measure == "level"), None)
    if told is None or told.quantity.dimension != planned.dimension:
        return None
    scope.left_out[planned.number_start] = "name"
    resolved = Resolved(
        None,
        fulfilled(
            told.resolved.name,
            scope.text[max(0, planned.start - 8) : planned.start] + scope.text[planned.end : quantity.start],
        ),
    )
    state = peel_left("", quantity.start)
    scope.last = told
    return scope.draft(
        quantity, replace(state, cue="level", to=True), resolved, planned.start, quantity.end, "fulfilled", "level"
    )
