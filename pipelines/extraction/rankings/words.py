"""Words of rankings: lists, ranks, streaks, and the standard names of lists.

Here: the patterns and the registry's lists. Not here: who stands where (`on_lists`, `of_indicators`).
"""

import re
from functools import lru_cache

from pipelines.extraction.lexicon import registry
from pipelines.extraction.numerals import parse_numeral
from pipelines.extraction.patterns import any_of, guarded

# possessive: 第22个 is no second
NUMERAL = r"(?:\s*+\d++\s*|[一二三四五六七八九十百]++)"
# what stands between who is ranked and the rank
ADVERB = (
    r"(?:继续|仍然?|均|也|都|再次?|双双|又|还|已经?|强势|成功|首次|一举|分别|依次|顺次|稳稳?|牢牢|同时|则|蝉联|同样|最终|共同|(?:[\u4e00-\u9fff]{1,3}地)"
    r"|(?:已)?连续第?[^，。；、第]{1,5}[年届次度]|连年|多年)*"
)
VERB = (
    r"(?:并列|位居|位列|位于|名列|排名|排在|排位|排到|排行|排|居于|居|列居|列|占据|占得|跻身|进入|进位至?|荣登|登上|登顶|升至|升到|上升[至到]|提升[至到]|前移[至到]|跃居|跃升[至到]"
    r"|退居|降至|降到|下滑[至到]|滑落[至到]|跌至|退至|入围|入选|闯入|挺进|囊括|摘得|斩获|夺得|获得|荣获|获|领跑|分列|分居|分获|高居|处于|为|保持|夺|霸占|守住|守擂|捧得|问鼎|包揽)"
)
# 首次上榜，|列第892位; 上升3位|列第41位: what may be told of the entrant before its rank
MOVED = (
    r"(?:(?:(?:首次|再次|再度|再|成功|新|新晋|强势|重新)*(?:上榜|进榜|入围|入选|入榜|登榜)"
    r"|(?:位次|排名|名次)?(?:较上年|比上年|较去年|比去年|较上届|比上届|同比)?(?:大幅)?(?:再?提升|再?上升|再?前移|再?前进|攀升|跃升|下降|下滑|后退|后移|再?进)(?:了)?"
    r"(?:\d+|[一二三四五六七八九十两]+)个?(?:位次?|名次?))[，,]?(?:至|到)?)"
)
# 第一书记, 第一动力, 第3产业 and 第14届 are no ranks
NO_RANK = (
    r"(?![产次届期批季轮个条章节款项方梯档类]|等[次级]|阵营|书记|时间|资源|动力|生产力|大|责任|要务|增长|线|人|家|所|座|台|次|年|阶段|步|站|城"
    r"|县(?!级)|村|学期|课|中学|医院|人民医院|小学|师|炮|粮|桥|楼|号)"
)
TOP = (
    r"(?:(?:榜单?|之)首|首位(?!度|产业|城市)|居首|榜首|首席|霸榜|领跑(?=[^，。；]{0,12}(?:强|榜|百佳))|头名|拔得头筹|拔了头筹|头筹|状元"
    r"|[“\"]?(?:\d+|[两三四五六七八九十]+)连冠)"
)
RANK = guarded(
    # 从113位|跃升至|83位: a rank without 第
    rf"(?:第|(?:(?<=[升移进降滑落][至到])|(?<=[居列排]))(?=\d{{1,3}}[位名]))(?P<rank>{NUMERAL})(?:名|位)?{NO_RANK}|(?P<top>{TOP})"
    r"|前(?P<within>\s*+\d++\s*|[一二两三四五六七八九十百]++)(?:名|位|强|列)?(?!年|个|天|后|期|三季度|两季度|\d|来|[%％‰.])"
)
REGION = (
    r"(?:中国|全国|全球|世界|全省|亚洲|财富|工信部|赛迪|中郡|江苏|浙江|福建|山东|广东|湖南|河南|四川|西部地区|西部|中部|东部|东北"
    r"|长江经济带)"
)
STRONG = (
    r"(?:[百千万十]强(?:县（市）|县\(市\)|县市|县级市|县域|县|区|镇|市|乡镇|城区|新城区|开发区|园区|榜|企业)?"
    r"|\d+强(?:县（市）|县\(市\)|县市|县|区|镇|市|企业|城市)?|[十百]佳(?:(?!榜单|名单|排行|[中里上]|公布|发布|揭晓|称号|荣誉)[\u4e00-\u9fff]){0,6}"
    r"|(?:竞争力|潜力|活力|创新力|发展|营商环境|幸福|宜居)[\u4e00-\u9fff]{0,6}(?:指数|排名|排行)|排行榜|榜单)"
)
LIST = re.compile(
    rf"(?:(?:19|20)\d{{2}}年?度?)?[“\"《]?"
    rf"(?P<list>{REGION}?(?:[\u4e00-\u9fffA-Za-z0-9·]|[(（][\u4e00-\u9fff]{{2,6}}[)）]){{0,14}}?{STRONG}(?:[(（]市[)）])?)[”\"》]?"
)
LIST_END = any_of(STRONG)
AFTER_LIST = re.compile(r"^[”\"]?(?:榜单|排行榜|名单|榜)?(?:中|里|上)?(?:一并)?(?:公开|公布|发布|出炉)?[,，]?")
# 增速居全国第二, 居福建省首位, 居全国县市第6位、浙江省第1位, 在湖南的县级市里排第一
GROUP = (
    r"(?:县[(（]市、区[)）]|县[(（]区[)）]|县级市|地级市|县\(市\)|县（市）|县市区?|省份|地市|设区市|区县|县区"
    r"|百强县|千亿县|县域|县级|城市|同类城市|省会城市|副省级城市|国家级?高新区|国家级?经开区|高新区|经开区|同行业|行业|县份"
    r"|(?:同类|省级(?:以上)?|国家级)?(?:开发区|工业园区|园区)|银行业金融机构|金融机构|商业银行)"
)
# 六区三县（市）, 12县市, 各乡镇: the parts of a place, counted or not
PARTS = (
    r"(?:(?:(?:\d+|[一二三四五六七八九十百]+)个?(?:县市区?|市县|县区|区县|市州|旗县市?区?|乡镇|街镇|镇街|[区县市旗州镇乡])"
    r"(?:[（(][^（）()]{1,6}[)）])?){1,3}|各?(?:乡镇|镇街|街镇|镇))"
)
# 八县区, 9个县（市、区）: of all the city that a county belongs to
BARE_PARTS = (
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})个?(?:县市区|县区|区县|旗县区|旗区|[县旗][（(][市区县旗、]{1,4}[）)])"
)
# 21家国家级经开区|中, 138家开发区|里
COUNTED = r"(?:(?:\d+|[一二三四五六七八九十百]+)[家个][\u4e00-\u9fff]{2,10}?(?=中|里|内))"
SCOPE_VERB = (
    r"(?:(?:连续[^，。；、第]{1,5}[年届次度]|连年|多年|常年|始终|一直|均|稳|并)*"
    r"(?:处于|分列|分居|分别列|分别居|排名?|蝉联|位居|位列|名列|稳居|居于|居|列在|列|排在|排到|排))?"
)
SCOPE_WORDS = (
    r"全国|全省|全市|全区|全州|全盟|全旗|全县|全球|世界|亚洲|国内|省内|市内"
    r"|西部|中部|东部|中西部|东北|西北|西南|华东|华北|华南|华中|长三角|珠三角|全自治区"
    r"|苏北|苏中|苏南|皖北|皖南|皖江|鲁南|鲁北|胶东|浙东|浙西|闽西|闽南|粤北|粤东|粤西|湘南|湘西|鄂西|鄂东|赣南|赣北|陕北|陕南"
    r"|关中|冀中南|京津冀|川南|川东北|豫东|豫南|豫北|豫西|黔北|黔南|滇中|桂南|桂北|渝东北|渝东南|渝西|成渝|大湾区|长江经济带|全疆"
)
SCOPE = guarded(
    rf"(?P<region>{SCOPE_WORDS}"
    rf"|(?:(?<![\u4e00-\u9fff\d])|(?<=[在居列速幅量额])){BARE_PARTS}"
    # 居|玉溪|9个县（市、区）: the short name of the city
    rf"|(?<=[居列占在排])(?![列居位于名在])[\u4e00-\u9fff]{{2,4}}(?=各[县市区旗]|\d{{1,2}}个?[县市区旗省国乡])"
    rf"|(?<=[居列占在位、为持联据到至排,，])(?![列居位于名在]|保持|稳居|位居|跃居|升至|达|突破|连续|继续|高居|领跑|跻身|进入|超|增长)"
    rf"(?:(?![的居列均])[\u4e00-\u9fff]){{2,6}}?(?:省|市|州|盟|地区|县区|区县)|(?<=在)[\u4e00-\u9fff]{{2,4}}(?=的{GROUP}))"
    rf"(?:各[\u4e00-\u9fff]{{1,4}}(?:（[\u4e00-\u9fff、]{{1,4}}）|\([\u4e00-\u9fff、]{{1,4}}\))?[市区]?"
    rf"|的?(?:\d+|[一二三四五六七八九十百]+)个[\u4e00-\u9fff]{{1,4}}(?:（[\u4e00-\u9fff、]{{1,4}}）|\([\u4e00-\u9fff"
    rf"、]{{1,4}}\))?(?:[\u4e00-\u9fff]{{0,2}}(?=中|里|内|排))?"
    rf"|的?(?:\d+[个家])?(?P<group>{GROUP})|的?(?P<parts>{PARTS})|的?(?P<counted>{COUNTED}))?(?:中|内|里)?的?{SCOPE_VERB}\s*$"
)
STREAK = re.compile(
    r"(?:连续|蝉联|连冠|榜首|雄踞[^，]{0,12}?)[^，\d一二三四五六七八九十]{0,2}(?P<years>\d+|[一二三四五六七八九十]+)个?年"
    r"|(?P<crowns>\d+|[一二三四五六七八九十]+)连冠"
)
# 居第1位，连续四年蝉联榜首; in 居第17位，连续五年获评先进县 the streak is of what follows it
STREAK_BEHIND = re.compile(
    r"[，,]?(?:并|且|也|已)*(?:连续|蝉联)[^，。；\d一二三四五六七八九十]{0,2}(?P<years>\d+|[一二三四五六七八九十]+)个?年"
    r"(?:蝉联|保持|稳居|位居|居)?(?:榜首|首位|第一|之首)?(?=[，,；;。]|$)"
    r"|(?P<crowns>\d+|[一二三四五六七八九十]+)连冠"
)
NOT_LIST = re.compile(
    r"^.*(?:蝉联|位列|位居|名列|入围|入选|荣登|登上|跻身|占据|稳居|雄踞|进入|上榜|列入|获评|均|也|了|在|的|居|列|霸榜|出炉|公布"
    r"|发布|揭晓|推出|挤进|挺进|荣获|荣膺|获得|成长为|成为|被评为|评为|冲刺|提出|冲击|争创|争取|力争|进军|迈进|进位|领跑|雄踞|登顶|首次|新晋|重返|闯入|捧回|无缘|首个|仍有|摘得|夺得|再夺|夺取|夺|斩获|拿下|问鼎|公布的|发布的|梳理|合占|占|从|守住|一并|同时|唯一)(?=[\u4e00-\u9fff\d])"
)
# 制造业发展综合评价|我县|排名第37位: whose rank it is ends the name
OURS_BEHIND = re.compile(r"(?<=..)(?:[我该]|(?<!样)本)[省市县区州旗镇].*$")
QUOTES = re.compile(r"[“”\"《》]")
EDITION_BEFORE = re.compile(r"^(?:(?:19|20)\d{2}年?度?)")
# 前20强, 收入前10强: a cut of a list, not a list
CUT = re.compile(r"前(?:\d+|[十百]+)强")
BARE_LIST = frozenset(("榜单", "排行榜", "榜", "县市", "强"))
ECONOMY = re.compile(r"(?:一是)?(?:经济增长速度|经济增速|经济增长|经济发展速度)(?:连续.*)?")
# 榜眼 is the second, 探花 the third
SECOND_OR_THIRD = re.compile(r"榜眼|探花|次席")
SWEEP = re.compile(
    r"(?:包揽|囊括|摘得|独揽)(?P<items>[^，；。“”\"]{4,80})[“\"‘]?"
    r"(?P<count>[一二三四五六七八九十两]|\d+)[个项](?:第一|冠军|榜首)"
)
IN_PARENTHESES = re.compile(
    r"[“\"](?P<list>[\u4e00-\u9fff]{2,14}?[百千\d]强[县区市镇]*)[（(](?:第)?(?P<rank>(?!(?:19|20)\d{2})\d+)(?:名|位)?[)）][”\"]?"
)
# 科技创新、绿色发展|两张|百强县市榜单中分列第38位和第51位: a list for each aspect
SEVERAL_LISTS = re.compile(
    r"(?P<aspects>[\u4e00-\u9fff]{3,8}(?:[、和][\u4e00-\u9fff]{3,8})+?)(?:等)?[两二三四五六七八九\d][张个项份]"
    r"(?:全国)?(?:百强(?:县市?|区)?)?的?(?:榜单|名单|榜)(?:中|上|里)?"
)
# 全省|项目建设“三早”行动|综合排名第4
IN_ALL = re.compile(
    rf"(?:^|(?<=[，,；;：:。]))(?P<scope>全[省市州区国])(?P<what>(?:(?![均列居为达])[\u4e00-\u9fffA-Za-z“”]){{4,24}}?)(?:综合|考核)?(?:排名|名列|位列|位居|列|居)"
    rf"第(?P<rank>{NUMERAL})(?:名|位)?(?=[，,；;。]|$)"
)
# 在全国百强县里,投资潜力第3、新型城镇化质量第4
ASPECT = re.compile(rf"(?P<aspect>[\u4e00-\u9fff]{{3,10}})第(?P<rank>{NUMERAL})(?:名|位)?(?=[、，,。;；和]|$)")
# 从全国第13位升至第10位: where it stood, and whose ranks these are
FROM_RANK = re.compile(
    rf"(?:从|由|自)(?:20[0-9]{{2}}年|上年|去年)?的?(?P<was>[\u4e00-\u9fff]{{2,6}}?)?"
    # 由全省|129个县（市、区）|第13位升至第11位
    r"(?:\d{1,4}个[县市区旗州（）()、]{1,8}[中里内]?)?"
    rf"(?:第{NUMERAL}(?:名|位)?|\d{{1,3}}[位名])"
    # 从2018年的第84位、2020年的第71位|升至2022年的第63位
    rf"(?:[、，,](?:20[0-9]{{2}}年|上年|去年)的?第{NUMERAL}(?:名|位)?|[、和]第{NUMERAL}(?:名|位)?)*"
    r"[^，。；、第]{0,14}?(?P<region>全国|全省|全市|全区|全球|世界)?(?=第|\d{1,3}[位名]|$)"
)
# 合占前20强中的14席: how many of a list, not a position on it
PART_OF_LIST = re.compile(r"\s*(?:里|中|内|之中)?的?\s*[0-9一二三四五六七八九十两]+[席个家位名]")
# 其中|前10名我省占6席: the first so many as a group, with no verb before
AS_A_GROUP = re.compile(r"(?:^|[，,、；;。：:（(]|其中|而|在|(?:包揽|囊括|独占)[^，。；]{0,14})\s*$")
NATIONAL = ("全国", "全球", "世界")
MEMBERS = re.compile(
    r"(?:[0-9一二三四五六七八九十百两]+|多|余)[家个所项种件名位支只款县市区镇乡村地].{0,12}$|企业$|公司$"
)
ENTERED = re.compile(r"(?:入围|入选|跻身|上榜|入列|稳居|挺进|重返|首次入围|成功入选)(?:了)?")
IS_TARGET = re.compile(
    r"力争|争取(?!到|中央|国家|上级|新增|资金|各类|专项)|(?<!年初)(?<!年度)(?<!既定)(?<!预期)目标(?!完成率|责任|(?:任务)?的|任务完成|[，,、；”])|争创|冲刺|确保|希望|奋力|争当|争进|争先进位|剑指|有望|计划到|瞄准"
)
# 努力进入前十; in 努力扩大投资，专项债券规模居全国首位 the clause of the rank says nothing of the kind
TRIES = re.compile(r"努力")
# 公布综合发展水平考核评价结果: the sentences that follow tell the ranks
RESULTS = r"(?:考核|考评|评价|评估|测评)(?:结果|成绩)"
# whether a sentence can tell of a ranking at all; a list is told by the end of its name
TOLD = any_of(
    RANK.pattern,
    SWEEP.pattern,
    IN_PARENTHESES.pattern,
    ENTERED.pattern,
    STRONG,
    SECOND_OR_THIRD.pattern,
    RESULTS,
    rf"第{NUMERAL}大",
)
BY_YEAR = re.compile(r"到(?P<year>20\d{2})年(?!底?，?[^，。]{0,6}已)")


def rank_value(match: re.Match[str]) -> int | None:
    """The rank that a match states, 1 for 榜首, None for 前N."""
    if match["top"]:
        return 1
    return integer(match["rank"]) if match["rank"] else None


def integer(words: str) -> int | None:
    """A numeral as an integer, None where it is none."""
    numeral = parse_numeral(words.strip())
    return int(numeral.value) if numeral else None


@lru_cache(maxsize=1)
def _known_lists() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in registry().ranking_lists:
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                found.setdefault(name, row["name"])
    return found


@lru_cache(maxsize=1)
def list_publishers() -> dict[str, str]:
    """Publishers of the registered lists by standard name."""
    return {row["name"]: row["publisher"] for row in registry().ranking_lists}


def plain_list(name: str) -> str:
    """A list's name in the words of the text, without quotes and without the verb before it."""
    return EDITION_BEFORE.sub("", OURS_BEHIND.sub("", NOT_LIST.sub("", QUOTES.sub("", name))))


def standard_list(name: str) -> str:
    """The registry's name of a list, or the words of the text."""
    plain = plain_list(name)
    return _known_lists().get(plain, plain)


def list_about(aspect: str, name: str) -> str | None:
    """The registered list about an aspect (绿色发展) for places of the kind that `name` is (a district has its own).

    Args:
        aspect: What the list is about.
        name: Official name of the place.
    """
    kind = "百强区" if name.endswith("区") else "百强县市"
    return next((listed for listed in _known_lists().values() if aspect in listed and listed.endswith(kind)), None)
