"""The unit that a paragraph is about: a zone, a town, a house or another county that opens it, until another comes.

Here: telling that a paragraph begins with one, and what goes on as it. Not here: the place of a number (`where`) and
what else a paragraph changes (`flow`).
"""

from dataclasses import replace

from pipelines.extraction.blocks import Sentence
from pipelines.extraction.gazetteer import contains
from pipelines.extraction.place_meant import means_unit
from pipelines.extraction.places import Mention
from pipelines.extraction.reach import UNITS, is_lead_in, unit_acts
from pipelines.extraction.setting import Setting
from pipelines.extraction.subjects import subjects

# how far into a paragraph its subject begins, and what makes a place no subject of it
LONGEST_HEAD, JOINS = 4, frozenset("的与和同及在至到位距是被")
# the subject of a sentence stands among its first words
FIRST_NAMED, LONGEST_LEAD = 4, 40


def after_unit(sentence: Sentence, paragraph: Setting) -> Setting:
    """县开发区规划面积18平方公里。2024年…: the unit that opens a paragraph is its subject until another comes.

    So is another county (长沙县去年生产总值2216亿元。一般公共预算收入130亿元).

    Args:
        sentence: The sentence, with its setting.
        paragraph: What holds in its paragraph.

    Returns:
        What holds for the sentences behind it.
    """
    first = [mention for mention in sentence.mentions[:FIRST_NAMED] if mention.start < LONGEST_LEAD]
    heads = (one for one in subjects(sentence.text, first) if is_lead_in(_before(sentence, one)))
    opening = next(heads, None)
    if sentence.start == sentence.block.start:
        told = opening is not None and not opening.own and opening.level in UNITS
        told = told and opening is not None and unit_acts(sentence.text, opening)
        another = opening is not None and _is_another(opening, sentence.setting) and _acts(sentence.text, opening)
        unit = opening if told or another else None
    else:
        meant = opening is not None and paragraph.unit is not None and _goes_on_as(opening, paragraph.unit)
        unit = paragraph.unit if opening is None or meant else None
    return paragraph if unit is paragraph.unit else replace(paragraph, unit=unit)


def _before(sentence: Sentence, mention: Mention) -> str:
    """The words before a place, without the county that it lies in: 霍州市|大张镇."""
    around = next((one for one in sentence.mentions if one.end == mention.start and not one.own), None)
    return sentence.text[: around.start if around is not None else mention.start]


def _goes_on_as(mention: Mention, unit: Mention) -> bool:
    """Whether 全镇, 全县 or 该区 is the town, county or zone that the paragraph began with."""
    own_part = mention.own and unit.level in UNITS and mention.text[-1:] == unit.name[-1:]
    return own_part or means_unit(mention, unit)


def _is_another(mention: Mention, setting: Setting) -> bool:
    """Whether a county or a city is none of those that the document is about, or one of the counties of its city."""
    home = setting.place
    if home is None or mention.own or not mention.code or mention.level not in ("county", "prefecture"):
        return False
    if contains(home, mention.code):
        # 舞阳县主攻调味品, on a page of its city; 全市 behind 昆山市 would be the one or the other
        return mention.level == "county" and not mention.name.endswith("市")
    return mention.code != home and not contains(mention.code, home)


def _acts(text: str, mention: Mention) -> bool:
    """Whether a paragraph begins with what a county does or has: 召陵区|依托龙头企业, but not 召陵区|与许昌市签约."""
    behind = text[mention.end : mention.end + 1]
    return mention.start <= LONGEST_HEAD and "\u4e00" <= behind <= "\u9fff" and behind not in JOINS
