"""Names of programmes in quotation marks.

Here: what makes a name of quoted words: a formula, a layout, a count, a noun inside or behind. Not here: names without
quotation marks (`names`).
"""

import re
from collections.abc import Iterator

from pipelines.extraction.lexicon import word_set
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.patterns import guarded
from pipelines.extraction.programmes.name import Name
from pipelines.extraction.programmes.vocabulary import (
    HAN,
    NUMERALS,
    honours,
    layout_pair,
    noun_at_end,
    noun_behind,
    nouns,
    pair,
    pairs,
    traps,
    verbs,
    watchwords,
)

MARKS = frozenset("，。；：！？,; ")
QUOTED = re.compile(r"“([^“”\n]{1,28})”")
FORMULA = re.compile(r"\d{1,4}(?:[+＋](?:\d{1,4}|[A-Za-z]))+")
COUNTED = re.compile(rf"(?P<count>[{NUMERALS}]{{1,3}}|\d{{1,3}})(?P<measure>[大个项条级])(?P<words>[{HAN}]{{2,10}})")
# 更是解放思想的“破题行动”: a predicate is a figure of speech
FIGURE = guarded(r"(?:[是似像如][^，。；、]{0,12}的?|所谓(?:的)?|一[场次]|的?新)$")
NOT_IN_GAP = re.compile(r"[等的和与及是为了在将被把对从向到中也即含有]|是指|包括|以来")
# “工业强市、文旅名市”两大战略: what is quoted are the parts
COUNT_IN_GAP = re.compile(rf"[{NUMERALS}\d]+[大个项条]")
ROUND = re.compile(rf"(?:第[{NUMERALS}\d]+轮|首轮|新一轮)$")
LAYOUT_TALK = re.compile(r"构建|形成|完善|打造|构筑|优化|布局")
# “…”为主题 is what a meeting is about, “…”奖 a prize
THEME = re.compile(r"为(?:年度)?(?:主题|题)|主题|奖")
# nouns that name something only right behind the quotation marks: “最多跑一次”改革
NEAR_NOUNS = ("机制", "模式", "改革", "体系", "制度")
LONGEST_BRAND_GAP = 4
# “415X”先进制造业集群培育工程: a code says nothing by itself
CODE = re.compile(r"[\dA-Za-z+＋]+")
LONGEST_GAP, LONGEST_GAP_OF_CODE = 6, 12
Behind = re.Match[str] | None


def quoted_names(text: str) -> Iterator[Name]:
    """Names in quotation marks, with the noun behind them.

    Args:
        text: A sentence with typographic quotation marks.

    Examples:
        >>> [name.text for name in quoted_names("启动第二轮“智造平湖”三年行动，当好“排头兵”。")]
        ['第二轮智造平湖三年行动']
    """
    if "“" not in text:
        return
    for match in QUOTED.finditer(text):
        words = match[1].strip()
        if words in traps() or not MARKS.isdisjoint(words) or THEME.match(text, match.end()):
            continue
        behind = noun_after(text, match.end(), LONGEST_GAP_OF_CODE if CODE.fullmatch(words) else LONGEST_GAP)
        name = _of_numerals(text, match, words, behind) or _of_words(text, match, words, behind)
        if name is not None:
            yield name


def noun_after(text: str, position: int, longest: int = LONGEST_GAP) -> Behind:
    """The noun behind a name, with few words between: 产业布局, 建设首轮三年行动; None where another phrase begins."""
    behind = noun_behind().match(text, position)
    if behind and len(behind["gap"]) > longest:
        return None
    if behind and (NOT_IN_GAP.search(behind["gap"]) or COUNT_IN_GAP.match(behind["gap"])):
        return None
    return behind


def _with_noun(text: str, match: re.Match[str], words: str, behind: Behind, kind: str) -> Name:
    """The quoted words with the round before them and the noun behind: 第二轮“科创江阴”三年行动."""
    prefix = ROUND.search(text, max(0, match.start() - 6), match.start())
    start = prefix.start() if prefix else match.start()
    tail, end = (behind.group(), behind.end()) if behind else ("", match.end())
    return Name(start, end, text[start : match.start()] + words + tail, kind)


def _alone(text: str, match: re.Match[str], words: str, kind: str, parts: tuple[str, ...] = ()) -> Name:
    """The quoted words by themselves."""
    return Name(match.start(), match.end(), words, kind, None, parts, text[match.end() : match.end() + 8])


def _of_numerals(text: str, match: re.Match[str], words: str, behind: Behind) -> Name | None:
    """“2+6+X”产业布局, “七横四纵”, “三高四新”战略."""
    if FORMULA.fullmatch(words):
        if behind is None and not LAYOUT_TALK.search(text[max(0, match.start() - 6) : match.start()]):
            return None
        return _with_noun(text, match, words, behind, "formula")
    if not pairs().fullmatch(words) or words in word_set("idiom"):
        return None
    parts = tuple(layout_pair().findall(words))
    if "".join(parts) == words:
        return _alone(text, match, words, "layout", parts)
    if behind:
        return _with_noun(text, match, words, behind, "layout")
    # “两屏一带六江两溪”: some parts that only layouts have carry the others
    every = tuple(pair().findall(words))
    return _alone(text, match, words, "layout", every) if len(every) > len(parts) >= 2 else None


def _of_words(text: str, match: re.Match[str], words: str, behind: Behind) -> Name | None:
    before = text[max(0, match.start() - 32) : match.start()]
    if FORMULA.fullmatch(words) or FIGURE.search(before) or honours().search(before):
        return None
    if counted := COUNTED.fullmatch(words):
        return _of_count(text, match, counted, behind)
    # “人工智能+”行动, but not “物业+养老”服务
    if ("+" in words or "＋" in words) and not (words[-1] in "+＋" and behind and not behind["gap"]):
        return None
    inside = noun_at_end().search(words) if "、" not in words else None
    if inside and inside.start() >= 1 and (kind := nouns()[inside["noun"]].kind) != "part":
        # “重构房地产商业模式” says what to do
        return None if kind == "layout" and verbs().match(words) else _alone(text, match, words, kind)
    return _of_noun_behind(text, match, words, behind) if behind else None


def _of_noun_behind(text: str, match: re.Match[str], words: str, behind: re.Match[str]) -> Name | None:
    """“科创江阴”建设首轮三年行动, “鹿城清风”廉洁文化品牌."""
    noun = nouns()[behind["noun"]]
    if noun.kind == "brand":
        return _alone(text, match, words, "brand") if len(behind["gap"]) <= LONGEST_BRAND_GAP else None
    if noun.text in NEAR_NOUNS and ("、" in words or (len(behind["gap"]) > 2 and not words.isdigit())):
        return None
    return _with_noun(text, match, words, behind, noun.kind)


def _of_count(text: str, match: re.Match[str], counted: re.Match[str], behind: Behind) -> Name | None:
    """“五大行动”, “百项合作事项”, “五个自主创新”."""
    words = counted["words"]
    ends = noun_at_end().search(words)
    # “四个放在”, “两个大局”: two characters that are no noun of programmes make a watchword
    watchword = counted["measure"] == "个" and len(words) < 4 and not ends and not (behind and not behind["gap"])
    unnamed = counted["measure"] in "大级" and not ends and not behind
    if watchword or unnamed or watchwords().search(words) or match[1] in word_set("idiom"):
        return None
    numeral = parse_numeral(counted["count"])
    if numeral is None or numeral.value < 2:
        return None
    name = _with_noun(text, match, match[1].strip(), None if ends else behind, "counted")
    return Name(name.start, name.end, name.text, name.kind, int(numeral.value))
