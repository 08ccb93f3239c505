"""A sentence as the readers of events and outcomes see it: what stands in quotes or brackets is one piece.

Here: the sentence with its inner punctuation masked, its clauses and lists, and what the readers find. Not here:
what makes an event.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.places import Mention

ENCLOSED = re.compile(r"“[^”]*”|《[^》]*》|（[^）]*）|\([^)]*\)|‘[^’]*’|\"[^\"]*\"")
INNER = re.compile(r"[，,、。；;：:！!？?和及与的在\s]")
MASK = "□"
STOPS = "，,。；;：:！!？?】"
STOP = re.compile(f"[{STOPS}]")
CLOSERS = '”"》’'


@dataclass(slots=True)
class Line:
    """A sentence with what is enclosed made one piece.

    Attributes:
        sentence: The sentence.
        text: Its clean text.
        masked: The text, as long, without marks and particles inside quotes and brackets.
        first: Where the first match of a pattern ends, for patterns that were asked for.
    """

    sentence: Sentence
    text: str = field(init=False)
    masked: str = field(init=False)
    first: dict[re.Pattern[str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Mask what is enclosed."""
        self.text = self.sentence.text
        self.masked = ENCLOSED.sub(_mask, self.text)

    def has_before(self, pattern: re.Pattern[str], at: int) -> bool:
        """Whether a pattern stands anywhere before an offset; it is looked for once a sentence."""
        if pattern not in self.first:
            match = pattern.search(self.masked)
            self.first[pattern] = match.end() if match else len(self.masked) + 1
        return self.first[pattern] <= at

    def start_of(self, at: int, stops: str = STOPS) -> int:
        """Where the stretch without stops or spaces that holds `at` begins."""
        masked = self.masked
        while at > 0 and masked[at - 1] not in stops and not masked[at - 1].isspace():
            at -= 1
        return at

    def end_of(self, at: int) -> int:
        """Where the stretch without stops that holds `at` ends."""
        stop = STOP.search(self.masked, at)
        return stop.start() if stop else max(at, len(self.masked))

    def mentions(self, start: int, end: int) -> list[Mention]:
        """The places named in a stretch, without those that only say where the next one lies (苏州|昆山)."""
        found = [m for m in self.sentence.mentions if start <= m.start and m.end <= end and m.level != "group"]
        starts = {mention.start: mention for mention in found}
        return [mention for mention in found if not _lies_around(mention, starts.get(mention.end))]

    def without_province(self, start: int, end: int) -> str:
        """The words of a stretch without provinces that only say where the next place lies.

        深圳、东莞 of 广东深圳、东莞, but 深圳市南山区 as it is.
        """
        kept = {mention.start for mention in self.mentions(start, end)}
        words = self.text[start:end]
        for mention in reversed(self.sentence.mentions):
            if mention.level == "province" and start <= mention.start < end and mention.start not in kept:
                words = words[: mention.start - start] + words[mention.end - start :]
        return words


def _lies_around(outer: Mention, inner: Mention | None) -> bool:
    return bool(inner and outer.code and outer.code != inner.code and inner.code.startswith(outer.code.rstrip("0")))


def _mask(match: re.Match[str]) -> str:
    words = match.group()
    return words[0] + INNER.sub(MASK, words[1:-1]) + words[-1]


def pieces(masked: str, start: int, end: int, joints: str = "、") -> Iterator[tuple[int, int]]:
    """The items of a list: stretches between joints, and between names in quotes that stand side by side.

    Args:
        masked: Masked text.
        start: Offset of the list.
        end: Offset behind it.
        joints: Characters between items.

    Examples:
        >>> text = "“甲联盟”“乙联盟”、丙中心"
        >>> [text[a:b] for a, b in pieces(text, 0, len(text))]
        ['“甲联盟”', '“乙联盟”', '丙中心']
    """
    begin = start
    for index in range(start, end):
        if masked[index] in joints:
            if index > begin:
                yield begin, index
            begin = index + 1
        elif masked[index] in "“《" and index > begin and masked[index - 1] in "”》":
            yield begin, index
            begin = index
    if end > begin:
        yield begin, end


@dataclass(slots=True)
class Finding:
    """An event as one sentence tells it.

    Attributes:
        line: The sentence.
        name: Name as written, or what it is in the words of the text.
        type: Sort of event.
        span: Where the words stand that state it.
        name_span: Where the name stands; equal to `span` where the name is put together.
        rule: Name of the rule that read it.
        strength: How fully the sentence tells it; of several tellings the strongest is kept.
        date: ISO day, month or year, None when the sentence does not tell.
        venue: Where it took place: words or full name.
        place_code: Code of the place.
        theme: Its theme.
        organiser: Who held it.
        targets: For visits: codes or names of where they went.
    """

    line: Line
    name: str
    type: str
    span: tuple[int, int]
    name_span: tuple[int, int]
    rule: str
    strength: int
    date: str | None = None
    venue: str | None = None
    place_code: str | None = None
    theme: str | None = None
    organiser: str | None = None
    targets: frozenset[str] = frozenset()

    @property
    def at(self) -> int:
        """Offset of the statement in the clean text."""
        return self.line.sentence.start + self.span[0]
