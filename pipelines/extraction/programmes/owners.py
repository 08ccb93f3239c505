"""Whose a programme is, and its field.

Here: the place or group that runs it, and the domain that its words tell. Not here: names (`names`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.lexicon import registry
from pipelines.extraction.place_meant import default_place
from pipelines.extraction.places import Mention
from pipelines.extraction.programmes.name import Name
from pipelines.extraction.programmes.vocabulary import domain_words, domains, joins
from pipelines.extraction.where import subjects

CLAUSE = re.compile(r"[，。；：、！？,;:]")
BEGINS = re.compile(r"(?:^|[，。；：,;:“”—\s]|[年起来月日])$")
# …、生态治理、民生共享|三大工程: what stands right before is the last part
LISTED = re.compile(r"、[^，。；：！？]*$")
WORDS_BEFORE = 12


def owner_of(sentence: Sentence, name: Name) -> tuple[str | None, str | None]:
    """Name and code of the place that runs a programme, None where the text does not tell.

    Args:
        sentence: The sentence.
        name: The programme.
    """
    text = sentence.text
    beside = next((mention for mention in sentence.mentions if mention.end == name.start), None)
    if beside is not None and beside.code in registry().places and beside.level != "country":
        # 学习浙江“千万工程”经验
        return beside.name, beside.code
    if joins().search(text, max(0, name.start - 8), name.start):
        # 积极参与…拓展带建设, 学习“千万工程”经验: what one joins or learns from is another's
        return None, None
    mentions = [mention for mention in sentence.mentions if mention.level != "country"]
    inside = [mention for mention in mentions if name.start <= mention.start and mention.end <= name.end]
    if inside and inside[0].start <= name.start + 1 and not inside[0].code and not name.text.endswith("组团"):
        # 长三角生态绿色一体化发展示范区 is not the place's that takes part in it
        return None, None
    before = [
        mention
        for mention in subjects(text, mentions)
        if mention.end <= name.start and mention.code and _begins_a_clause(text, mention)
    ]
    chosen: Mention | None = next(iter([*before[-1:], *inside]), None)
    if chosen is not None and chosen.code in registry().places:
        return registry().places[chosen.code].name, chosen.code
    if chosen is not None and chosen.code:
        return chosen.name, chosen.code
    where = default_place(sentence.setting)
    return where.name, where.code


def _begins_a_clause(text: str, mention: Mention) -> bool:
    """太仓将强化与嘉定、昆山的合作: who acts stands at the beginning of a clause."""
    return (
        BEGINS.search(text, max(0, mention.start - 6), mention.start) is not None and text[mention.end] not in "、和与"
    )


def domain_of(text: str, name: Name, members: Sequence[str] = ()) -> str:
    """The field of a programme: from its name, from the words behind it, from its parts or the words before it.

    Args:
        text: The sentence.
        name: The programme.
        members: What it consists of; parts of several fields make no field of the whole.

    Examples:
        >>> domain_of("实施街镇治理“基石工程”。", Name(6, 12, "基石工程", "scheme"))
        'governance'
    """
    told = _field(name.text) or _field(CLAUSE.split(name.tail)[0])
    before = text[max(0, name.start - WORDS_BEFORE) : name.start]
    if told is None and members and name.kind == "counted" and LISTED.search(before):
        fields = {_field(member) for member in members}
        told = fields.pop() if len(fields) == 1 else "other"
    return told or _field(CLAUSE.split(before)[-1]) or "other"


def _field(words: str) -> str | None:
    automaton, ranks = domain_words()
    # words that lie inside one another count as well
    found = automaton.find_matches_as_indexes(words, overlapping=True)
    return domains()[min(ranks[index] for index, _, _ in found)] if found else None
