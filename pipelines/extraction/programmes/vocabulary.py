"""The words that programmes are made of, as compiled patterns.

Here: the rows of `programme_nouns.csv`, `programme_shapes.csv`, `programme_domains.csv` and the kinds of `words.csv`
that belong to them, compiled once. Not here: what is read with them (`names`, `members`, `owners`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from pipelines.extraction.lexicon import alternation, registry, word_set, words
from pipelines.extraction.patterns import guarded, one_of

NUMERALS = "一二两三四五六七八九十百千万"
HAN = "\u4e00-\u9fff"
# what a plan counts, and the level of the items that it counts
LEVEL_OF_PART = (
    ("示范", "demonstration"),
    ("任务", "task"),
    ("举措", "task"),
    ("计划", "action_plan"),
    ("行动", "action_plan"),
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that ends the name of a programme.

    Attributes:
        text: The noun.
        kind: scheme, layout, zone, brand or part.
        least: How many characters must stand before it where no quotation marks set the name off, None where the name
            must be in quotation marks.
    """

    text: str
    kind: str
    least: int | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern of numerals that makes a name.

    Attributes:
        name: Its name.
        kind: formula, layout, counted or zone.
        holds: What a text must hold for a look to be worth while; "" is in any text.
        pattern: What it looks like.
    """

    name: str
    kind: str
    holds: tuple[str, ...]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def nouns() -> dict[str, Noun]:
    """Nouns by their text."""
    rows = registry().table("programme_nouns")
    return {row["noun"]: Noun(row["noun"], row["kind"], int(row["least"]) if row["least"] else None) for row in rows}


@lru_cache(maxsize=1)
def bare_nouns() -> re.Pattern[str]:
    """Nouns whose names are read without quotation marks as well."""
    return guarded(one_of([noun.text for noun in nouns().values() if noun.least is not None]))


@lru_cache(maxsize=1)
def noun_behind() -> re.Pattern[str]:
    """A noun behind a quoted name or a formula, a few words between: 产业布局, 建设首轮三年行动, 快速路网."""
    gap = f"[{HAN}A-Z\\d—－-]{{0,12}}?"
    found = [noun.text for noun in nouns().values() if noun.kind != "part"]
    return re.compile(f"(?P<gap>{gap})(?P<noun>{one_of(found)})(?![师者力院])")


@lru_cache(maxsize=1)
def noun_at_end() -> re.Pattern[str]:
    """A noun that ends a quoted name."""
    return guarded(f"(?P<noun>{one_of([noun.text for noun in nouns().values() if noun.kind != 'brand'])})$")


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    """Shapes in their order."""
    unit = alternation("layout_unit")
    found = []
    for row in registry().table("programme_shapes"):
        written = row["pattern"].replace("{numerals}", NUMERALS).replace("[第\\d{numeral}]", f"[第\\d{NUMERALS}]")
        written = written.replace("[\\d{numeral}]", f"[\\d{NUMERALS}]").replace("{numeral}", f"[{NUMERALS}]")
        pattern = guarded(written.replace("{unit}", unit))
        holds = tuple(row["holds"].split("|"))
        found.append(Shape(row["name"], row["kind"], holds, pattern))
    return tuple(found)


def _pair() -> str:
    return f"[{NUMERALS}多双](?:{alternation('layout_unit')}|[{HAN}])"


@lru_cache(maxsize=1)
def pairs() -> re.Pattern[str]:
    """A quoted layout: 七横四纵, 三屏两带六廊多点, 三高四新."""
    return re.compile(f"(?:{_pair()}){{2,6}}")


@lru_cache(maxsize=1)
def pair() -> re.Pattern[str]:
    """One part of a quoted layout: 三屏, 四新."""
    return re.compile(_pair())


@lru_cache(maxsize=1)
def layout_pair() -> re.Pattern[str]:
    """One part of a layout: 两环."""
    return guarded(f"[{NUMERALS}多双]{alternation('layout_unit')}")


@lru_cache(maxsize=1)
def guarding_words() -> frozenset[str]:
    """Whatever a programme could begin or end with; a sentence without any of it holds none."""
    found = {noun.text for noun in nouns().values() if noun.kind != "part"} | {"“", '"', "+", "＋", "民生", "TOD", "‘"}
    found |= {"任务", "举措", "措施", "示范", "项目"}
    found |= {numeral + "大" for numeral in NUMERALS}
    found |= {numeral + unit for numeral in NUMERALS + "双" for unit in words("layout_unit")}
    return frozenset(found)


@lru_cache(maxsize=1)
def strong_verbs() -> re.Pattern[str]:
    """Verbs that only schemes follow: 实施, 启动."""
    return guarded(alternation("programme_strong_verb") + "(?:了|好|以)?")


@lru_cache(maxsize=1)
def building_verbs() -> re.Pattern[str]:
    """Verbs that zones follow, however much stands before them: 建设, 创建."""
    return guarded(alternation("building_verb") + "(?:了|好|成为)?")


@lru_cache(maxsize=1)
def verbs() -> re.Pattern[str]:
    """Verbs that programmes follow, a run of them with what strengthens them."""
    return guarded(f"(?:{alternation('programme_verb')}(?:了|好|成为)?)+")


@lru_cache(maxsize=1)
def single_verbs() -> re.Pattern[str]:
    """One verb that programmes and their parts follow."""
    return guarded(alternation("programme_verb") + "(?:了|好)?")


@lru_cache(maxsize=1)
def goes_on() -> re.Pattern[str]:
    """What makes another word of a noun: 工程师, 行动自觉."""
    return guarded(alternation("programme_goes_on"))


@lru_cache(maxsize=1)
def watchwords() -> re.Pattern[str]:
    """Words of quoted counts that name no programme: “五个第一”, “三项指标”."""
    return guarded(f"{alternation('watchword')}|{alternation('watchword_head')}$")


@lru_cache(maxsize=1)
def joins() -> re.Pattern[str]:
    """Words right before a programme that is another's: 参与, 融入, 学习."""
    return guarded(alternation("joining_verb") + "(?:好|了|共建|推进)?(?:“|《)?$")


@lru_cache(maxsize=1)
def honours() -> re.Pattern[str]:
    """What stands before an honour: 荣获“全国卫生服务示范区”."""
    return guarded(alternation("honour_verb") + "[^，。；]{0,28}$")


@lru_cache(maxsize=1)
def traps() -> frozenset[str]:
    """What looks like a programme and is none."""
    return word_set("programme_trap")


@lru_cache(maxsize=1)
def domains() -> tuple[str, ...]:
    """The domains, the more special ones first."""
    return tuple(dict.fromkeys(row["domain"] for row in registry().table("programme_domains")))


@lru_cache(maxsize=1)
def domain_words() -> tuple[ahocorasick_rs.AhoCorasick, tuple[int, ...]]:
    """The words of all domains as one automaton, and the rank of the domain of each."""
    rows = registry().table("programme_domains")
    ranks = {domain: rank for rank, domain in enumerate(domains())}
    return ahocorasick_rs.AhoCorasick([row["word"] for row in rows]), tuple(ranks[row["domain"]] for row in rows)
