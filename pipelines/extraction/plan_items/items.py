"""An item of a plan as the readers of this package hand it on.

Here: the record. Not here: how items are found (`outline`, `unnumbered`) and the rows made of them.
"""

from dataclasses import dataclass

from pipelines.extraction.plan_items.numbering import Entry


@dataclass(slots=True)
class Item:
    """An item of a plan, ready to be a row but for ids.

    Attributes:
        entry: Its place in the tree.
        level: goal_year, demonstration, task, action_plan or other.
        title: Where its title stands.
        deadline: Year or None.
        rule: Name of the rule that read it.
    """

    entry: Entry
    level: str
    title: tuple[int, int]
    deadline: str | None
    rule: str
