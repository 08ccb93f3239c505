"""Which of the places that a sentence names can be what its numbers are about.

Here: telling a subject (昆山市实现…) from the places beside it: yardsticks (高于全省), partners (与江阴签约) and
destinations (赴深圳招商). Not here: finding names of places (`places`), how far a subject reaches (`reach`) and the
choice among those that reach a number (`where`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.extraction.gazetteer import containers, contains
from pipelines.extraction.indicators import metric_heads, names_indicator
from pipelines.extraction.lexicon import alternation
from pipelines.extraction.patterns import guarded
from pipelines.extraction.places import Mention, scope_before

JOINED = re.compile(r"^(?:\s*[、和与及]\s*|\s*以及\s*|\s*[,，]?\s*以及\s*|)$")
# parts of one list, or of one name (新疆|阿克苏地区); 义乌市与昆山市相比 is none
LINKED = re.compile(r"^\s*(?:[两三四五六七八九十]国)?[、和及]?\s*$")
# 全国居民人均可支配收入 is the country's, 全国重点实验室 a kind of laboratory; 江西省新增高新技术企业900家
COUNTRY_TOTAL = re.compile(
    r"(?:[（(][^）)]{1,20}[)）])?(?:(?:19|20)\d{2}年)?(?:的|实现|完成)?(?:GDP|经济总量|工业|外贸|国内生产总值|生产总值|居民|城镇|农村|人均|人口|总人口|粮食|规模以上|规上|社会消费品|固定资产投资|进出口|一般公共预算|财政|CPI|常住|平均|仅有|共有|现有|共|唯一"
    r"|(?:新增|新建|建成|接待|拥有|累计|引进|发放)[^，,；;。的\d]{2,12}\d"
    r"|[\d,]+多?个(?:县[（(市]|县(?![级域])|乡镇|行政村|地级市|设区市|城市(?!群))(?![^，。；]{0,12}[中里内])"
    r"|(?:实现|完成)[^，,；;。的\d]{2,12}\d|(?:平均)?(?:同比)?(?:增长|下降|上涨)\s?\d)"
)
# 全县…增长7.1%，|全省|增长6.4%: the same figure of what is around it
GREW = re.compile(r"(?:平均(?:水平)?)?(?:同比)?(?:增长|下降|上涨|增[速幅](?:为|达)?)\s?\d")
# 锦界工业园区|位于神木市|锦界镇: where it lies
LIES_IN = re.compile(r"(?:[（(][^（()）]*[）)])?[，,]?(?:位于|地处|坐落[于在]?|隶属于?)[\u4e00-\u9fff]{0,8}")
# 对非洲、拉丁美洲、|东盟|进出口: with whom
TRADED = re.compile(r"对[^，；。\d]{2,20}[、和与]$")
# 对“|一带一路|”沿线国家出口
TRADED_ALONE = re.compile(r"[对与][“\"]?$")
TRADE = re.compile(
    r"[”\"]?(?:沿线|共建)?(?:国家)?(?:和地区)?(?:等[\u4e00-\u9fff]{0,6})?的?(?:货物)?(?:进出口|出口|进口|贸易)"
)
# 从|全国|看，2023年GDP增长5.2%
SEEN = re.compile(r"(?:范围|层面)?(?:来)?看[，,：:]")
TIME_BEHIND = re.compile(
    r"(?:(?:19|20)\d{2}年(?:度|末|底|上半年|前三季度)?|去年|今年|上年|前三季度|上半年|[一二三四]季度|全年"
    r"|\d{1,2}[-—–~至]\d{1,2}月份?|前[一二三四五六七八九十\d]{1,2}个月)(?:末|底|同期)?[，,]?(?:全[省市州]的?)?|全[省市州]"
)
ENTERED = re.compile(r"[\s“]*(?:近日[，,]?|日前[，,]?|记者)*(?:走进|来到|踏进|步入)(?:了)?")
CLAUSE_MARKS = tuple("，,；;而")
# 中国|百强县盘点, 全国|重点文物保护单位: lists and titles that places have
TITLED = re.compile(
    "[百千十]强|[\\d一二三四五六七八九]+强|重点|示范|文明|首批|优秀|先进|模范|特色|名[镇村城优特]"
    # 云南省|院士专家工作站|达3个, in a county: a kind that the province bestows
    "|[\u4e00-\u9fff]{0,10}(?:工作站|技术中心|研究中心|实验室|名牌|著名商标|示范基地|众创空间|孵化器|特色小镇|传统村落)"
)
# 江苏|百强镇数量最多、达到41个: how many of a list lie there
SEATS_OF = re.compile(
    r"(?:上榜|入围|入选)?(?:的)?[百千]强[县镇市区]{1,3}(?:数量?|总数|共?有|共|占|达)|\s?\d{1,3}[个席家](?=[、，。,;；]|$)"
)
# 江苏省|有23个县市入围, 泉州市|共有12家企业上榜, 南充市|下辖9县（市、区）
HOLDS = re.compile(
    r"(?:共|总共|现|一共)?有\d{1,3}[个家][^，；。\d]{1,12}(?:入围|上榜|入选|入榜|进入|跻身)|(?:共|总共)?(?:入围|上榜|入选|入榜)\d{1,3}[个家席]"
    r"|下?辖\d"
)
# 我国|花炮产量|占全球的80%, 全国|花炮产量|3000万箱
MEASURED = re.compile(
    r"(?P<noun>(?![最首第前唯排居平])[\u4e00-\u9fff]{2,10}?)(?:已|共|约|超过?|突破|达到?|为|占|仅|增长|下降|同比|比上年|近)*(?:全球|世界|全国)?(?:的)?(?:约|超过?|近)?\d"
)
COMPARED_WITH = guarded(
    r"(?:比(?![例重率])|较(?!大|快)|高于|低于|优于|快于|好于|多于|少于|大于|小于|强于|不及|不如|紧跟|仅次于|除)[^，；、。：]{0,8}$"
)
# 高于全国|1.5个、|全省|0.2个百分点: what the second number is compared with
NEXT_YARDSTICK = re.compile(r"(?:平均(?:水平)?)?\d[\d.]*个?(?:百分点)?[、和，]\s?")
POINTS_BEHIND = re.compile(r"(?:平均(?:水平)?)?\d[\d.]*个?百分点")
YARDSTICK = re.compile(
    r"(?:率先|领先|首创|首家|首个|排(?![查放水污涝灌洪])|居(?!民)|位|前|第|首|平均(?!水平(?:为|达|是)|增速为)|人均(?!GDP)|总量|水平|唯一|最|同期)"
)
# 在全省|县（市、区）中仅次于…: among whom
AMONG_ALL = re.compile(
    r"(?:\d{1,3}个)?(?:县[（(][市区旗、]{1,4}[)）]|县市区|县市|县区|市州|县|市|区|镇)[^，。；\d]{0,4}[中里](?:[仅位列名排居]|稳居)"
    # 在全省|综合考核中列第26位
    r"|[\u4e00-\u9fff]{0,12}(?:考核|考评|评价|评估|测评|评比|排名)中?(?:[位列名排居获]|稳居)"
)
# 与上海市青浦区|签约共建园区: who a place acts with; 与江阴市|相比: what it is held against
PARTNER_BEFORE = guarded(r"(?:^|[，,；;：:。]|[市县区省州旗镇园委府])[与和同跟][^，,；;。、]{0,6}$")
# 江苏某船配公司与|城固县|签订
FIRM_WITH = re.compile(r"(?:公司|集团|企业|股份|客商|商会)(?:分别|已|成功)?[与和同跟]$")
SIGNS = re.compile(r"(?:人民政府|政府|管委会)?(?:成功|正式)?签[订署约下]")
JOINT = re.compile(r"[与和同]")
COMMON = re.compile(r"[^，,；;。]{0,4}(?:共建|合作|联合|共同)[^，,；;。]{0,4}的")
# 成都—阿坝工业园区: two places in one name
DASH = re.compile(r"\s*[—–\-－~～至]+\s*")
DESCRIBED = ("辖的", "邻的", "壤的", "界的")
SETTLED = re.compile(r"(?:落户|扎根|落地|入驻)(?:在|于)?$")
# 长沙市|美丽乡村示范村，蔬菜基地600亩: an honour that a village has from its city
HONOUR = re.compile(
    r"(?:[\u4e00-\u9fff“”]{0,8}(?:示范|文明|特色|先进|生态|卫生|小康|明星))?(?:美丽乡村|[乡山]?村|名?镇|社区)(?=[，。；])"
)


IS_BEFORE = re.compile(r"(?:是|为|系|成为|作为)$")
ONE_OF_ALL = re.compile(
    r"[^，。；\d]{0,8}(?:最|首[个家批]|唯一|主战场|主阵地|重要|重点|核心|中心|龙头|大户|支柱|第一大|[大强]镇|大县|窗口|引擎|之一|基地|名片)"
)
# 石狮市|与|盐池县|结对后，镇里的干菜进了超市: who they are, and not what is told next
TOGETHER = re.compile(r"[与和同]")
LINKED_UP = re.compile(r"(?:结对|结为|签约|携手|牵手|开展)[^，。；]{0,12}(?:后|以来)[，,]")
# 据全省|5‰人口变动抽样调查推算: where the survey was made
SURVEYED = re.compile(r"[\d.‰%]*(?:人口|劳动力|住户)(?:变动)?(?:情况)?抽样调查")
# 人均GDP仅为全省|的三分之一
WORTH = ("为", "是", "有", "相当于", "约为", "不足", "不到")
FRACTION_OF = re.compile(
    r"(?:平均(?:水平)?)?(?:的(?:近|约|超过?|不足|不到)?(?:[一二三四五六七八九十]+分之|[一二两三四五六七八九]成|[\d.]+[%％])"
    # 以不到南安|十分之一的面积
    r"|[一二三四五六七八九十]+分之[一二两三四五六七八九])"
)
# 北京|来廊投资项目21个: where they come from
COMING = frozenset("来赴到")
COMES = re.compile(r"[来赴到][\u4e00-\u9fff]{1,2}(?:投资|考察|旅游|就业|务工|创业|游客)")
# 醴陵市GDP是株洲县|的11.4倍
OF_MULTIPLE = frozenset("的平同农渔牧城居乡镇村")
MULTIPLE_OF = re.compile(
    r"[农渔牧城居乡镇民村]{0,4}(?:平均(?:水平|数|值)?|同期(?:水平)?)?的(?:近|约|超过?)?[\d.一二两三四五六七八九十]+(?:多|余)?倍"
)


@lru_cache(maxsize=1)
def _partner_behind() -> re.Pattern[str]:
    """Words behind a place that make it a partner of the subject (与青浦区签约), within one clause."""
    return re.compile(r"[^，,；;。]{0,10}?" + alternation("place_partner"))


def bystanders(text: str, mentions: Sequence[Mention]) -> set[int]:
    """Offsets of the mentions that words around them make no subject, each with the list that it begins.

    Args:
        text: The sentence.
        mentions: The places that it names.

    Returns:
        Start offsets of yardsticks (高于全省), destinations (赴苏州、无锡招商) and partners (与江阴市、昆山市签约).
    """
    found: set[int] = set()
    previous: Mention | None = None
    surveyed = "抽样调查" in text
    for mention in mentions:
        beside = previous is not None and LINKED.match(text[previous.end : mention.start]) is not None
        before = text[max(0, mention.start - 7) : mention.start]
        behind = text[mention.end : mention.end + 1]
        if beside and previous is not None:
            # 赴苏州、无锡, 新疆|阿克苏地区: a list, or the parts of a name, is one
            aside = previous.start in found
        elif behind == "的" and SETTLED.search(before):
            # 落户昆山的外资企业: what has come is counted where it is
            aside = False
        else:
            aside = bool(
                # 金华市下辖的|义乌市, 与神木市毗邻的|红庆河镇: what the words describe is the subject
                (scope_before().search(before) and not before.endswith(DESCRIBED) and not _entered(text, mention))
                or COMPARED_WITH.search(text[max(0, mention.start - 11) : mention.start])
                or (
                    not signs_with(text, mention)
                    and PARTNER_BEFORE.search(before)
                    and _partner_behind().match(text, mention.end)
                )
                or (behind in OF_MULTIPLE and MULTIPLE_OF.match(text, mention.end))
                or (before.endswith(WORTH) and FRACTION_OF.match(text, mention.end))
                or (behind in COMING and COMES.match(text, mention.end))
                or (mention.level in ("prefecture", "province") and HONOUR.match(text, mention.end))
                or (TRADE.match(text, mention.end) and TRADED.search(text, 0, mention.start))
                or (
                    mention.level == "group"
                    and TRADED_ALONE.search(text, 0, mention.start)
                    and TRADE.match(text, mention.end)
                )
                or (surveyed and SURVEYED.match(text, mention.end))
                or (
                    previous is not None
                    and previous.start in found
                    and NEXT_YARDSTICK.fullmatch(text, previous.end, mention.start)
                    and POINTS_BEHIND.match(text, mention.end)
                )
            )
        if (
            previous is not None
            and TOGETHER.fullmatch(text, previous.end, mention.start)
            and LINKED_UP.match(text, mention.end)
        ):
            found |= {previous.start, mention.start}
        if aside:
            found.add(mention.start)
            if previous is not None and JOINT.match(text, previous.end) and COMMON.match(text, mention.end):
                # 甘孜州与眉山市共建的园区: told of is the park, not the one or the other
                found.add(previous.start)
        previous = mention
    return found


def signs_with(text: str, mention: Mention) -> bool:
    """Whether a firm signs with a place, where its project lies then: 某船配公司与|城固县|签订…项目，投资4.8亿元.

    Args:
        text: The sentence.
        mention: The place.
    """
    return FIRM_WITH.search(text, 0, mention.start) is not None and SIGNS.match(text, mention.end) is not None


def _entered(text: str, mention: Mention) -> bool:
    """走进|周庄镇，今年已建成民宿320家: where the reporter is, and what is told of."""
    part = mention.level in ("town", "zone", "locality") and text[mention.end : mention.end + 1] in ("，", ",")
    return part and ENTERED.fullmatch(text, 0, mention.start) is not None


def subjects(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that can be what a sentence is about: no bystanders, not the outer part of 苏州昆山.

    Args:
        text: The sentence.
        mentions: The places that it names.
    """
    found: list[Mention] = []
    around: set[str] = set()
    aside = bystanders(text, mentions)
    for index, mention in enumerate(mentions):
        if mention.start in aside:
            continue
        if mention.level == "country" and not is_measured(text, mention):
            continue
        # 该市|居百强县首位: what 该 points at is no yardstick
        within = (mention.own and mention.text[0] not in "该此") or text[mention.start - 1 : mention.start] == "在"
        if within and AMONG_ALL.match(text, mention.end):
            continue
        if mention.own and IS_BEFORE.search(text, 0, mention.start) and ONE_OF_ALL.match(text, mention.end):
            # 楚雄高新区是|全州|工业主战场, 为|全县|人口最多的乡镇: what the subject is one of
            continue
        # 全村|人均收入超3万元: a village is no yardstick
        yardstick = within and mention.level != "locality" and YARDSTICK.match(text, mention.end)
        told = text[mention.start - 1 : mention.start] in CLAUSE_MARKS and (
            GREW.match(text, mention.end) or HOLDS.match(text, mention.end) or _is_told(text, mention)
        )
        # 廿三里街道从业人员8600人；|全市|来料加工从业人员12.6万人
        anew = mention.own and text[mention.start - 1 : mention.start] in ("；", ";")
        if (yardstick or (mention.code in around and not anew)) and not (told or names_indicator(text, mention.end)):
            # 青秀区是南宁市的核心城区: what contains the subject is no new subject
            continue
        if _dashed(text, mentions, index):
            continue
        if found and LIES_IN.fullmatch(text, found[-1].end, mention.start):
            continue
        before = mentions[index - 1] if index and mentions[index - 1].end == mention.start else None
        if mention.level == "group" and before is not None and before.level != "country":
            # 平凉、庆阳|两市: the group is the places before it, and 全国|百强县 all of a list
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if following and following.level == "locality" and following.start == mention.end:
            # 七里营镇|刘庄村
            continue
        if (
            following
            and following.start - mention.end <= 1
            and following.code
            and mention.code
            and not text[mention.end : following.start].strip("的")
            and contains(mention.code, following.code)
        ):
            continue
        found.append(mention)
        around |= containers(mention.code)
    return found


def _is_told(text: str, mention: Mention) -> bool:
    """插旗镇芥菜种植面积3万亩，|全县|芥菜种植面积24万亩: the same figure of all of it."""
    figure = MEASURED.match(text, mention.end) if mention.own else None
    # 全市拥有3家上市公司，|全省|占比2.1%: no figure of the province
    return figure is not None and figure["noun"][0] != "占" and metric_heads().search(figure["noun"]) is not None


def is_measured(text: str, mention: Mention) -> bool:
    """Whether a figure of a place that contains others stands behind its name.

    全国城乡居民收入之比 and 我国花炮产量 are the country's; 全国文明城市 is a title, and the county's own.

    Args:
        text: The sentence.
        mention: The place.
    """
    # 宁波市|前三季度|地区生产总值12456亿元: when it was stands between
    seen = SEEN.match(text, mention.end)
    told = TIME_BEHIND.match(text, seen.end() if seen else mention.end)
    at = told.end() if told else seen.end() if seen else mention.end
    if COUNTRY_TOTAL.match(text, at):
        return True
    if mention.level != "country" and (SEATS_OF.match(text, mention.end) or HOLDS.match(text, mention.end)):
        # 全国|百强县达到5个 is a title, as the country has a hundred of them
        return True
    if mention.level != "country" and mention.text != mention.name:
        # 山西汾酒实现营业收入319亿元 is a firm's
        return False
    if TITLED.match(text, mention.end):
        return False
    if names_indicator(text, at) and not names_indicator(text, mention.start):
        return True
    measured = MEASURED.match(text, at)
    return measured is not None and metric_heads().search(measured["noun"]) is not None


def _dashed(text: str, mentions: Sequence[Mention], index: int) -> bool:
    """成都—阿坝工业园区: whether a mention is an end of a stretch or a half of a name."""
    mention = mentions[index]
    if index and DASH.fullmatch(text, mentions[index - 1].end, mention.start):
        return True
    return index + 1 < len(mentions) and DASH.fullmatch(text, mention.end, mentions[index + 1].start) is not None
