"""Names that a count closes: 立臻精密、星巴克2家企业入围, 宁德时代、比亚迪等一批领军企业.

Here: lists whose names need no suffix, because the text says that they are firms or cases. Not here: names known by
their suffix (`statements`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipelines.extraction.blocks import FIRM, ORGANIZATION, Sentence
from pipelines.extraction.lexicon import words
from pipelines.extraction.organizations.names import QUOTES, SERVES_AS, left_edge
from pipelines.extraction.organizations.plain import firm_ending, plausible
from pipelines.extraction.organizations.statements import Named
from pipelines.extraction.organizations.words import branch_words, cue_before, cues, kind, spans_of
from pipelines.extraction.patterns import guarded, one_of

FIRMS = r"(?:企业|公司|机构|厂商|院校|高校|院所|银行|商会|协会|单位|园区|集团|巨头|龙头|名企|央企|国企|民企|外企|厂家)"
HEAD = re.compile(
    "领军|龙头|头部|一流|知名|骨干|链主|标杆|重点|世界|国际|大型|上市|跨国|优质|优秀|先进|标志性|独角兽|示范|行业|国内|本土"
)
COUNT = r"(?:\d+|[一二两三四五六七八九十]{1,3})(?:余|多)?(?:家|个|所|座)"
CLAUSE = re.compile(r"[，,。；;：:！？\n]")
COPULA = re.compile(r".*(?:是|以|包括|如|像|由)")
OPENS = guarded(
    r"(?<!成员)(?<!发起)(?<!会员)(?:企业|公司|项目|厂商|商家|园区|单位|客户)(?:名单)?(?:主要|分别|还)?(?:有|包括|涵盖|为|是|如|[：:])[：:]?(?=[^，,。；;]{0,80}、)"
)
AWARDS = re.compile(r"授予(?P<list>[^“”，,。；;：:]{3,160})“")
CLOSES = re.compile(r"[，,。；;！？\n]|等")
ASIDE = re.compile(r"(?:[（(][^（）()]*[）)])+$|(?:等|项目|工程)+$")
LEADING = re.compile(
    r"(?:已有|现有|拥有|内有|与|和|及|同时|其中|另外|此外|目前|今年|去年|此前|还有|包括|以及|如|像|由|对|让|以|是|将)+"
)
LONGEST_CASE, LONGEST_LIST = 30, 240
REACH = 60
FEWEST = 2


@lru_cache(maxsize=1)
def _closed() -> re.Pattern[str]:
    """A list that is closed by a count or 等, and what it is a list of."""
    return guarded(
        rf"(?P<close>等?{COUNT}|等(?:一批|一大批|众多|多家|多个|{COUNT})?)(?P<what>[\u4e00-\u9fff“”]{{0,10}}?(?:案例|{FIRMS}|(?<=家)(?=[，,。；;）)])))(?P<count>{COUNT})?"
    )


@lru_cache(maxsize=1)
def _honours() -> re.Pattern[str]:
    return guarded(one_of(cue for cue, relation in cues("after").items() if relation == "honoured"))


@lru_cache(maxsize=1)
def _settles() -> re.Pattern[str]:
    return guarded(one_of(cue for cue, relation in cues("after").items() if relation == "located"))


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    verbs = set(words("action_verb")) - kind("verb_in_name")
    return guarded(one_of([*cues("before"), *verbs]) + r"(?:了|出)?")


def counted(sentence: Sentence) -> Iterator[Named]:
    """Firms and cases of closed lists, with why they are named."""
    text = sentence.text
    if "授予" in text:
        yield from _awarded(sentence)
    if "、" not in text:
        return
    for match in _closed().finditer(text):
        begin = _clause_start(text, match.start())
        if not match["what"] and not match["close"].startswith("等"):
            # 建有国家级孵化器2家: nothing is named
            continue
        case = match["what"].endswith("案例")
        begin, cue = _behind_cue(text, begin, match.start(), case)
        parts = _parts(text, begin, match.start())
        relation = _relation(text, match, case, cue, _certain(sentence, parts))
        if relation is None or len(parts) < FEWEST or not (case or _all_plausible(sentence, parts)):
            continue
        for part in parts:
            yield Named(text[slice(*part)].strip(QUOTES), relation, part, match.span(), "counted-list", begin, begin)
    yield from _closed_by_deed(sentence)
    yield from _opened(sentence)
    yield from _all_firms(sentence)


@lru_cache(maxsize=1)
def _deeds() -> re.Pattern[str]:
    return guarded(one_of(cues("after").keys() | kind("list_deed")))


def _closed_by_deed(sentence: Sentence) -> Iterator[Named]:
    """信泰科技、百宏聚纤获评…: a list of firms that what they did closes."""
    text = sentence.text
    for match in _deeds().finditer(text):
        begin = _clause_start(text, match.start())
        if "、" not in text[begin : match.start()]:
            continue
        relation = cues("after").get(match[0], "other")
        begin, _ = _behind_cue(text, begin, match.start(), case=False)
        parts = _parts(text, begin, match.start())
        parts = _without_lead(sentence, parts)
        certain = any(firm_ending(text[slice(*part)], weak=True) for part in parts)
        # 乳制品、稀土新材料、现代煤化工入选: branches of industry
        certain = certain and not any(branch_words().fullmatch(text[slice(*part)]) for part in parts)
        if len(parts) >= FEWEST and certain and _all_plausible(sentence, parts):
            for part in parts:
                yield Named(text[slice(*part)].strip(QUOTES), relation, part, (0, 0), "list-before-deed", begin, begin)


def _all_firms(sentence: Sentence) -> Iterator[Named]:
    """博泰家具、大东方家具则…: a list of nothing but names that only firms have."""
    text = sentence.text
    if not sentence.cues & (ORGANIZATION | FIRM):
        return
    if not any(text.startswith("、", end) for _, end in spans_of(text, "firm_only")):
        return
    for match in _firm_list().finditer(text):
        begin = max(_clause_start(text, match.start()), match.start())
        begin, _ = _behind_cue(text, begin, match.end(), case=False)
        parts = _parts(text, begin, match.end())
        parts = _without_lead(sentence, parts)
        certain = len(parts) >= FEWEST and all(firm_ending(text[slice(*part)]) for part in parts)
        if certain and _all_plausible(sentence, parts):
            for part in parts:
                yield Named(text[slice(*part)].strip(QUOTES), "other", part, (0, 0), "firms-alone", begin, begin)


@lru_cache(maxsize=1)
def _firm_list() -> re.Pattern[str]:
    one = rf"[\u4e00-\u9fffA-Za-z（）()]{{2,14}}?{one_of(kind('firm_only'))}"
    return re.compile(rf"{one}(?:、{one})+(?:和{one})?(?!集团|公司|有限|股份|[\u4e00-\u9fff]{{0,2}}(?:产业|行业|园))")


def _awarded(sentence: Sentence) -> Iterator[Named]:
    """授予拓普集团、均胜电子“…”称号."""
    text = sentence.text
    for match in AWARDS.finditer(text):
        listed = re.sub(rf"等?{COUNT}?(?:企业|单位|公司)?$|等$|为$", "", match["list"])
        parts = _parts(text, match.start("list"), match.start("list") + len(listed))
        if all(firm_ending(text[slice(*part)], weak=True) or len(parts) >= FEWEST for part in parts):
            for start, end in parts:
                if plausible(text[start:end], sentence, start):
                    yield Named(
                        text[start:end].strip(QUOTES), "honoured", (start, end), (0, 0), "awarded", start, start
                    )


def _opened(sentence: Sentence) -> Iterator[Named]:
    """代表性企业有：A、B和C。: a list that its heading opens and the end of the sentence closes."""
    text = sentence.text
    for match in OPENS.finditer(text):
        stop = CLOSES.search(text, match.end(), match.end() + LONGEST_LIST)
        parts = _parts(text, match.end(), stop.start() if stop else min(len(text), match.end() + LONGEST_LIST))
        parts = [(start, start + len(ASIDE.sub("", text[start:end]))) for start, end in parts]
        if (
            len(parts) >= FEWEST
            and any(firm_ending(text[slice(*part)], weak=True) for part in parts)
            and _all_plausible(sentence, parts)
        ):
            for part in parts:
                name = text[slice(*part)].strip(QUOTES)
                yield Named(name, "located", part, (0, 0), "opened-list", match.end(), match.end())


def _certain(sentence: Sentence, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether a name of a list ends as firms are called, or all say where they come from (桂林爱家、深圳裕同)."""
    places = {mention.start: mention.end for mention in sentence.mentions if mention.code}
    return any(firm_ending(sentence.text[slice(*part)], weak=True) for part in parts) or all(
        places.get(start, end) < end for start, end in parts
    )


def _without_lead(sentence: Sentence, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The names without what leads to them: 制造商|深圳某科技."""
    names = [(max(start, left_edge(sentence, end)), end) for start, end in parts]
    # 恒安集团共建的运动健康|联合…: what stands behind 的 is no name of the list
    of = any("的" in sentence.text[part[0] : name[0]] for part, name in zip(parts, names, strict=True))
    return [] if of else names


def _all_plausible(sentence: Sentence, parts: Sequence[tuple[int, int]]) -> bool:
    return all(plausible(sentence.text[start:end], sentence, start) for start, end in parts)


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


def _relation(text: str, match: re.Match[str], case: bool, cue: str | None, certain: bool) -> str | None:
    """Why the names of a list are named; certain tells that one of them ends as firms are called."""
    stop = CLAUSE.search(text, match.end(), match.end() + REACH)
    after = text[match.end() : stop.start() if stop else match.end() + REACH]
    if _honours().search(after):
        return "case" if case else "honoured"
    if case:
        return None
    if _settles().match(after):
        return "located"
    headed = certain or HEAD.search(match["what"]) or re.search(COUNT, match["close"])
    relation = cues("before").get(cue or "") or cues("before").get(f"{cue}了")
    if SERVES_AS.match(text, match.end()):
        return "located"
    if relation is None and (certain or re.search(COUNT, match["close"])):
        return "other"
    return relation if headed or relation == "visited" else None


def _parts(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The names of a list, the last also behind 和, which may be part of a name (富和家具)."""
    parts = []
    position = begin
    for piece in re.split(r"(、|(?<=[^、]{2})和(?=[^、]{2,}$))", text[begin:end]):
        if piece not in ("、", "和") and piece:
            parts.append((position, position + len(piece)))
        position += len(piece)
    return [(start, stop) for start, stop in parts if stop - start <= LONGEST_CASE]
