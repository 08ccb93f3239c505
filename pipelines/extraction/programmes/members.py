"""What a programme consists of.

Here: lists behind a name (即A、B、C; A、B、C in brackets) and before it (A、B、C等五大行动). Not here: names (`names`).
"""

import re

from pipelines.extraction.programmes.names import Name
from pipelines.extraction.programmes.vocabulary import verbs

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
    if not found and name.kind == "counted":
        found = _before(text, name)
    if name.count is not None and len(found) > name.count:
        return ()
    return found


def _behind(text: str, name: Name) -> tuple[str, ...]:
    match = BEHIND.match(text, name.end)
    if match is None:
        return ()
    rest = text[match.end() :]
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
    parts = [part.strip('“”" ') for part in parts]
    return tuple(parts) if all(SHORTEST <= len(part) <= LONGEST for part in parts) else ()


def _before(text: str, name: Name) -> tuple[str, ...]:
    """A、B、C等五大行动: as many as it counts, the last ones before it."""
    end = BEFORE.search(text, 0, name.start)
    stop = end.start() if end else name.start
    begin = 0
    for match in CLAUSE.finditer(text, 0, stop):
        begin = match.end()
    parts = SPLIT.split(text[begin:stop])
    if len(parts) < 2:
        return ()
    if name.count is not None:
        parts = parts[-name.count :]
    first = parts[0]
    for verb in verbs().finditer(first):
        if verb.start() > len(first) // 2:
            break
        first = first[verb.end() - verb.start() :] if verb.start() == 0 else first
        break
    lengths = {len(part) for part in parts[1:]}
    if len(parts) > 2 and len(lengths) == 1 and len(first) > len(parts[1]):
        # 乡村振兴百村共兴、百村共美、百村共富: what stands before the first is no part of it
        first = first[-len(parts[1]) :]
    parts = [first, *parts[1:]]
    open_list = text[stop : stop + 1] == "等"
    if name.count is not None and len(parts) != name.count and not open_list:
        return ()
    parts = [part.strip('“”" ') for part in parts]
    return tuple(parts) if all(SHORTEST <= len(part) <= LONGEST for part in parts) else ()
