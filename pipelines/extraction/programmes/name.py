"""A name of a programme as the readers of this package hand it on.

Here: the record. Not here: how names are found (`names`, `quoted`) and the rows made of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a programme in a sentence.

    Attributes:
        start: Where it begins, quotation mark included.
        end: Where it ends.
        text: The name without quotation marks.
        kind: formula, layout, counted, scheme, zone or brand.
        count: Number of its parts where it says so.
        parts: Its parts where the name spells them out.
        tail: Words behind it that tell its field.
    """

    start: int
    end: int
    text: str
    kind: str
    count: int | None = None
    parts: tuple[str, ...] = ()
    tail: str = ""
