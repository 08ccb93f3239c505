"""What a programme consists of.

Here: lists behind a name (即A、B、C; A、B、C in brackets) and before it (A、B、C等五大行动). Not here: names (`names`).
"""

import re

from pipelines.extraction.programmes.name import Name
from pipelines.extraction.programmes.vocabulary import single_verbs

BEHIND = re.compile(
    r"”?(?:[，,]?(?:即|包括|分别是|分别为|涵盖|包含|具体是|具体包括|主要包括|依次是|也就是)[：:]?|[：:]|——|（(?:即|包括)?|\((?:即|包括)?)"
)
LIST_END = re.compile(r"[。；;！!）)\n]|，(?!以及)|,(?!以及)")
SPLIT = re.compile(r"、|以及|，以及")
LAST_AND = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:和|与|及)(?=[\u4e00-\u9fff]{2})")
ETC = re.compile(r"等(?:方面|内容|领域)?$")
CLAUSE = re.compile(r"[，。；：！？,;:!?\n“（(]")
BEFORE = re.compile(r"(?:等|的)?[“]?$")
FIRST = re.compile(r"[一二三四五六七八九十](?:是|要)")
SHORTEST, LONGEST = 2, 30
LONGEST_LIST = 600


def members_of(text: str, name: Name) -> tuple[str, ...]:
    """The parts of a programme that its sentence lists.

    Args:
        text: The sentence.
        name: The name in it.

    Examples:
        >>> from pipelines.extraction.programmes.names import find_names
        >>> line = "“三大行动”即产业共兴、交通共联、民生共享。"
        >>> members_of(line, find_names(line, False)[0])
        ('产业共兴', '交通共联', '民生共享')
    """
    if name.parts:
        return name.parts
    found = _behind(text, name)
    if name.count is not None and len(found) != name.count:
        found = ()
    if not found and name.kind == "counted":
        found = _before(text, name)
    if name.count is not None and len(found) > name.count:
        return ()
    return found if all(part.count("“") == part.count("”") for part in found) else ()


def _behind(text: str, name: Name) -> tuple[str, ...]:
    match = BEHIND.match(text, name.end)
    if match is None or (match.group().strip("”") in ("：", ":", "——") and name.kind in ("scheme", "zone", "brand")):
        return ()
    rest = text[match.end() : match.end() + LONGEST_LIST]
    if FIRST.match(rest):
        parts = [re.split(r"[，,；;。]", part)[0] for part in FIRST.split(rest) if part]
        return tuple(part.strip() for part in parts if SHORTEST <= len(part.strip()) <= LONGEST)
    end = LIST_END.search(rest)
    return _items(rest[: end.start()] if end else rest)


def _items(listed: str) -> tuple[str, ...]:
    parts = SPLIT.split(ETC.sub("", listed))
    if len(parts) < 2:
        return ()
    *most, last = parts
    parts = most + (LAST_AND.split(last, maxsplit=1) if len(LAST_AND.findall(last)) == 1 and len(last) > 8 else [last])
    verb = single_verbs().match(parts[0])
    if verb and not any(single_verbs().match(part) for part in parts[1:]):
        # 即打造1个千亿级产业、3个国家级园区: the verb governs all of them
        parts[0] = parts[0][verb.end() :]
    return _sound(parts)


def _before(text: str, name: Name) -> tuple[str, ...]:
    """A、B、C等五大行动: as many as it counts, the last ones before it."""
    end = BEFORE.search(text, max(0, name.start - 3), name.start)
    stop = end.start() if end else name.start
    begin = max(0, stop - LONGEST_LIST)
    for match in CLAUSE.finditer(text, begin, stop):
        begin = match.end()
    parts = SPLIT.split(text[begin:stop])
    if len(parts) < 2:
        return ()
    if name.count is not None:
        if len(parts) < name.count and len(LAST_AND.findall(parts[-1])) == 1:
            parts[-1:] = LAST_AND.split(parts[-1])
        parts = parts[-name.count :]
    parts = [_without_verbs(parts[0], parts[1:]), *parts[1:]]
    open_list = text[stop : stop + 1] == "等"
    if name.count is not None and len(parts) != name.count and not open_list:
        return ()
    return _sound(parts)


def _sound(parts: list[str]) -> tuple[str, ...]:
    """The parts where all of them could be names: of some length, or all of one character (县、乡、村三级)."""
    plain = [part.strip('“”" ') for part in parts]
    one_each = all(len(part) == 1 for part in plain)
    return tuple(plain) if one_each or all(SHORTEST <= len(part) <= LONGEST for part in plain) else ()


def _without_verbs(first: str, others: list[str]) -> str:
    """The first part of a list without what governs it: of what may be left, that which is as long as the others."""
    lengths = {len(other) for other in others}
    if len(lengths) == 1 and len(others) > 1 and len(first) > len(others[0]):
        # 乡村振兴百村共兴、百村共美、百村共富
        return first[-len(others[0]) :]
    usual = sum(map(len, others)) / len(others)
    left = [first, *(first[match.end() :] for match in single_verbs().finditer(first))]
    fitting = [words for words in left if words and (len(words) >= SHORTEST or usual == 1)]
    return min(fitting, key=lambda words: abs(len(words) - usual), default=first)
