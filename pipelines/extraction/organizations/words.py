"""The words of organizations, as patterns that are built once.

Here: suffixes, cues and what is too general to be a name, from `organization_words.csv` and `organization_cues.csv`.
Not here: how names are cut out of a sentence (`names`).
"""

import re
from functools import cache, lru_cache

import ahocorasick_rs

from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded, one_of


@cache
def kind(name: str) -> frozenset[str]:
    """The words of one kind of `organization_words.csv`."""
    return frozenset(row["text"] for row in registry().table("organization_words") if row["kind"] == name)


@cache
def _automaton(kinds: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    words = sorted(frozenset().union(*map(kind, kinds)))
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def spans_of(text: str, *kinds: str) -> list[tuple[int, int]]:
    """Where words of some kinds stand in a text, the longest at each place.

    Args:
        text: The text.
        kinds: Kinds of `organization_words.csv`.

    Examples:
        >>> spans_of("南湖大学与星河集团", "institute", "firm")
        [(2, 4), (7, 9)]
    """
    return [(start, end) for _, start, end in _automaton(kinds).find_matches_as_indexes(text)]


@cache
def cues(side: str) -> dict[str, str]:
    """Relation by cue, for the cues that stand before or after a name."""
    return {row["text"]: row["relation"] for row in registry().table("organization_cues") if row["side"] == side}


@lru_cache(maxsize=1)
def suffix() -> re.Pattern[str]:
    """Where a name of an organization can end."""
    return guarded(one_of(kind("suffix")))


@lru_cache(maxsize=1)
def visited_suffix() -> re.Pattern[str]:
    """Where the name of something that is visited can end: any 中心 or 馆 as well."""
    return guarded(one_of(kind("suffix") | kind("visited_suffix")))


@lru_cache(maxsize=1)
def industry_suffix() -> re.Pattern[str]:
    """Where the short name of a firm can end: 重工, 科技. Behind other words it is a branch of industry."""
    return guarded(one_of(kind("industry_suffix")))


@lru_cache(maxsize=1)
def tail() -> re.Pattern[str]:
    """What may stand behind a name in its part of a list: 等, 进行考察, 调研."""
    return re.compile("$|" + one_of(kind("tail")) + r"|[（(\d]")


@lru_cache(maxsize=1)
def generic() -> re.Pattern[str]:
    """Words that make no name, one after another: 重点|产业园."""
    return re.compile(f"(?:{one_of(kind('generic'))}|\\d)*")


@lru_cache(maxsize=1)
def branch_words() -> re.Pattern[str]:
    """General words and branches of industry, one after another, which make no name of a firm: 高端|装备."""
    words = kind("generic") | kind("industry_suffix") | kind("branch")
    return re.compile(f"(?:{one_of(words)}|\\d)*")


@lru_cache(maxsize=1)
def cue_before() -> re.Pattern[str]:
    """Cues that a list of names follows."""
    return guarded(one_of(cues("before")) + "(?![团组队者期点]|报告|活动)")


@lru_cache(maxsize=1)
def cue_after() -> re.Pattern[str]:
    """Cues behind a name, with where and how in between: 在昆山|正式|揭牌."""
    return re.compile(
        r"(?P<between>(?:于?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:(?:在|于)[\u4e00-\u9fff]{1,10}?)?(?:也|均|都|早已|已|陆续|纷纷|正式|顺利|成功|建成|相继|先后|联合|共同|近日|日前|双双)?)"
        rf"(?P<cue>{one_of(cues('after'))})(?!仪式|大会|典礼|活动现场)"
    )


@lru_cache(maxsize=1)
def _no_name() -> re.Pattern[str]:
    return re.compile(f"{one_of(kind('no_name'))}|.*?{one_of(kind('inside_no_name'))}")


def speaks(name: str) -> bool:
    """Whether words hold a verb or a particle that no name has: 推动…产业园, 企业的研究院.

    Examples:
        >>> speaks("推动现代产业园"), speaks("美的集团"), speaks("中建五局建设集团")
        (True, False, False)
    """
    return _no_name().match(name.replace("美的", "")) is not None
