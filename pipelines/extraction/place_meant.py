"""Which place the words for it mean: 全县, 该市, 我市 and zones without a code.

Here: one mention, and the place in force where there is none. Not here: which of the mentions of a sentence has a
number (`where`), and finding them (`places`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.lexicon import registry
from pipelines.extraction.place_codes import code_in
from pipelines.extraction.places import Mention
from pipelines.extraction.reach import leads, opens
from pipelines.extraction.setting import Setting, Where
from pipelines.extraction.subjects import subjects

SPEAKS = re.compile(
    r"(?:市委|县委|区委|市|县|区)?(?:副?书记|副?[市县区]长|常委|局长|主任)[^，。：“]{0,12}(?:说|介绍|表示|告诉)"
)
# 桐城经济开发区, but not 经济开发区 alone
FULL_ZONE = re.compile(
    r"(?<=.{2})(?:高新技术产业开发区|经济技术开发区|经济开发区|综合保税区|[\u4e00-\u9fff]{2}(?:工业园区?|产业园区?|工业集中区|产业集聚区|科技园区?|物流园区?))$"
)
# 按照泉州市的规划: whose plan it is
BY_PLAN = re.compile(r"(?:按照|依照|按|根据|依据|对照)$")
PLAN_OF = re.compile(r"的?[\u4e00-\u9fff“”]{0,8}(?:规划|纲要|目标|蓝图|设想)")


def default_place(setting: Setting) -> Where:
    """The place in force where a sentence names none."""
    if setting.unit is not None:
        # 某开发区规划面积18平方公里。2024年实现主营业务收入312亿元
        unit = place_meant(setting.unit, setting, "", ())
        return Where(unit.code, unit.name, unit.text, "context")
    if setting.place:
        place = registry().places.get(setting.place)
        # a town is not among the places of six digits
        return Where(setting.place, place.name if place else setting.place_name, None, setting.place_basis)
    if setting.place_name:
        return Where(None, setting.place_name, None, "context")
    if setting.last_place is not None and setting.last_place.code and setting.last_place_near:
        return Where(setting.last_place.code, setting.last_place.name, None, "context")
    return Where(None, None, None, "unknown")


def pointed_at(mention: Mention, setting: Setting, mentions: Sequence[Mention]) -> Where | None:
    """赴长兴县考察，|该县|…: the one just named, whatever was said of it; None where no such words point at one.

    Args:
        mention: A place of the sentence.
        setting: What holds for the sentence.
        mentions: The places of the sentence.
    """
    if not mention.own or mention.text[0] not in "该此":
        return None
    before = [one for one in mentions if one.start < mention.start and not one.own and one.code]
    pointed = [*([setting.last_named] if setting.last_named else []), *before]
    pointed = [one for one in pointed if one.name.endswith(mention.text[-1])]
    if not pointed:
        return None
    return Where(pointed[-1].code, pointed[-1].name, None, "named" if before else "context", mention.start)


def place_meant(mention: Mention, setting: Setting, text: str, mentions: Sequence[Mention]) -> Where:
    """The place that a mention means: 昆山 itself, 全县 and 该县 by what stands before them.

    Args:
        mention: A place of the sentence.
        setting: What holds for the sentence.
        text: The sentence.
        mentions: Its places.
    """
    if mention.own and mention.level == "zone":
        return Where(None, mention.name, None, "document", mention.start)
    if mention.level == "locality":
        basis = "context" if mention.own else "named"
        return Where(None, mention.name or None, None if mention.name else mention.text, basis, mention.start)
    if mention.own and mention.code and _plan_of_another(mention, text, mentions):
        return Where(None, None, mention.text, "unknown", mention.start)
    if (pointed := pointed_at(mention, setting, mentions)) is not None:
        return pointed
    if mention.own and setting.unit is not None and means_unit(mention, setting.unit):
        return Where(setting.unit.code, setting.unit.name, None, "context", mention.start)
    if mention.own:
        named = _named_before(mention, text, mentions)
        if named:
            return Where(named[-1].code, named[-1].name, None, "named", named[-1].start)
        if mention.code:
            return Where(
                mention.code,
                mention.name,
                None,
                setting.place_basis if setting.place == mention.code else "context",
                mention.start,
            )
        if setting.last_place is not None and setting.last_place.name.endswith(mention.text[-1]):
            return Where(setting.last_place.code, setting.last_place.name, None, "context", mention.start)
        fallback = default_place(setting)
        return (
            fallback
            if (fallback.name or "").endswith(mention.text[-1])
            else Where(None, None, mention.text, "unknown", mention.start)
        )
    if not mention.code:
        zone = mention.level == "zone"
        official = mention.level == "town" or (
            zone and (mention.name in registry().zones or FULL_ZONE.search(mention.name) is not None)
        )
        words = mention.name if zone else mention.text
        return Where(None, mention.name if official else None, None if official else words, "named", mention.start)
    known = registry().places.get(mention.code)
    code = code_in(mention.code, setting.clock.year) if known is not None else mention.code
    # 蓬莱 was a city until 2020
    name = mention.name if code == mention.code else registry().places[code].name
    return Where(code, name, None, "named", mention.start)


def means_unit(mention: Mention, unit: Mention) -> bool:
    """Whether 全县 means the county that the paragraph began with: 进贤县…。|全县|规上工业企业210家.

    Args:
        mention: A place told of as one's own (全县, 该市, 我市).
        unit: The place that the paragraph is about.
    """
    county = unit.level in ("county", "prefecture") and bool(unit.code)
    return mention.own and county and mention.text[:1] in ("全", "该") and unit.name.endswith(mention.text[-1])


def _plan_of_another(mention: Mention, text: str, mentions: Sequence[Mention]) -> bool:
    """Whether 全市 can also be the city whose plan is told: 按照泉州市的规划，到2035年，全市….

    In a text about another city of that rank nothing certain tells which one is meant.
    """
    return mention.text[0] == "全" and any(
        other.end <= mention.start
        and other.code not in (None, "", mention.code)
        and other.name.endswith(mention.text[-1])
        and BY_PLAN.search(text[: other.start]) is not None
        and PLAN_OF.match(text, other.end) is not None
        for other in mentions
    )


def _named_before(mention: Mention, text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The places that 全县 can mean: those of its rank before it; in a text about one, only the head of the sentence.

    我市 is the writer's own where that is known, whatever city the sentence has named.
    """
    if mention.code and mention.text[0] in "我本":
        return []
    speaker = next((one for one in mentions[:1] if one.code and SPEAKS.match(text, one.end)), None)
    if speaker is not None and mention.text[0] == "全" and "“" in text[speaker.end : mention.start]:
        # 江阴市副市长说：“|全市|现有上市公司61家”, on the page of another county
        return [speaker]
    named = [
        other
        for other in subjects(text, mentions)
        if not other.own and other.start < mention.start and other.code and other.name.endswith(mention.text[-1])
    ]
    if mention.code and mention.text[0] == "全":
        named = [other for other in named if leads(text, other, mentions, 0) and opens(text, other)]
    return named
