"""Names of programmes in one sentence.

Here: names in quotation marks, shapes of numerals (2+6+X, 两环四连八射, 五大行动), names behind a verb (实施…工程) and
brands. Not here: what they consist of (`members`) and whose they are (`owners`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.extraction.lexicon import alternation, word_set
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.programmes.vocabulary import (
    HAN,
    NUMERALS,
    bare_nouns,
    building_verbs,
    goes_on,
    layout_pair,
    noun_at_end,
    noun_behind,
    nouns,
    pairs,
    shapes,
    strong_verbs,
    traps,
    verbs,
    watchwords,
)

QUOTED = re.compile(r"“([^“”\n]{1,28})”")
FORMULA = re.compile(r"\d{1,4}(?:[+＋](?:\d{1,4}|[A-Za-z]))+")
COUNTED = re.compile(rf"(?P<count>[{NUMERALS}]{{1,3}}|\d{{1,3}})(?P<measure>[大个项条级])(?P<words>[{HAN}]{{2,10}})")
# 更是解放思想的“破题行动”: a predicate is a figure of speech
FIGURE = re.compile(r"(?:[是似像如][^，。；、]{0,12}的?|所谓(?:的)?|一[场次]|的?新)$")
NOT_IN_GAP = re.compile(r"[等的和与及是为了在将被把对从向到中也即指含有]|包括|以来")
# “工业强市、文旅名市”两大战略: what is quoted are the parts
COUNT_IN_GAP = re.compile(rf"[{NUMERALS}\d]+[大个项条]")
ROUND = re.compile(rf"(?:第[{NUMERALS}\d]+轮|首轮|新一轮)$")
BOUNDARY = re.compile(r"[，。；：！？、“”（）()《》\s,;:!?\n|…—]")
TITLE = re.compile(r"《[^《》]*》")
LONGEST_BODY = 26
JOINS = re.compile(r"[、和与及]|以及")
NOT_A_BODY = re.compile(rf"^(?:\d|[{NUMERALS}几多]+[个项条批家座所]|这|该|此|其)|等|\d[个项条批家座所]|[的了和与及或]$")
LAYOUT_TALK = re.compile(r"构建|形成|完善|打造|构筑|优化|布局")
# “…”为主题 is what a meeting is about, “…”奖 a prize
THEME = re.compile(r"为(?:年度)?(?:主题|题)|主题|奖")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a programme in a sentence.

    Attributes:
        start: Where it begins, quotation mark included.
        end: Where it ends.
        text: The name without quotation marks.
        kind: formula, layout, counted, scheme, zone or brand.
        count: Number of its parts where it says so.
        parts: Its parts where the name spells them out.
        tail: Words behind it that tell its field.
    """

    start: int
    end: int
    text: str
    kind: str
    count: int | None = None
    parts: tuple[str, ...] = ()
    tail: str = ""


def find_names(text: str, in_plan: bool) -> list[Name]:
    """Names of programmes in a sentence, in their order.

    Args:
        text: The sentence, with typographic quotation marks.
        in_plan: Whether it stands in a plan, where 25项主要任务 are parts of the plan.

    Examples:
        >>> [name.text for name in find_names("完善“2+6+X”产业布局，实施基层治理“根系工程”。", False)]
        ['2+6+X产业布局', '根系工程']
        >>> [name.text for name in find_names("弘扬“敢为人先”精神，当好“桥头堡”。", False)]
        []
    """
    taken = bytearray(len(text))
    if "《" in text:
        for match in TITLE.finditer(text):
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    found: list[Name] = []
    readers = (_quoted, _shaped, _parts_of_plan, _brands, _bare) if in_plan else (_quoted, _shaped, _brands, _bare)
    for reader in readers:
        for name in reader(text):
            if not any(taken[name.start : name.end]):
                found.append(name)
                taken[name.start : name.end] = b"\x01" * (name.end - name.start)
    return sorted(found, key=lambda name: name.start)


def _quoted(text: str) -> Iterator[Name]:
    """Names in quotation marks, with the noun behind them."""
    if "“" not in text:
        return
    for match in QUOTED.finditer(text):
        words = match[1].strip()
        if words in traps() or any(mark in words for mark in "，。；：！？,; "):
            continue
        name = _quoted_name(text, match, words)
        if name is not None:
            yield name


def _quoted_name(text: str, match: re.Match[str], words: str) -> Name | None:
    if THEME.match(text, match.end()):
        return None
    behind = noun_behind().match(text, match.end())
    if behind and (NOT_IN_GAP.search(behind["gap"]) or COUNT_IN_GAP.match(behind["gap"])):
        behind = None
    start = match.start()
    if prefix := ROUND.search(text, max(0, start - 6), start):
        start = prefix.start()
    full = (text[start : match.start()] + words + behind.group()) if behind else words
    end = behind.end() if behind else match.end()
    if FORMULA.fullmatch(words):
        if behind is None and not LAYOUT_TALK.search(text[max(0, match.start() - 6) : match.start()]):
            return None
        return Name(start, end, full, "formula")
    idiom = words in word_set("idiom")
    if pairs().fullmatch(words) and not idiom:
        parts = tuple(part for part in layout_pair().findall(words))
        if "".join(parts) == words:
            return Name(match.start(), match.end(), words, "layout", None, parts, text[match.end() : match.end() + 8])
        if behind:
            return Name(start, end, full, "layout")
    if FIGURE.search(text[max(0, match.start() - 16) : match.start()]):
        return None
    if counted := COUNTED.fullmatch(words):
        if noun_at_end().search(words):
            end, full, behind = match.end(), words, None
        return _counted(counted, Name(match.start(), end, full, "counted"), behind is not None, idiom)
    # “人工智能+”行动, but not “物业+养老”服务
    if ("+" in words or "＋" in words) and not (words[-1] in "+＋" and behind and not behind["gap"]):
        return None
    inside = noun_at_end().search(words) if "、" not in words else None
    if inside and inside.start() >= 1 and (kind := nouns()[inside["noun"]].kind) != "part":
        return Name(match.start(), match.end(), words, kind, None, (), text[match.end() : match.end() + 6])
    if behind:
        return _with_noun(text, match, words, behind, start)
    return None


def _with_noun(text: str, match: re.Match[str], words: str, behind: re.Match[str], start: int) -> Name | None:
    """A quoted name whose noun stands behind the quotation mark: “科创江阴”建设首轮三年行动."""
    noun = nouns()[behind["noun"]]
    if noun.kind == "brand":
        if len(behind["gap"]) > 4:
            return None
        return Name(match.start(), match.end(), words, "brand", None, (), behind.group())
    if noun.text in ("机制", "模式", "改革", "体系") and (
        "、" in words or (len(behind["gap"]) > 2 and not words.isdigit())
    ):
        return None
    return Name(start, behind.end(), text[start : match.start()] + words + behind.group(), noun.kind)


def _counted(counted: re.Match[str], name: Name, has_noun: bool, idiom: bool) -> Name | None:
    """“五大行动”, “百项合作事项”, “五个自主创新”."""
    words = counted["words"]
    ends = noun_at_end().search(words)
    # “四个放在”, “两个大局”: two characters that are no noun of programmes make a watchword
    watchword = counted["measure"] == "个" and len(words) < 4 and not ends
    if idiom or watchword or watchwords().search(words) or (counted["measure"] in "大级" and not ends and not has_noun):
        return None
    numeral = parse_numeral(counted["count"])
    count = int(numeral.value) if numeral else None
    if count is None or count < 2:
        return None
    return Name(name.start, name.end, name.text, "counted", count)


def _shaped(text: str) -> Iterator[Name]:
    """Names that numerals make: 2+6+X产业布局, 七横四纵, 十百千工程, 三级公园体系."""
    for shape in shapes():
        if not all(word in text for word in shape.holds):
            continue
        for match in shape.pattern.finditer(text):
            words = match.group()
            # “工业强市、文旅名市”两大战略: with its parts told, even a common count is a programme
            common = words in traps() or words in word_set("idiom")
            if (common and text[match.start() - 1] != "”") or goes_on().match(text, match.end()):
                continue
            end = match.end()
            if shape.kind == "formula":
                behind = noun_behind().match(text, end + (text[end : end + 1] == "”"))
                if behind is None or NOT_IN_GAP.search(behind["gap"]):
                    continue
                end, words = behind.end(), words + behind.group().lstrip("”")
            count = parse_numeral(match["count"]) if "count" in match.groupdict() else None
            if count and count.value < 2:
                continue
            parts = tuple(layout_pair().findall(words)) if shape.name == "layout" else ()
            yield Name(
                match.start(),
                end,
                words.replace("“", "").replace("”", ""),
                shape.kind,
                int(count.value) if count else None,
                parts,
                text[end : end + 8],
            )


PLAN_COUNT = re.compile(
    rf"(?P<count>[{NUMERALS}]{{1,3}}|\d{{1,3}})(?P<measure>[项个条])(?P<words>[{HAN}]{{0,8}}?"
    r"(?:行动计划|专项行动|行动|工程|任务|举措|措施|示范|具体项目|政策措施|事项))(?![师者力]|责任|书)"
)
PLAN_VERB = re.compile(
    r"(?:制定|明确|细化|形成|实施|提出|部署|落实|推出|出台|涵盖|包括|包含|确定|安排|设置|谋划|开展|共|等|方面|大类)了?$"
)


def _parts_of_plan(text: str) -> Iterator[Name]:
    """What a plan says that it consists of: 明确25项主要任务."""
    for match in PLAN_COUNT.finditer(text):
        numeral = parse_numeral(match["count"])
        if (
            numeral is None
            or numeral.value < 2
            or not PLAN_VERB.search(text[max(0, match.start() - 4) : match.start()])
        ):
            continue
        yield Name(match.start(), match.end(), match.group(), "counted", int(numeral.value))


def _brands(text: str) -> Iterator[Name]:
    """擦亮…金名片, 打响…品牌."""
    if "品牌" not in text and "名片" not in text:
        return
    pattern = re.compile(rf"(?:擦亮|打响|叫响|唱响)(?P<name>[{HAN}、]{{4,16}}?(?:金名片|名片|品牌))")
    for match in pattern.finditer(text):
        words = match["name"]
        parts = tuple(part for part in re.split("、", re.sub(r"文化?(?:金名片|名片|品牌)$", "", words)) if part)
        yield Name(match.start("name"), match.end(), words, "brand", None, parts if len(parts) > 1 else ())


def _bare(text: str) -> Iterator[Name]:
    """Names behind a verb, without quotation marks: 实施…提升工程, 建设…试验区、…试验区."""
    last_end = -1
    for match in bare_nouns().finditer(text):
        noun = nouns()[match.group()]
        if goes_on().match(text, match.end()) or text[match.end() : match.end() + 1] in "”":
            continue
        if _goes_on_as_name(text, match.end()):
            continue
        begin = _boundary_before(text, match.start())
        chained = begin > 0 and last_end in (begin - 1, begin - 3) and JOINS.fullmatch(text[begin - 1]) is not None
        body = _body(text, begin, match.start(), noun.kind, chained, noun.text)
        if body is None or not _named(text[body : match.start()], noun.least or 0, noun.text):
            continue
        yield Name(
            body, match.end(), text[body : match.end()], noun.kind, None, (), text[match.end() : match.end() + 6]
        )
        last_end = match.end()


def _goes_on_as_name(text: str, end: int) -> bool:
    """胶东经济圈|一体化发展先行区: the noun is inside a longer name."""
    rest = re.match(rf"[{HAN}]{{1,10}}", text[end : end + 10])
    if rest is None or rest.group()[0] in "的和与及等、建上中内下了是":
        return False
    following = bare_nouns().search(rest.group())
    return following is not None and verbs().search(rest.group(), 0, following.start()) is None


def _boundary_before(text: str, position: int) -> int:
    begin = max(0, position - LONGEST_BODY)
    for index in range(position - 1, begin - 1, -1):
        if BOUNDARY.match(text[index]):
            return index + 1
    return begin


def _body(text: str, begin: int, end: int, kind: str, chained: bool, noun: str) -> int | None:
    """Where the name begins: behind the verb, None where no verb governs it."""
    decisive = {"scheme": strong_verbs, "zone": building_verbs}.get(kind)
    strong = [match for match in decisive().finditer(text, begin, end) if match.end() < end - 1] if decisive else []
    if strong:
        return _past_particles(text, strong[-1].end(), end)
    if chained:
        return begin
    if noun == "工程":
        return None
    verb = verbs().search(text, begin, end)
    return _past_particles(text, verb.end(), end) if verb else None


def _past_particles(text: str, start: int, end: int) -> int:
    """Behind the last 的 or 和 of what stands before the name: 具有全国影响力的…示范区."""
    while start < end and text[start] in "为以和与把将在对":
        start += 1
    for index in range(end - 1, start - 1, -1):
        if text[index] == "的" or (text[index] in "和与及" and text[index - 1] in "区带圈程动划策"):
            return index + 1
    return start


def _named(body: str, least: int, noun: str) -> bool:
    """Whether the words before a noun make it a name and not a common word (重大工程, 三个示范区)."""
    plain = body.removeprefix("新一轮")
    if len(plain) < least or plain + noun in traps() or NOT_A_BODY.search(body):
        return False
    if body in word_set("programme_generic") or re.match(alternation("programme_generic"), body):
        return False
    return not (noun == "工程" and re.search(alternation("physical_work"), body))
