"""Patterns that are tried only where they can begin.

Here: compiling a large alternation so that a character that begins none of its words costs one look, not a look at
every word. Not here: any pattern.
"""

import re
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

CATEGORIES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w"}
ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
NAMED = re.compile(r"\(\?P<\w+>")
# the members of a character class that a match can begin with, None for any character; whether a match can be empty
First = tuple[frozenset[str] | None, bool]
ANY: First = (None, False)


def guarded(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern that looks first whether a character can begin a match; it matches what it would without.

    Args:
        pattern: A pattern; where it can begin with any character or be empty, it is compiled as it is.

    Examples:
        >>> guarded("约?(?:亿元|万元)").pattern
        '(?=[万亿约])(?:约?(?:亿元|万元))'
        >>> guarded("亿元|万元").pattern
        '亿元|万元'
        >>> guarded(r"(?<!第)\\d+名?|[^一]级").pattern
        '(?<!第)\\\\d+名?|[^一]级'
    """
    parsed = _parser.parse(pattern)
    members, empty = _first_of_sequence(parsed)
    if members is None or empty or _seen_by_compiler(parsed):
        return re.compile(pattern)
    return re.compile(f"(?=[{''.join(sorted(members))}])(?:{pattern})")


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern that finds out whether any of several is in a text; its groups have no names.

    Args:
        patterns: Patterns without references to groups.

    Examples:
        >>> any_of("(?P<times>[两三])倍", "翻(?P<times>[两三])番").search("总量翻两番").group()
        '翻两番'
    """
    return guarded("|".join(NAMED.sub("(?:", pattern) for pattern in patterns))


def _seen_by_compiler(parsed: Any) -> bool:
    """Whether `re` itself looks at the first character: a word, a class, or a choice of words outside of groups."""
    operator, argument = parsed[0]
    while operator is op.SUBPATTERN and argument[3]:
        operator, argument = argument[3][0]
    if operator is op.BRANCH:
        return all(branch and branch[0][0] is op.LITERAL for branch in argument[1])
    return operator in (op.LITERAL, op.IN)


def _first_of_sequence(sequence: Iterable[tuple[Any, Any]]) -> First:
    found: frozenset[str] = frozenset()
    for operator, argument in sequence:
        members, empty = _first(operator, argument)
        if members is None:
            return ANY
        found |= members
        if not empty:
            return found, False
    return found, True


def _first(operator: Any, argument: Any) -> First:
    """What one element of a parsed pattern can begin with; one that is not known can begin with anything."""
    if operator is op.LITERAL:
        return frozenset((re.escape(chr(argument)),)), False
    if operator is op.IN:
        return _members(argument), False
    if operator in ZERO_WIDTH:
        return frozenset(), True
    if operator is op.SUBPATTERN:
        _, flags_on, flags_off, inner = argument
        return ANY if flags_on or flags_off else _first_of_sequence(inner)
    if operator is op.BRANCH:
        return _union([_first_of_sequence(branch) for branch in argument[1]])
    if operator in REPEATS:
        least, _, inner = argument
        members, empty = _first_of_sequence(inner)
        return members, empty or least == 0
    return ANY


def _members(members: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    found = set()
    for operator, argument in members:
        if operator is op.LITERAL:
            found.add(re.escape(chr(argument)))
        elif operator is op.RANGE:
            found.add("-".join(re.escape(chr(end)) for end in argument))
        elif operator is op.CATEGORY and argument in CATEGORIES:
            found.add(CATEGORIES[argument])
        else:
            return None
    return frozenset(found)


def _union(branches: list[First]) -> First:
    found: frozenset[str] = frozenset()
    for members, _ in branches:
        if members is None:
            return ANY
        found |= members
    return found, any(empty for _, empty in branches)
