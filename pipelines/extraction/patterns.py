"""Patterns that are tried only where they can begin.

Here: compiling a large alternation so that two characters which begin none of its words cost one look, not a look at
every word, and many words as one automaton. Not here: any pattern or word.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick_rs

CATEGORIES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w"}
# a look at a class is quicker where its characters are spelt out; what is rare may be more than it has to be
SPELT_OUT = {
    r"\d": "".join(filter(str.isdecimal, map(chr, range(0x10000)))) + "\U00010000-\U0010ffff",
    r"\s": "".join(filter(str.isspace, map(chr, range(0x10000)))),
}
ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
NAMED = re.compile(r"\(\?P<\w+>")
# a choice of fewer words is as fast without a look ahead
FEW = 12

# members of a character class, None for any character
Members = frozenset[str] | None
NONE: Members = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """What the beginning of a match can look like.

    Attributes:
        first: What its first character can be.
        second: What its second can be.
        alone: What a match of one character can be.
        lengths: How long it can be: 0, 1 or 2, which stands for more.
    """

    first: Members
    second: Members
    alone: Members
    lengths: frozenset[int]


NOTHING = Opening(NONE, NONE, NONE, frozenset((0,)))
ANYTHING = Opening(None, None, None, frozenset((0, 1, 2)))


def guarded(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern that looks first whether two characters can begin a match; it matches what it would without.

    Args:
        pattern: A pattern; where it can begin with anything or be empty, it is compiled as it is.

    Examples:
        >>> guarded("约?(?:亿元|万元)").pattern
        '(?=[万亿约][万亿元])(?:约?(?:亿元|万元))'
        >>> guarded("亿元|万元").pattern
        '亿元|万元'
    """
    parsed = _parser.parse(pattern)
    opening = _of_sequence(parsed)
    if opening.first is None or 0 in opening.lengths or _seen_by_compiler(parsed):
        return re.compile(pattern)
    return re.compile(f"{_look(opening)}(?:{pattern})")


def choice(patterns: Mapping[str, str]) -> re.Pattern[str]:
    """Patterns as one, each a group with a name and tried only where it can begin; the first that matches is taken.

    Args:
        patterns: Patterns by name, in their order.

    Examples:
        >>> choice({"year": "(?:19|20)[0-9]{2}年", "now": "目前|如今"}).search("截至目前").lastgroup
        'now'
    """
    openings = {name: _of_sequence(_parser.parse(pattern)) for name, pattern in patterns.items()}
    return guarded("|".join(f"{_look(openings[name])}(?P<{name}>{pattern})" for name, pattern in patterns.items()))


def _look(opening: Opening) -> str:
    """A look ahead at the two characters that a match begins with, "" where they can be any."""
    if opening.first is None or 0 in opening.lengths:
        return ""
    looks = _as_class(opening.first)
    if opening.second and opening.alone is not None:
        looks += _as_class(opening.second) + (f"|{_as_class(opening.alone)}" if opening.alone else "")
    return f"(?={looks})"


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern that finds out whether any of several is in a text; its groups have no names.

    Args:
        patterns: Patterns without references to groups.

    Examples:
        >>> any_of("(?P<times>[两三])倍", "翻(?P<times>[两三])番").search("总量翻两番").group()
        '翻两番'
    """
    nameless = [NAMED.sub("(?:", pattern) for pattern in patterns]
    return guarded("|".join(f"{_look(_of_sequence(_parser.parse(one)))}(?:{one})" for one in nameless))


def one_of(words: Iterable[str]) -> str:
    """Words as an alternation in a group without a number, of those that begin alike the longest first.

    What begins with one character stands together, so that one look passes over all of it.

    Args:
        words: The words.

    Examples:
        >>> one_of(["亿元", "元", "亿", "万元"])
        '(?:万元|亿(?:元|)|元)'
    """
    behind: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        behind.setdefault(word[0], []).append(re.escape(word[1:]))
    groups = [
        re.escape(first) + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})")
        for first, rests in behind.items()
    ]
    return f"(?:{'|'.join(groups)})"


def automaton(words: Sequence[str]) -> ahocorasick_rs.AhoCorasick:
    """Many words to be found in one pass: of those that overlap the leftmost, of those that begin together the longest.

    Args:
        words: The words; a match names its word by the index here.

    Examples:
        >>> automaton(["昆山", "昆山市"]).find_matches_as_indexes("在昆山市")
        [(1, 1, 4)]
    """
    # a little slower to build, a third faster to run
    dense = ahocorasick_rs.Implementation.DFA
    return ahocorasick_rs.AhoCorasick(words, ahocorasick_rs.MatchKind.LeftmostLongest, implementation=dense)


def ends(*patterns: str) -> re.Pattern[str]:
    r"""The characters that stand last where a match of any of several patterns ends the text, as a class.

    `$` passes over a line feed, so that it is one of them.

    Args:
        patterns: Patterns that can be told by their last character.

    Examples:
        >>> ends("增长(?:了|约)?$", "每[人户]$").pattern
        '[\\n了人户约长]'
    """
    last = _either([_of_sequence(_parser.parse(pattern), backward=True) for pattern in patterns])
    if last.first is None or 0 in last.lengths:
        raise ValueError(f"any character can end a match of one of {patterns}")
    return re.compile(_as_class(last.first | {r"\n"}))


def _as_class(members: frozenset[str]) -> str:
    return f"[{''.join(SPELT_OUT.get(member, member) for member in sorted(members))}]"


def _seen_by_compiler(parsed: Any) -> bool:
    """Whether `re` itself looks at the first character: a word, a class, or a choice of few words."""
    operator, argument = parsed[0]
    while operator is op.SUBPATTERN and argument[3]:
        operator, argument = argument[3][0]
    if operator is op.BRANCH:
        return len(argument[1]) <= FEW and all(branch and branch[0][0] is op.LITERAL for branch in argument[1])
    return operator in (op.LITERAL, op.IN)


def _of_sequence(sequence: Iterable[tuple[Any, Any]], backward: bool = False) -> Opening:
    """The opening of a sequence; read backward, of its end."""
    found = NOTHING
    for operator, argument in reversed(list(sequence)) if backward else sequence:
        found = _then(found, _of_element(operator, argument, backward))
        if found.lengths == {2}:
            break
    return found


def _then(before: Opening, after: Opening) -> Opening:
    """One opening and what follows it."""
    first, second = before.first, before.second
    alone = before.alone if 0 in after.lengths else NONE
    if 0 in before.lengths:
        first, second, alone = _or(first, after.first), _or(second, after.second), _or(alone, after.alone)
    if 1 in before.lengths:
        second = _or(second, after.first)
    lengths = frozenset(min(2, one + other) for one in before.lengths for other in after.lengths)
    return Opening(first, second, alone, lengths)


def _of_element(operator: Any, argument: Any, backward: bool) -> Opening:
    """The opening of one element of a parsed pattern; one that is not known can be anything."""
    if operator is op.LITERAL:
        return _one_of(frozenset((re.escape(chr(argument)),)))
    if operator is op.IN:
        return _one_of(_members(argument))
    if operator in (op.ANY, op.NOT_LITERAL):
        return _one_of(None)
    if operator in ZERO_WIDTH:
        return NOTHING
    if operator is op.SUBPATTERN:
        _, flags_on, flags_off, inner = argument
        return ANYTHING if flags_on or flags_off else _of_sequence(inner, backward)
    if operator is op.BRANCH:
        return _either([_of_sequence(branch, backward) for branch in argument[1]])
    if operator in REPEATS:
        least, most, inner = argument
        once = _of_sequence(inner, backward)
        found = NOTHING
        for time in range(min(2, most)):
            found = _then(found, once if time < least else _either([NOTHING, once]))
        return found
    return ANYTHING


def _one_of(members: Members) -> Opening:
    return Opening(members, NONE, members, frozenset((1,)))


def _members(members: Iterable[tuple[Any, Any]]) -> Members:
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


def _either(openings: list[Opening]) -> Opening:
    first, second, alone = NONE, NONE, NONE
    for opening in openings:
        first, second = _or(first, opening.first), _or(second, opening.second)
        alone = _or(alone, opening.alone)
    return Opening(first, second, alone, frozenset().union(*(opening.lengths for opening in openings)))


def _or(one: Members, other: Members) -> Members:
    return None if one is None or other is None else one | other
