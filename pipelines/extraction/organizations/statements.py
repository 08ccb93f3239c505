"""Organizations known by the end of their name, and what a sentence says of them.

Here: lists behind a cue (考察了, 成立了), names before a cue (在昆山揭牌, 落户, 举办) and firms under their full legal
name. Not here: lists without suffixes (`counted`), cutting out names (`names`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.blocks import LISTING, ORGANIZATION, Sentence
from pipelines.extraction.facts import Span
from pipelines.extraction.organizations.names import QUOTES, SERVES_AS, is_name, left_edge, listed
from pipelines.extraction.organizations.words import cue_after, cue_before, cues, kind, suffix
from pipelines.extraction.patterns import guarded, one_of

REMARK = re.compile(r"[（(][^（）()]{1,40}[）)]")
ALLIANCE = re.compile(r"联盟|共同体|专班|小组|机制|团队")
INVESTS = re.compile(r"(?P<cue>领投|跟投|参投)")
INVESTOR = re.compile(r"(?:由|老股东|新股东|投资方|投资机构|机构|，|,|^)+(?P<list>[^，,。；;由]{2,60})$")
FOUNDS = re.compile(r"[，,](?:在|于|又|还|先后|共同)[^，,。；;]{0,14}?(?:成立|设立|组建|创办)了?")
FOUNDER = re.compile(
    r"(?:^|[，,。；;])(?P<name>[^，,。；;、的在是]{2,14}?(?:局|集团|公司|大学|研究院|科学院|总会|协会))(?=[\u4e00-\u9fff])"
)
ASIDE = re.compile(r".*——")
GOING = frozenset("赴到往入在")
SERVING = re.compile(rf"以(?P<list>[^，,。；;以]{{3,80}}?){SERVES_AS.pattern}")
# “六小龙”之一的云深处科技公司: one of a group by name
ONE_OF = ("”之一的", "》之一的")
# 在某公司，一行人详细了解…
STOPS = re.compile(
    r"(?:(?<=[，,。；;：:！\n])|^)(?:[^，,。；;]{0,8})?(?:在|走进)(?P<list>[^，,。；;在]{3,60})[，,]"
    r"(?=[^。；;]{0,40}(?:了解|察看|查看|参观|询问|考察|调研|走进|听取|观看|观摩|走访|交谈))"
)
# 某省某产业联盟2010年成立: what an event sets up is told in `outcomes`, what is long there is a body
OLD_ALLIANCE = re.compile(
    r"(?<![^，,。；;：:“”\n])(?P<name>[^，,。；;：:“”\s的]{4,36}联盟)”?(?:[，,])?(?:于)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:正式)?(?:成立|组建|创建)"
)
STRONG = frozenset(("visited", "established", "member", "parent"))
# 位于深圳市龙岗区: as far behind a cue as a place can stand
REACH_OF_PLACE = 8
CLAUSE_MARK = re.compile("[，,。；;：:]")
REACH_OF_FOUNDER = 160
LONGEST_INVESTOR = 18
ROUND = re.compile("融资|完成|轮")


@dataclass(frozen=True, slots=True)
class Named:
    """An organization and why it is named.

    Attributes:
        name: Its name.
        relation: Why it is named.
        span: Where the name stands in the sentence.
        told: Where the words behind it stand that say why; a place in them is its place.
        rule: Name of the rule.
        begins: Where its list begins; a place before that is its place.
        cue: Where the cue of its list stands; names of one cue were named for one occasion.
    """

    name: str
    relation: str
    span: Span
    told: Span
    rule: str
    begins: int
    cue: int = -1


@lru_cache(maxsize=1)
def _legal() -> re.Pattern[str]:
    return guarded(one_of(kind("legal")))


def named(sentence: Sentence) -> Iterator[Named]:
    """Organizations that a sentence names, most certain rule first."""
    text = sentence.text
    if "投" in text and INVESTS.search(text):
        yield from _investors(sentence)
    if "在" in text or "走进" in text:
        yield from _stops(sentence)
    if "联盟" in text:
        for match in OLD_ALLIANCE.finditer(text):
            yield _named(sentence, match.span("name"), "established", "alliance-of-a-year")
    if sentence.cues & LISTING:
        yield from _behind_cues(sentence)
    if not sentence.cues & ORGANIZATION:
        return
    yield from _before_cues(sentence)
    if "以" in text:
        yield from _serving(sentence)
    if "公司" in text:
        yield from _legal_names(sentence)
    yield from _founders(sentence)


def _named(
    sentence: Sentence, span: Span, relation: str, rule: str, told: Span = (0, 0), cue: int | None = None
) -> Named:
    name = sentence.text[span[0] : span[1]].strip(QUOTES)
    return Named(name, relation, span, told, rule, span[0], span[0] if cue is None else cue)


def _behind_cues(sentence: Sentence) -> Iterator[Named]:
    text = sentence.text
    for match in cue_before().finditer(text):
        relation = cues("before")[match[0]]
        if relation not in STRONG and relation != "located":
            continue
        for span in listed(sentence, match.end(), short=relation == "visited"):
            name = text[span[0] : span[1]]
            # “…联盟”“…中心”: what an event set up is told in `outcomes`
            if relation == "established" and (ALLIANCE.search(name) or text[span[0] - 1] == "“"):
                continue
            yield _named(sentence, span, relation, "behind-cue", cue=match.start())
            if text.endswith(ONE_OF, 0, span[0]):
                yield _named(sentence, span, "member", "one-of", cue=match.start())


def _stops(sentence: Sentence) -> Iterator[Named]:
    """在格科半导体，考察团参观了…: where those who visit stop."""
    text = sentence.text
    for match in STOPS.finditer(text):
        for span in listed(sentence, match.start("list"), match.end("list"), short=True, alone=True):
            yield _named(sentence, span, "visited", "stops-at", cue=match.start())


def _serving(sentence: Sentence) -> Iterator[Named]:
    """以A集团、B产业园为龙头: what an industry of the place rests on."""
    for match in SERVING.finditer(sentence.text):
        for span in listed(sentence, match.start("list"), match.end("list"), short=True):
            yield _named(sentence, span, "located", "serves-as", cue=match.start())


def _before_cues(sentence: Sentence) -> Iterator[Named]:
    text = sentence.text
    for match in suffix().finditer(text):
        remark = REMARK.match(text, match.end())
        end = remark.end() if remark else match.end()
        cue = cue_after().match(text, end)
        if cue is None:
            continue
        start = left_edge(sentence, match.end())
        name = text[start : match.end()].strip(QUOTES)
        relation = cues("after")[cue["cue"]]
        # 赴某公司走访; 某公司考察了我市 is the guest
        if relation == "visited" and text[start - 1 : start] not in GOING:
            continue
        if is_name(name, sentence, start) and not ALLIANCE.search(name):
            told = _clause_behind(text, end, cue.end()) if relation in ("located", "established") else (0, 0)
            yield _named(sentence, (start, match.end()), relation, "before-cue", told)
            yield from _listed_before(sentence, start, relation)


def _clause_behind(text: str, start: int, end: int) -> Span:
    """Where the place of what was founded or settled stands: behind the cue, before the next clause begins."""
    mark = CLAUSE_MARK.search(text, end, end + REACH_OF_PLACE)
    return start, mark.start() if mark else end + REACH_OF_PLACE


def _listed_before(sentence: Sentence, start: int, relation: str) -> Iterator[Named]:
    """由A、B和C承办: names of the list that the cue closes."""
    text = sentence.text
    while start > 1 and text[start - 1] in "、和与":
        end = start - 1
        start = left_edge(sentence, end)
        name = text[start:end].strip(QUOTES)
        if start >= end or not name.endswith(tuple(kind("suffix"))) or not is_name(name, sentence, start):
            return
        yield _named(sentence, (start, end), relation, "listed-before-cue")


def _legal_names(sentence: Sentence) -> Iterator[Named]:
    """A firm under its full name is worth a row wherever it stands."""
    text = sentence.text
    for match in _legal().finditer(text):
        start = left_edge(sentence, match.end())
        name = text[start : match.end()].strip(QUOTES)
        if is_name(name, sentence, start):
            placed = any(
                start <= mention.start < match.end() and mention.level not in ("country", "group")
                for mention in sentence.mentions
            )
            yield _named(sentence, (start, match.end()), "located" if placed else "other", "legal-name")


def _investors(sentence: Sentence) -> Iterator[Named]:
    """由A领投，B、C跟投: who put up the money."""
    text = sentence.text
    begin = 0
    for match in INVESTS.finditer(text):
        found = INVESTOR.search(text[begin : match.start()])
        if found is not None:
            position = begin + found.start("list")
            for part in re.split(r"(、|和|与)", found["list"]):
                if 1 < len(part) <= LONGEST_INVESTOR and not ROUND.search(part):
                    yield _named(sentence, (position, position + len(part)), "other", "investor")
                position += len(part)
        begin = match.end()


def _founders(sentence: Sentence) -> Iterator[Named]:
    """国家某局高度重视…，在苏州成立了某中心: who stands behind what was set up, and that itself behind a dash."""
    text = sentence.text
    for match in FOUNDS.finditer(text):
        mark = re.search(r"[。；;]", text[match.end() :])
        stop = match.end() + (mark.start() if mark else len(text) - match.end())
        aside = ASIDE.match(text[match.end() : stop])
        founded = list(listed(sentence, match.end() + (aside.end() if aside else 0), stop))
        if not founded:
            continue
        for span in founded if aside else ():
            yield _named(sentence, span, "established", "founded")
        begin = max(0, match.start() - REACH_OF_FOUNDER)
        clause_start = max(text.rfind("。", begin, match.start()), text.rfind("；", begin, match.start()), begin)
        founders = list(FOUNDER.finditer(text, clause_start, match.start()))
        if founders:
            yield _named(sentence, founders[-1].span("name"), "parent", "founder")
