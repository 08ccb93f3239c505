"""Names of programmes in one sentence.

Here: all names of a sentence; those that shapes of numerals make (2+6+X, 两环四连八射, 五大行动), those behind a verb
(实施…工程) and brands. Not here: names in quotation marks (`quoted`), what programmes consist of (`members`), whose
they are (`owners`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines.extraction.lexicon import alternation, word_set
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.patterns import guarded
from pipelines.extraction.programmes.name import Name
from pipelines.extraction.programmes.quoted import noun_after, quoted_names
from pipelines.extraction.programmes.told import told_names
from pipelines.extraction.programmes.vocabulary import (
    HAN,
    NUMERALS,
    Noun,
    bare_nouns,
    building_verbs,
    goes_on,
    layout_pair,
    nouns,
    shapes,
    strong_verbs,
    traps,
    verbs,
)

BOUNDARIES = frozenset("，。；：！？、“”（）()《》,;:!?|…—")
TITLE = re.compile(r"《[^《》]*》")
LONGEST_BODY = 26
JOINS = "、和与及"
REST_OF_NAME = re.compile(rf"[{HAN}]{{1,10}}")
NOT_A_BODY = re.compile(rf"^(?:\d|[{NUMERALS}几多]+[个项条批家座所]|这|该|此|其)|等|\d[个项条批家座所]|[的了和与及或]$")
PLAN_COUNT = re.compile(
    rf"(?P<count>[{NUMERALS}]{{1,3}}|\d{{1,3}})[项个条][{HAN}]{{0,8}}?"
    r"(?:行动计划|专项行动|行动|工程|任务|举措|措施|示范|具体项目|政策措施|事项)(?![师者力]|责任|书)"
)
PLAN_VERB = re.compile(
    r"(?:制定|明确|细化|形成|实施|提出|部署|落实|推出|出台|涵盖|包括|包含|确定|安排|设置|谋划|开展|共|等|方面|大类)了?$"
)


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
    readers = (quoted_names, told_names, _shaped, *((_parts_of_plan,) if in_plan else ()), _brands, _bare)
    for reader in readers:
        for name in reader(text):
            if 1 not in taken[name.start : name.end]:
                found.append(name)
                taken[name.start : name.end] = b"\x01" * (name.end - name.start)
    return sorted(found, key=lambda name: name.start) if len(found) > 1 else found


def _shaped(text: str) -> Iterator[Name]:
    """Names that numerals make: 2+6+X产业布局, 七横四纵, 十百千工程, 三级公园体系."""
    for shape in shapes():
        if shape.holds[0] not in text or shape.holds[-1] not in text:
            continue
        for match in shape.pattern.finditer(text):
            words = match.group()
            # “工业强市、文旅名市”两大战略: with its parts told, even a common count is a programme
            common = words in traps() or words in word_set("idiom")
            parts_told = text.endswith("”", 0, match.start())
            if (common and not parts_told) or goes_on().match(text, match.end()):
                continue
            end = match.end()
            if shape.kind == "formula":
                behind = noun_after(text, end + text.startswith("”", end))
                if behind is None:
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


def _parts_of_plan(text: str) -> Iterator[Name]:
    """What a plan says that it consists of: 明确25项主要任务."""
    for match in PLAN_COUNT.finditer(text):
        numeral = parse_numeral(match["count"])
        if numeral is None or numeral.value < 2:
            continue
        if PLAN_VERB.search(text[max(0, match.start() - 4) : match.start()]):
            yield Name(match.start(), match.end(), match.group(), "counted", int(numeral.value))


@lru_cache(maxsize=1)
def _brand() -> re.Pattern[str]:
    return guarded(f"{alternation('brand_verb')}(?P<name>[{HAN}、]{{4,16}}?(?:金名片|名片|品牌))")


def _brands(text: str) -> Iterator[Name]:
    """擦亮昆曲、顾炎武文化金名片, 打响…品牌."""
    if "品牌" not in text and "名片" not in text:
        return
    for match in _brand().finditer(text):
        words = match["name"]
        parts = tuple(part for part in re.sub(r"文化?(?:金名片|名片|品牌)$", "", words).split("、") if part)
        yield Name(match.start("name"), match.end(), words, "brand", None, parts if len(parts) > 1 else ())


def _bare(text: str) -> Iterator[Name]:
    """Names behind a verb, without quotation marks: 实施…提升工程, 建设…试验区、…试验区."""
    last_end = -1
    for match in bare_nouns().finditer(text):
        noun, start, end = nouns()[match.group()], match.start(), match.end()
        if goes_on().match(text, end) or text.startswith("”", end) or _goes_on_as_name(text, end):
            continue
        if text[end : end + 1].isdigit():
            # 国家生态文明建设示范区23个 are counted, none is named
            continue
        begin = _boundary_before(text, start)
        # …试验区建设、…试验区: what governs the one before governs this one
        chained = begin > 0 and last_end in (begin - 1, begin - 3) and text[begin - 1] in JOINS
        body = _body(text, begin, start, noun, chained)
        if body is None or not _named(text[body:start], noun):
            continue
        yield Name(body, end, text[body:end], noun.kind, None, (), text[end : end + 6])
        last_end = end


def _goes_on_as_name(text: str, end: int) -> bool:
    """胶东经济圈|一体化发展先行区: the noun is inside a longer name."""
    rest = REST_OF_NAME.match(text, end, end + 10)
    if rest is None or rest.group()[0] in "的和与及等、建上中内下了是":
        return False
    following = bare_nouns().search(rest.group())
    return following is not None and verbs().search(rest.group(), 0, following.start()) is None


def _boundary_before(text: str, position: int) -> int:
    begin = max(0, position - LONGEST_BODY)
    for index in range(position - 1, begin - 1, -1):
        if text[index] in BOUNDARIES or text[index].isspace():
            return index + 1
    return begin


def _body(text: str, begin: int, end: int, noun: Noun, chained: bool) -> int | None:
    """Where the name begins: behind the verb, None where no verb governs it."""
    decisive = {"scheme": strong_verbs, "zone": building_verbs}.get(noun.kind)
    strong = [match for match in decisive().finditer(text, begin, end) if match.end() < end - 1] if decisive else []
    if strong:
        return _past_particles(text, strong[-1].end(), end)
    if chained:
        return begin
    # 推进…工程 is mostly a work of engineering
    verb = verbs().search(text, begin, end) if noun.text != "工程" else None
    return _past_particles(text, verb.end(), end) if verb else None


def _past_particles(text: str, start: int, end: int) -> int:
    """Behind the last 的 or 和 of what stands before the name: 具有全国影响力的…示范区."""
    while start < end and text[start] in "为以和与把将在对":
        start += 1
    for index in range(end - 1, start - 1, -1):
        if text[index] == "的" or (text[index] in "和与及" and text[index - 1] in "区带圈程动划策展设"):
            return index + 1
    return start


def _named(body: str, noun: Noun) -> bool:
    """Whether the words before a noun make it a name and not a common word (重大工程, 三个示范区)."""
    plain = body.removeprefix("新一轮")
    if len(plain) < (noun.least or 0) or plain + noun.text in traps() or NOT_A_BODY.search(body):
        return False
    if _generic().match(body):
        return False
    return not (noun.text == "工程" and _physical_work().search(body))


@lru_cache(maxsize=1)
def _generic() -> re.Pattern[str]:
    return guarded(alternation("programme_generic"))


@lru_cache(maxsize=1)
def _physical_work() -> re.Pattern[str]:
    return guarded(alternation("physical_work"))
