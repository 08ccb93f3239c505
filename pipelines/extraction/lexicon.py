"""The words of the registry as compiled patterns and automata, built once per process.

Here: access to `schemas/registry` in the forms that reading needs (alternations, look-ups, an automaton of terms). Not
here: any word itself; words are rows of `schemas/registry/words.csv` and its neighbours.
"""

from functools import cache, lru_cache

from pipelines.extraction.patterns import one_of
from schemas.registry import Registry, load_registry


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The registry, loaded once."""
    return load_registry()


@cache
def words(*kinds: str) -> tuple[str, ...]:
    """All words of the given kinds, longest first (so that an alternation of them reads the longest)."""
    found = {row["text"] for row in registry().table("words") if row["kind"] in kinds}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def word_set(*kinds: str) -> frozenset[str]:
    """The words of the given kinds, for membership."""
    return frozenset(words(*kinds))


@cache
def alternation(*kinds: str) -> str:
    """A non-capturing alternation of the words of the given kinds."""
    return one_of(words(*kinds))


@lru_cache(maxsize=1)
def longest_unit() -> int:
    """Length of the longest written unit."""
    return max(map(len, registry().units))


@lru_cache(maxsize=1)
def unit_lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the written units that begin with a character, or with two of them, the longest first."""
    found: dict[str, set[int]] = {}
    for text in registry().units:
        found.setdefault(text[:2], set()).add(len(text))
    for head, lengths in found.items():
        if head[0] in registry().units:
            lengths.add(1)
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}


@lru_cache(maxsize=1)
def unit_heads() -> frozenset[str]:
    """The characters that written units begin with."""
    return frozenset(text[0] for text in registry().units)


@lru_cache(maxsize=1)
def units_kept() -> tuple[str, ...]:
    """A unit and the beginning of the word behind it, that together look like a trap (12项|目标)."""
    return words("unit_kept")


@lru_cache(maxsize=1)
def unit_traps() -> dict[str, tuple[str, ...]]:
    """Words that begin like a unit (台商, 家庭), by their first character."""
    traps: dict[str, list[str]] = {}
    for word in words("unit_trap"):
        traps.setdefault(word[0], []).append(word)
    return {first: tuple(found) for first, found in traps.items()}
