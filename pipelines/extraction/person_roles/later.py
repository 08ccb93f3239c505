"""Persons whose office the document has told: what they do where only their name stands.

Here: 周伟在致辞时表示, behind a list that has 昆山市委书记周伟. Not here: the first statement (`statements`).
"""

import re
from collections.abc import Iterator, Mapping

from pipelines.extraction.person_roles.deeds import deed
from pipelines.extraction.person_roles.names import Name, ends_here
from pipelines.extraction.person_roles.seats import Seat

TELLING = frozenset(("spoke", "quoted", "led_visit", "met"))
CLAUSE_END = re.compile(r"[，,。；;！？：:\n]")
SHORTEST = 2


def later_mentions(text: str, seats: Mapping[str, Seat]) -> Iterator[tuple[Name, str, int]]:
    """Names of known persons with a telling verb in their clause.

    Args:
        text: A sentence.
        seats: Office by person.

    Yields:
        The name, what the person does, and the end of the words that say so.
    """
    for person in seats:
        if len(person) < SHORTEST or person not in text:
            continue
        for match in re.finditer(re.escape(person), text):
            if not ends_here(text, match.end()):
                continue
            stop = CLAUSE_END.search(text, match.end())
            end = stop.start() if stop else len(text)
            did = deed(text[:end], match.start(), match.end())
            if did in TELLING:
                yield Name(person, match.start(), match.end()), did, end
                break
