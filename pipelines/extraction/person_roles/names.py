"""Names of persons: where one begins that is expected at a place of the text, and where it ends.

Here: surnames, the length of a name by what follows it, and words that only look like names (高质量, 方面). Not here:
why a name is expected there (`statements`). A name is never looked for in running text: only behind an office, before
an appointment, in a list of names or in a credit.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.extraction.lexicon import registry
from pipelines.extraction.patterns import guarded, one_of

HAN = "\u4e00-\u9fff"
DOT = "·•‧・"
MARKS = frozenset("，,。；;：:、！!？?（）()[]【】“”\"'‘’「」《》<> \t\u3000\n|｜丨/／…—－-~&")
# 张志和、: such a character ends a name before a mark, but begins the next word otherwise (周伟|在致辞时)
# 刘志和率队: 和 before a verb joins nobody
FUNCTION = frozenset("在向对与就为率将把从以至说称及任作因由被让给等还也则已曾兼")
ALWAYS_BEHIND = frozenset("说称等摄")
# 蒋炎|为“产业研究院”揭牌: behind a quotation that opens a sentence goes on
OPENING = frozenset("“‘「《")
NEVER_GIVEN = frozenset("的了们这那哪吗呢吧么很都是不")
SPACES = " \u3000"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a person.

    Attributes:
        text: The name without spaces.
        start: Offset of the first character.
        end: Offset behind the last.
    """

    text: str
    start: int
    end: int


@cache
def name_words(kind: str) -> frozenset[str]:
    """The words of one kind of `name_words.csv`."""
    return frozenset(row["text"] for row in registry().table("name_words") if row["kind"] == kind)


@cache
def any_word(*kinds: str) -> re.Pattern[str]:
    """The words of some kinds of `name_words.csv` as one pattern."""
    return guarded(one_of(word for kind in kinds for word in name_words(kind)))


@lru_cache(maxsize=1)
def surnames() -> dict[str, str]:
    """Kind of each surname: common, word (also an everyday word) or compound."""
    return {row["surname"]: row["kind"] for row in registry().table("surnames")}


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(row["title"] for row in registry().offices)


@lru_cache(maxsize=1)
def _with_dot() -> re.Pattern[str]:
    return re.compile(rf"[{HAN}]{{1,8}}(?:[{DOT}][{HAN}]{{1,6}}){{1,3}}")


@lru_cache(maxsize=1)
def _spaced() -> re.Pattern[str]:
    """周 伟, 周 大 伟: in credits and lists spaces set the characters apart."""
    return re.compile(rf"[{HAN}][ \u3000]{{1,3}}[{HAN}](?:[ \u3000]{{1,3}}[{HAN}](?![{HAN}]))?")


def ends_here(text: str, position: int) -> bool:
    """Whether a name can end at a position: at a mark, a digit, or a word that stands behind names (出席, 表示)."""
    if position >= len(text) or text[position] in MARKS or text[position].isdigit():
        return True
    return any_word("follower").match(text, position) is not None


def _at_mark(text: str, position: int) -> bool:
    return position >= len(text) or text[position] in MARKS


def _at_mark_or_verb(text: str, position: int) -> bool:
    """Where a name ends whose surname is an everyday word (于海涛|出席, 于梅|说：): no single character will do."""
    if _at_mark(text, position):
        return True
    behind = any_word("follower").match(text, position)
    return behind is not None and (len(behind[0]) > 1 or (behind[0] in ALWAYS_BEHIND and _at_mark(text, position + 1)))


@lru_cache(maxsize=1)
def _transcribed() -> re.Pattern[str]:
    """那顺巴图, 乌云其木格, 扎西多杰: names of other languages that are made of parts which many share."""
    parts = "|".join(sorted(name_words("name_part"), key=lambda part: (-len(part), part)))
    whole = "|".join(sorted(name_words("whole_name"), key=lambda part: (-len(part), part)))
    return re.compile(rf"(?:{parts}){{2,4}}|{whole}")


def looks_like_name(name: str) -> bool:
    """Whether the characters of a candidate can be a name; 王书记 is none.

    Examples:
        >>> looks_like_name("周伟"), looks_like_name("高质量"), looks_like_name("江苏")
        (True, False, False)
    """
    if not name_words("no_name").isdisjoint((name, name[:2])) or name in name_words("no_name_alone"):
        return False
    if not NEVER_GIVEN.isdisjoint(name[1:]):
        return False
    if name[1:] in _titles():
        return False
    places = [registry().places.get(code) for code in registry().place_names.get(name, ())]
    return not any(
        place and (place.level in ("country", "province", "prefecture") or name == place.name) for place in places
    )


def name_at(text: str, position: int, known: Collection[str] = (), *, lenient: bool = False) -> Name | None:
    """The name that begins at a position.

    Args:
        text: A sentence.
        position: Where a name is expected; spaces before it are skipped.
        known: Names that the document has elsewhere.
        lenient: Whether a name may run into the next word, as in credits (记者 张三四工业是…).

    Returns:
        The name, None where there is none or its end cannot be told.

    Examples:
        >>> name_at("市长陈丽艳出席会议", 2)
        Name(text='陈丽艳', start=2, end=5)
        >>> name_at("市委书记周伟在致辞时表示", 4)
        Name(text='周伟', start=4, end=6)
        >>> name_at("书记高质量推进", 2) is None
        True
    """
    while position < len(text) and text[position] in SPACES:
        position += 1
    if position >= len(text):
        return None
    if (dotted := _with_dot().match(text, position)) is not None:
        return _dotted(text, dotted)
    if (transcribed := _transcribed().match(text, position)) is not None and ends_here(text, transcribed.end()):
        return Name(transcribed.group(), position, transcribed.end())
    kind = surnames().get(text[position : position + 2])
    if kind == "compound":
        return _choose(text, position, (4, 3), known, True)
    kind = surnames().get(text[position])
    if kind is None:
        return None
    spaced = _spaced().match(text, position) if kind == "common" else None
    if spaced is not None and ends_here(text, spaced.end()):
        return Name("".join(spaced[0].split()), position, spaced.end())
    found = _choose(text, position, (3, 2), known, kind == "common")
    if found is None and lenient:
        given = text[position : position + 3]
        if len(given) == 3 and re.fullmatch(f"[{HAN}]+", given) and looks_like_name(given):
            return Name(given, position, position + 3)
    return found


def _dotted(text: str, match: re.Match[str]) -> Name | None:
    """买买提·艾力: the last part ends where a name can end."""
    last = max(match[0].rfind(dot) for dot in DOT) + match.start() + 1
    for end in range(last + 1, match.end() + 1):
        word = any_word("follower").match(text, end)
        if _at_mark(text, end) or (word is not None and (len(word[0]) > 1 or word[0] in FUNCTION | ALWAYS_BEHIND)):
            return Name(text[match.start() : end], match.start(), end)
    return None


def _choose(text: str, position: int, lengths: tuple[int, int], known: Collection[str], common: bool) -> Name | None:
    """The longer or the shorter candidate, by what follows each."""
    long, short = (text[position : position + length] for length in lengths)
    for candidate in (long, short):
        if candidate in known and len(candidate) > 1:
            return Name(candidate, position, position + len(candidate))
    allowed = ends_here if common else _at_mark_or_verb
    fits = [
        candidate
        for candidate in (long, short)
        if len(candidate) >= 2
        and _all_han(candidate)
        and allowed(text, position + len(candidate))
        and looks_like_name(candidate)
    ]
    if not fits:
        return None
    chosen = fits[0]
    if len(fits) == 2 and len(long) > len(short):
        last = long[-1]
        at_mark = _at_mark(text, position + len(long)) and text[position + len(long) :][:1] not in OPENING
        behind = any_word("follower").match(text, position + len(short))
        if last in ALWAYS_BEHIND or (last in FUNCTION and not at_mark) or (behind is not None and len(behind[0]) > 1):
            # 何佳|陪同考察: the third character is that of the next word
            chosen = short
    return Name(chosen, position, position + len(chosen))


def _all_han(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)
