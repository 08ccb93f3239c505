"""Persons whose office the document has told: what they do where only their name stands.

Here: 周伟在致辞时表示, behind a list that has 昆山市委书记周伟. Not here: the first statement (`statements`).
"""

import re
from collections.abc import Iterable, Iterator

from pipelines.extraction.person_roles.deeds import deed
from pipelines.extraction.person_roles.names import Name, ends_here

TELLING = frozenset(("spoke", "quoted", "led_visit", "met"))
CLAUSE_END = re.compile(r"[，,。；;！？：:\n]")
SHORTEST = 2
LONGEST = 90


def any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Names as one pattern, None where there are none."""
    ordered = sorted((name for name in names if len(name) >= SHORTEST), key=lambda name: (-len(name), name))
    return re.compile("|".join(re.escape(name) for name in ordered)) if ordered else None


def later_mentions(text: str, persons: re.Pattern[str]) -> Iterator[tuple[Name, str, int]]:
    """Names of known persons with a telling verb in their clause.

    Args:
        text: A sentence.
        persons: Their names.

    Yields:
        The name, what the person does, and the end of the words that say so.
    """
    for match in persons.finditer(text):
        if not ends_here(text, match.end()):
            continue
        stop = CLAUSE_END.search(text, match.end(), match.end() + LONGEST)
        end = stop.start() if stop else min(len(text), match.end() + LONGEST)
        did = deed(text[:end], match.start(), match.end())
        if did in TELLING:
            yield Name(match[0], match.start(), match.end()), did, end
