"""Names that a count closes: 立臻精密、星巴克2家企业入围, 宁德时代、比亚迪等一批领军企业.

Here: lists whose names need no suffix, because the text says that they are firms or cases. Not here: names known by
their suffix (`statements`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.lexicon import word_set, words
from pipelines.extraction.organizations.names import QUOTES, SERVES_AS
from pipelines.extraction.organizations.statements import Named
from pipelines.extraction.organizations.words import cue_before, cues, generic, kind, one_of, speaks, suffix
from pipelines.extraction.patterns import guarded

NO_FIRM = re.compile("产业|行业|领域|工程|服务业|制造业|项目|集群|[0０]强|百强|各有|“|(?:建设|发展|工作|改革)$")
FIRMS = r"(?:企业|公司|机构|厂商|院校|高校|院所|银行|商会|协会|单位|园区|集团)"
HEAD = re.compile(
    "领军|龙头|头部|一流|知名|骨干|链主|标杆|重点|世界|国际|大型|上市|跨国|优质|优秀|先进|标志性|独角兽|示范|行业|国内|本土"
)
COUNT = r"(?:\d+|[一二两三四五六七八九十]{1,3})(?:余|多)?(?:家|个|所|座)"
CLAUSE = re.compile(r"[，,。；;：:！？\n]")
COPULA = re.compile(r".*(?:是|以|包括|如|像|由)")
LEADING = re.compile(r"(?:与|和|及|同时|其中|另外|此外|目前|今年|去年|此前|还有|包括|以及|如|像|由|对|让|以|是|将)+")
LONGEST_CASE, LONGEST_FIRM, LONGEST_LIST = 30, 16, 240
REACH = 60
FEWEST = 2


@lru_cache(maxsize=1)
def _closed() -> re.Pattern[str]:
    """A list that is closed by a count or 等, and what it is a list of."""
    return re.compile(
        rf"(?P<close>等?{COUNT}|等(?:一批|一大批|众多|多家|多个|{COUNT})?)(?P<what>[\u4e00-\u9fff“”]{{0,10}}?(?:案例|{FIRMS}))"
    )


@lru_cache(maxsize=1)
def _honours() -> re.Pattern[str]:
    return guarded(one_of(cue for cue, relation in cues("after").items() if relation == "honoured"))


@lru_cache(maxsize=1)
def _settles() -> re.Pattern[str]:
    return guarded(one_of(cue for cue, relation in cues("after").items() if relation == "located"))


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return guarded(one_of([*cues("before"), *words("action_verb")]) + r"(?:了|出)?")


def counted(sentence: Sentence) -> Iterator[Named]:
    """Firms and cases of closed lists, with why they are named."""
    text = sentence.text
    if "、" not in text or not ("企业" in text or "案例" in text or "公司" in text or "等" in text):
        return
    for match in _closed().finditer(text):
        begin = _clause_start(text, match.start())
        case = match["what"].endswith("案例")
        begin, cue = _behind_cue(text, begin, match.start(), case)
        relation = _relation(text, match, case, cue)
        if relation is None:
            continue
        parts = _parts(text, begin, match.start())
        if len(parts) >= FEWEST and (case or all(_firm(text[start:end]) for start, end in parts)):
            for start, end in parts:
                name = text[start:end].strip(QUOTES)
                yield Named(name, relation, (start, end), match.span(), "counted-list", begin, begin)


def _clause_start(text: str, position: int) -> int:
    """Where the clause begins that a list stands in; lists longer than a few names do not reach further back."""
    marks = list(CLAUSE.finditer(text, max(0, position - LONGEST_LIST), position))
    return marks[-1].end() if marks else max(0, position - LONGEST_LIST)


def _behind_cue(text: str, begin: int, end: int, case: bool) -> tuple[int, str | None]:
    """Where the list begins behind its verb (集聚了|比亚迪、…), and the verb."""
    leading = LEADING.match(text, begin)
    begin = leading.end() if leading else begin
    first = text.find("、", begin, end)
    if case or first < 0:
        return begin, None
    # 县委书记张某、县长李某来到A、B等企业: a cue may stand behind names of persons
    found = list(cue_before().finditer(text, begin, end))
    found = found or [verb for verb in _before().finditer(text, begin, first) if verb.end() < first]
    if found:
        return found[-1].end(), found[-1][0].rstrip("了出")
    copula = COPULA.match(text, begin, first)
    return (copula.end() if copula else begin), None


def _relation(text: str, match: re.Match[str], case: bool, cue: str | None) -> str | None:
    stop = CLAUSE.search(text, match.end(), match.end() + REACH)
    after = text[match.end() : stop.start() if stop else match.end() + REACH]
    if _honours().search(after):
        return "case" if case else "honoured"
    if case:
        return None
    if _settles().match(after):
        return "located"
    headed = HEAD.search(match["what"]) or re.search(COUNT, match["close"])
    relation = cues("before").get(cue or "") or cues("before").get(f"{cue}了")
    if SERVES_AS.match(text, match.end()):
        return "located"
    if relation is None and cue is None and re.search(COUNT, match["close"]):
        return "other"
    return relation if headed or relation == "visited" else None


def _parts(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The names of a list, the last also behind 和."""
    parts = []
    position = begin
    for piece in re.split(r"(、|和(?=[^、]*$))", text[begin:end]):
        if piece not in ("、", "和") and piece:
            parts.append((position, position + len(piece)))
        position += len(piece)
    return [(start, stop) for start, stop in parts if stop - start <= LONGEST_CASE]


def _firm(name: str) -> bool:
    """Whether a part of a list can be a firm: no branch of industry, no general word, no verb."""
    name = name.strip(QUOTES)
    if not 2 <= len(name) <= LONGEST_FIRM or name in _branches() or generic().fullmatch(name):
        return False
    if speaks(name) or NO_FIRM.search(name):
        return False
    return not any(verb in name for verb in word_set("action_verb") if len(verb) > 1) or bool(suffix().search(name))


@lru_cache(maxsize=1)
def _branches() -> frozenset[str]:
    """Branches of industry and other nouns that stand in such lists as well: 电子、汽车等企业."""
    return word_set("noun_open", "metric_head", "abstract_noun", "person_noun", "noun_close") | kind("industry_suffix")
