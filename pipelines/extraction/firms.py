"""The firm that a sentence is about, so that its figures are not taken for those of the place.

Here: telling such a sentence by its head (该公司去年实现产值8.6亿元) or by who says it. Not here: firms as
organizations (`organizations`) and as entrants of lists (`rankings.entrants`).
"""

import re
from collections.abc import Sequence

from pipelines.extraction.patterns import guarded
from pipelines.extraction.places import Mention

# what may stand before the firm: a label, a time, a quotation mark
HEAD = (
    r"(?:^|[。；]|[：:]“?|(?:介绍|透露|表示)，)\s*[“]?(?:(?:(?:去年|今年)?(?:上半年|前三季度|[一二三四]季度|\d{1,2}[—\-~至]\d{1,2}月)|去年|今年|目前|如今|截至[^，。；]{1,10}"
    r"|(?:19|20)\d{2}年(?:上半年|前三季度)?|其中)，?|由)?+"
)
# ends of the names of firms that leave 股份有限公司 out
BRANDS = ("药业", "酒业", "铝业", "锂业", "乳业", "纸业", "重工", "锚链", "光电", "化纤", "啤酒")
NAMED = guarded(
    HEAD
    + r"(?:支持|引进的?|培育的?|骨干企业|龙头企业|链主企业)?(?P<firm>(?:位于|坐落)?[\u4e00-\u9fffA-Za-z（）()·]{2,24}?"
    r"(?:股份有限公司|有限公司|股份公司|集团(?!军|化|队)|公司|股份(?!经济|合作|制)"
    # 红河卷烟厂|卷烟产量82万箱, 济川药业|2023年营业收入96亿元
    r"|(?:卷烟|酒|发电|热电|水泥|糖|钢铁|制药|化肥|机械|纺织)厂|煤矿(?=20|去年|今年|实现|完成|年产)"
    + rf"|(?:{'|'.join(BRANDS)})(?=20\d\d年|去年|今年|上半年|[一二三四]季度|实现|完成|是)"
    # 东明镇绿源食用菌专业合作社|2009年由6户菇农发起
    r"|(?<!农民)(?<!农业)(?<!各类)(?<!型)(?<!土地)(?<!股份)(?<!经济)(?:专业合作社|(?<!专业)合作社|家庭农场|养殖场)"
    r"(?=20\d\d年|去年|今年|上半年|[一二三四]季度|现有|拥有|流转|种植|养殖|吸纳|带动|实现|完成|成立|[由是占]|年[产出])))"
    r"(?![数家们总在等、])"
)
# 企业|去年实现产值, but 企业资产负债率 is that of firms in general
MEANT = guarded(
    HEAD + r"(?P<firm>(?:该|这家|本)(?:公司|企业)"
    r"|(?:公司|企业)(?=[，现占拥已总累自]|去年|今年|年[产销内]|实现|完成|投|先后|每年|日[产处]|销售|营业|主营|国内|市场|(?:19|20)\d{2}年)"
    r"|该(?:厂|合作社|专业合作社|基地|农场|景区|园区|小区|酒店|学校|医院)|(?:该|本)(?:分|支)?行|我们(?:公司|企业|厂))(?![数家们的、业]|总(?:数|部|计|共|量))"
)
# 县农商银行发展较快，|该行|贷款余额80亿元
BANK = re.compile("(?P<firm>该(?:分|支)?行)(?![业为动政程列道])")
SAID_BY = re.compile(r"”[^。“]{0,24}?(?P<firm>(?:公司|企业|集团|厂)(?=[^，。]{0,12}(?:说|表示|介绍|告诉)))")
FIRM_WORDS = ("公司", "集团", "企业", "厂", "行", "该", "股份", "煤矿", "合作社", "农场", "养殖场", "基地", *BRANDS)
# 茅台集团实现营业收入1644亿元；|利润总额1080亿元；缴纳税费680亿元: what goes on of a firm behind a semicolon
OF_A_FIRM = re.compile(
    r"(?:实现|完成|上缴|缴纳|累计)*(?:利润|净利润|利税|税费|税金|税收|纳税|营业收入|销售收入|研发|员工|职工|出口创汇|拥有专利)"
)
# 今年预计产值15亿元, behind 该公司去年产值12亿元
GOES_ON = re.compile(
    r"(?:今年|去年|明年|目前|如今|预计|现有|达产后|投产后|20\d{2}年|全年|年内|上半年|[一二三四]季度|产品|公司|企业|其中"
    r"|(?:合作社)?(?:社员|理事长|董事长|总经理|负责人)|合作社(?![数家总]|\d))"
)
# 是|我市|纳税大户, 占|全市|工业增加值的75%: the place that it is one of
OF_WHICH = frozenset("是为系占")
OF_ALL = re.compile(r"全[省市县区州旗镇]|规上|规模以上|各[县市镇乡]|地区生产总值|GDP|财政|居民")
# 全市规上企业…, 公司制改革: no single firm
NO_FIRM = re.compile(
    r"上市|规上|规模以上|地方|村级|外资|全[市县省区]|各类|民营|龙头企业|高新技术|中小|重点|\d|[一二两三四五六七八九十]家"
)


def firm_of(text: str, at: int, mentions: Sequence[Mention] = ()) -> str | None:
    """The firm that a number is told of, None where it is told of the place.

    Args:
        text: The sentence.
        at: Where the number stands.
        mentions: The places that it names: one behind the firm is told of again.

    Returns:
        The words for it.

    Examples:
        >>> firm_of("该公司占地120亩，去年实现产值8.6亿元。", 16)
        '该公司'
        >>> firm_of("全市上市公司实现产值8.6亿元。", 10) is None
        True
    """
    if not any(word in text for word in FIRM_WORDS):
        return None
    said = SAID_BY.search(text, at) if "“" in text[:at] else None
    if said is not None and text.rfind("“", 0, at) > text.rfind("”", 0, at):
        return said["firm"]
    found = None
    for pattern in (NAMED, MEANT, BANK):
        for match in pattern.finditer(text, 0, at):
            if not NO_FIRM.search(match["firm"]) and (found is None or match.start() > found.start()):
                found = match
    if found is None or "。" in text[found.end() : at]:
        return None
    part = text.rfind("；", found.end(), at)
    if part >= 0 and OF_A_FIRM.match(text, part + 1) is None:
        return None
    behind = [one for one in mentions if found.end() <= one.start < at and one.level != "country"]
    if any(text[one.start - 1] not in OF_WHICH for one in behind):
        return None
    return found["firm"]


def firm_told(text: str, mentions: Sequence[Mention]) -> str:
    """The firm that a sentence is about to its end, which the next can go on about; "" for none.

    Args:
        text: The sentence.
        mentions: The places that it names.
    """
    return firm_of(text, len(text.rstrip("。！；")), mentions) or ""


def goes_on(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence has no subject of its own, so that it is told of the firm of the sentence before.

    Args:
        text: The sentence.
        mentions: The places that it names.
    """
    return GOES_ON.match(text) is not None and not mentions and OF_ALL.search(text) is None
