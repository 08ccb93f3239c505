"""The words before a quantity: how it is measured and what it is a number of.

Here: taking the verb and the adverbs off the end of what stands before a quantity (全市粮食总产量同比增长 -> growth
of 粮食总产量). Not here: the noun behind a quantity (`noun_behind`), the
indicator's code (`indicators`) and what a quantity inherits from the clause before (`binding`).
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.extraction.lexicon import alternation, registry, words
from pipelines.extraction.noun_behind import closings, opens_noun
from pipelines.extraction.patterns import ends, guarded

NOT_NOUN_END = guarded(r"[\s，,。；;：:、“”\"‘’'（）()—\-·\[\]【】]+$")
OPENED = re.compile(r"[\u4e00-\u9fff][（(][^（()）]+$")
# characters before the end of the words before a quantity that a verb or an adverb can begin at
LONGEST_TAIL = 24
RATES = ("percent", "permille")
TO = re.compile(r"(?:到|至|为|达到?|成)$")


@dataclass(slots=True)
class Left:
    """What the words before a quantity say.

    Attributes:
        noun: The noun phrase at the end of them, without the verb ("" where there is none).
        noun_start: Its offset in the sentence.
        cue: up, down, level or "" (no verb at all).
        to: Whether the verb names the new level (增长到, 降至).
        new: Whether the verb counts what was added (新建, 新增, 净增).
        verb: The leading verb that was taken off the noun phrase (建设, 引进).
        versus: The words of a comparison (上年, 全市平均水平), "" where there is none.
        compared: Whether the words say what the change is counted from (同比, 比上年).
    """

    noun: str
    noun_start: int
    cue: str
    to: bool
    new: bool
    verb: str
    versus: str
    compared: bool


@cache
def _tail(*kinds: str) -> re.Pattern[str]:
    return guarded(alternation(*kinds) + r"(?:了|(?<!签)约|近|超|超过)?$")


@lru_cache(maxsize=1)
def _to_tail() -> re.Pattern[str]:
    return guarded(alternation("growth_up", "growth_down") + r"(?:到|至|为|成)了?$")


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    return guarded(
        # 2027年|前|建成
        "(?:" + alternation("lead") + r"|目标(?=(?:完成|实现)(?![率度情进程]))"
        r"|[年月]?底?之?前(?=建成|完成|实现|新建|新增|新开|引进|开工|改造|全面|基本|投用|竣工)|[\s、，,：:；;—\-·｜|│①-⑳]|\d{1,2}[.．、]"
        # 五年改造老旧小区8074个: for how long, no part of the name
        # 下午5点|共接待
        r"|(?:上午|下午|早上|凌晨|中午|傍晚|晚上|夜里)\d{1,2}[点时]前?"
        # ...全市, as a cut snippet begins
        r"|[.．…]{2,}"
        # 园区|计划|引进: who does it
        r"|(?:园区|区内|本区)(?=计划|预计|力争|今年|去年|已|累计|共)"
        r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})年(?:来|间|内)?(?![级度行期制终工计规产均])(?:累计|共)?)"
    )


@lru_cache(maxsize=1)
def _action() -> re.Pattern[str]:
    return guarded(alternation("action_verb") + r"(?:了|着|起)?")


@lru_cache(maxsize=1)
def _new() -> frozenset[str]:
    return frozenset(words("action_new"))


# 低保标准每人每月675元: what the amount is counted by
# 按2018年平均汇率计算为2865美元: by what it was counted
COUNTED_BY = guarded(
    r"(?:按照?|以)[^，；,]{2,14}(?:计算|折算|折合|测算|核算|换算)(?:为|成|约)?$|(?:以|按)[^，；,]{2,6}计价?$|(?:剔除|扣除|剔去)[^，；,]{2,14}(?:后|因素(?:影响)?)$"
)
PER_TAIL = re.compile(
    r"(?:每[人户名生亩位辆学](?:每(?:学?年|月|天|日|次))?|每(?:学?年|个?月|天|日)|(?<=[由从])[年月]人均)(?:人民币)?$"
)
SUFFIXES = frozenset("率额量数度比费面值")
NUMBERED = re.compile(r"\s*[一二三四五六七八九十]{1,3}、(?![一二三]、?(?:二|三|次)?产)")
BUILT_BEFORE = re.compile(
    r".*(?:建成|投产|达产|投用|运营|满产)(?:投产|达产|运营|使用)?之?后，?(?:每年|年均|可|将|能|预计|有望)*(?:实现|形成|新增|带动)?"
    r"(?=[\u4e00-\u9fff]{2})"
)
# 全市确定的目标是|地区生产总值增长10%
AIMED_AT = re.compile(r".*目标(?:任务)?(?:是|为|定为|确定为)[到在]?(?=.{2})")
LONGEST_BASE = 12
NOUNS_TOO = frozenset(("投资", "消费"))
TOTAL_HEAD = re.compile(r"(?:总量|总额|规模|数量|余额|总数)")
STATES = re.compile(r"(?:控制在|保持在|稳定在|达到?|为|是)$")
BARE_YEARS_TAIL = guarded(r"(?<!\d)(?:\d{1,2}|[一二两三四五六七八九十]{1,3})年(?:间|来)?$")
# 比上年, 较2020年, 高于全市平均水平, 是全国平均数的
VERSUS = guarded(
    r"(?:(?<![同环占])比(?![例重率值])|环比(?=[\d一二三四上])|较(?![快大强高多好])|(?<![参给赠])与(?=[上去]年|同期|全[国省市县区]|[^，；、]{1,12}相比)|同(?=[上去]年|期))(?P<a>[^，；、]{1,14}?)(?:人[平均]|户均)?(?:相比)?$|(?:高于|低于|快于|慢于|好于|优于|高出|低出|领先|超(?![长高大市低前算声重临级])|超过|超出)(?P<b>[^，；、\d]{2,14}?)(?:约|近)?$|(?<!主要|目标|任务)(?:是|为|相当于|约为|超过)(?P<c>[^，；、\d]{2,14}?)的?$"
)
# 旅客吞吐量|受疫情影响|回落至, 高新技术企业|从不足百家|发展到: what came before the number is no part of the name
BESIDE_NAME = re.compile(
    r"(?:(?<=[\u4e00-\u9fff]{3})|^[\s\u3000，,]*)(?:受[^，；、\d]{2,14}(?:影响|拖累|冲击)|实现零的?突破?"
    # 地区生产总值|跨越了九个百亿台阶、达1411亿元; 规上工业企业|在苏北县级|率先突破1000家
    r"|(?:连续)?(?:跨越|跨上|迈上|连跨|跃上|跨过)了?[一二两三四五六七八九十百千万亿\d个大新元级]{1,10}台阶"
    r"|在[\u4e00-\u9fff]{2,4}(?:县级|各县|县市)"
    # 牛存栏|居前三位的依次是
    r"|居前[一二三四五六七八九十\d]{1,2}[位名]的?(?:依次|分别)?"
    # 9月|单月|增长8.9%, 增加值|单季|增长
    r"|[单当][月季]"
    # 发电量|则由上年同期的
    r"|则?[由从自](?:上年|去年)?同期"
    r"|[从由](?:不足|不到|仅有|近|约|最初的?)?[零一二两三四五六七八九十百千万几数]{1,4}[家个户人亩元亿万]*)$"
)
# 国税完成8.47亿元，|比增|16.2%, 进出口总额|比减|8.7%; but 占比增, 性别比降
BRIEFLY = re.compile(r"(?<![占同环性别贷负化率速入产])比(?P<how>[增减升降])$")
# 今年GDP|预期|增长7.5%; 低于预期 is another matter
EXPECTED = re.compile(r"[^于比过到合超]预期$")
BESIDE_NAME_ENDS = tuple("响累击零的次别位名破月季阶期级县市个家户人亩元亿万十百千")
# 出口|由降转升|增长12.1%, 增加值增速|由负转正|达2.1%: how it turned is no part of the name
TURNED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:由(?:负转正|正转负|降转[升增]|[升增]转降|减转增|增转减|亏转盈|盈转亏)"
    r"|扭负为正|止跌(?:回升|企稳))$"
)
# 比上年|高, 增速|快: characters before a verb of one
BEFORE_VERB = frozenset("比较高低快慢于年期数平度率值幅速均别%")
# 增速比城镇居民|高
BESIDE = re.compile(r"(?:比(?![例重率值])|较(?![快大强高多好]))[^，；、]{2,12}$")
# 高于全省, but 税收超千万元企业 is a class by its size
HIGHER = re.compile(
    r"(?:高于|快于|好于|优于|高出|领先|(?:超过|超出|超)(?![十百千万亿数长高大市低前算声重临级]))(?=[^，；、\d]{2,14}$)"
)
LOWER = re.compile(r"(?:低于|慢于|低出)(?=[^，；、\d]{2,14}$)")


@lru_cache(maxsize=1)
def _tail_ends() -> dict[str, re.Pattern[str]]:
    """The last characters of whatever is taken off, by kind."""
    tails = {kind: ends(_tail(kind).pattern) for kind in ("growth_up", "growth_down", "comparison", "level_verb")}
    counted_by = ends(*(one.pattern for one in (BARE_YEARS_TAIL, PER_TAIL, COUNTED_BY)))
    return {**tails, "to": ends(_to_tail().pattern), "counted_by": counted_by}


@lru_cache(maxsize=4096)
def _tails_at(last: str) -> frozenset[str]:
    """What can be taken off words that end with a character; nothing where they are done."""
    return frozenset(kind for kind, characters in _tail_ends().items() if characters.match(last))


def peel_left(window: str, offset: int) -> Left:
    """Read the words before a quantity.

    Args:
        window: The words between the last boundary and the quantity (bound words already outside).
        offset: Where the window begins in the sentence.

    Returns:
        The reading; its noun keeps the words of the text.

    Examples:
        >>> left = peel_left("规模以上工业增加值同比增长", 0)
        >>> left.noun, left.cue, left.compared
        ('规模以上工业增加值', 'up', True)
        >>> peel_left("建设大中型沼气工程", 0).noun
        '大中型沼气工程'
    """
    left = _read(window)
    if not offset:
        return left
    start = offset + left.noun_start
    return Left(left.noun, start, left.cue, left.to, left.new, left.verb, left.versus, left.compared)


# the same words stand before many numbers: 同比增长, 达到
@lru_cache(maxsize=20_000)
def _read(window: str) -> Left:
    """The words before a quantity, with offsets in themselves."""
    text = window.rstrip(" 　\"“”‘’'+＋")
    cue, to, compared, new = "", False, False, False
    noun_cue = ""
    stated = STATES.sub("", text) if "增长率" in text else text
    if text.endswith(("比增", "比减", "比升", "比降")) and (brief := BRIEFLY.search(text)):
        text, cue, compared = text[: brief.start()], "up" if brief["how"] in "增升" else "down", True
    elif stated != text and stated.endswith("增长率"):
        text, cue = stated, "level" if names_rate(stated) else ""
    while text and (tails := _tails_at(text[-1])):
        end = max(0, len(text) - LONGEST_TAIL)
        if cue in ("", "level") and names_rate(text):
            # 人口自然增长率 is a rate by its own name
            break
        if "to" in tails and (match := _to_tail().search(text, end)):
            cue = cue or "level"
            to = True
            text = text[: match.start()]
        elif "growth_up" in tails and not text.endswith("负增长") and (match := _match_growth(text, "growth_up")):
            if cue == "up" or (cue == "down" and noun_cue):
                break
            noun_cue = match.group()
            new = new or match.group() in ("净增", "净增加", "新增", "新增加", "新添", "多增")
            cue = cue if cue == "down" else ("level" if to else "up") if not cue or cue == "level" else cue
            text = text[: match.start()]
        elif "growth_down" in tails and (match := _match_growth(text, "growth_down")):
            if cue == "down":
                # 降幅收窄: a decline that shrinks is a rise
                cue = "up"
                text = text[: match.start()]
                continue
            cue = "down" if not (cue == "level" and to) else cue
            text = text[: match.start()]
        elif "counted_by" in tails and (
            match := BARE_YEARS_TAIL.search(text, end) or PER_TAIL.search(text, end) or COUNTED_BY.search(text, end)
        ):
            text = text[: match.start()]
        elif (
            "comparison" in tails and (match := _tail("comparison").search(text, end)) and not _closes_word(text, match)
        ):
            compared = compared or any(word in match.group() for word in ("比", "较", "同"))
            text = text[: match.start()]
        elif (
            "level_verb" in tails and (match := _tail("level_verb").search(text, end)) and not _closes_word(text, match)
        ):
            cue = cue or "level"
            # 经济总量|达: 总量 is part of a registered name
            head = TOTAL_HEAD.match(match.group())
            kept = text[: match.start() + head.end()] if head else ""
            text = kept if head and _ends_in_name(kept) else text[: match.start()]
        else:
            break
        text = text.rstrip(" 　、")
    if text.endswith(BESIDE_NAME_ENDS):
        text = BESIDE_NAME.sub("", text)
    if cue in ("up", "level") and text.endswith("预期") and EXPECTED.search(text):
        text = text.removesuffix("预期")
    text = TURNED.sub("", text) if "由" in text[-4:] or text.endswith(("为正", "回升", "企稳")) else text
    versus = ""
    if cue in ("up", "down") and text.endswith(("比", "较")) and window.startswith("\u3000", len(text)):
        # 降幅比|上月|收窄: the time that it is held against is blank here
        text, compared = text[:-1].rstrip(" 　"), True
        if text.endswith(("降幅", "跌幅")):
            text, cue = text[:-2], "up" if cue == "down" else "down"
    if cue in ("up", "down") or compared:
        if match := VERSUS.search(text):
            versus = next(group for group in match.groups() if group)
            text = text[: match.start()]
            if match["b"] and noun_cue.endswith(("幅", "速", "率")):
                # 低于一般预算支出增幅: what it is held against is a growth, and not what it does
                cue = "down" if match.group().startswith(("低", "慢")) else "up"
            compared = True
    elif higher := (HIGHER.search(text) or LOWER.search(text)):
        versus = text[higher.end() :]
        cue = "up" if HIGHER.search(text) else "down"
        text = text[: higher.start()]
        compared = True
    if versus and text.endswith(("降幅", "跌幅")):
        # 降幅比1-8月收窄: a decline that shrinks is a rise
        text, cue = text[:-2], "up" if cue == "down" else "down"
    noun, start, verb = strip_lead(text)
    if not noun and verb in NOUNS_TOO and cue in ("up", "down") and not to:
        # 出口增长12.1%，投资|下降3%: no verb here, and none of what was told before
        noun, start, verb = verb, start - len(verb), ""
    new = (
        new
        or verb.removeprefix("累计") in _new()
        or (noun.startswith("新增") and noun not in registry().indicator_aliases)
    )
    return Left(noun, start, cue, to, new, verb, versus.removesuffix("的"), compared)


def _ends_in_name(text: str) -> bool:
    """Whether a text ends in a registered name of four characters or more."""
    aliases = registry().indicator_aliases
    return any(text[cut:] in aliases for cut in range(max(0, len(text) - 12), len(text) - 3))


def _closes_word(text: str, match: re.Match[str]) -> bool:
    """Whether a verb of one character is the end of a noun (人|才, 合|同)."""
    return len(match.group()) == 1 and text[match.start() - 1 : match.end()] in closings()


def _match_growth(text: str, kind: str) -> re.Match[str] | None:
    match = _tail(kind).search(text, max(0, len(text) - LONGEST_TAIL))
    # 高速增长|率, 快递: the verb must not be the tail of another word
    if match and match.start() and text[match.start() - 1] in "最较更持":
        return None
    if (
        match
        and match.group() in ("高", "低", "多", "少", "快", "慢", "增", "降", "减", "升")
        and match.start()
        and text[: match.start()].removesuffix("\n")[-1:] not in BEFORE_VERB
        and not BESIDE.search(text[: match.start()])
    ):
        return None
    return match


def strip_lead(text: str) -> tuple[str, int, str]:
    """Take connectives and a leading verb off a noun phrase.

    Args:
        text: Words that end in the noun phrase.

    Returns:
        (noun phrase, offset of it in `text`, the verb that was taken off).
    """
    end = len(text)
    if match := NOT_NOUN_END.search(text):
        end = match.start()
        if text[end] in "”》" or (text[end] in "）)" and OPENED.search(text, 0, end)):
            # 固定资产投资（不含农户）|比上年下降
            end += 1
    # 二、|全县农村公路里程, and not 一、二产业
    numbered = NUMBERED.match(text[:end])
    start, verb = numbered.end() if numbered else 0, ""
    if "后" in text and (built := BUILT_BEFORE.match(text[:end])):
        # 全部达产后可实现|年产值
        start = built.end()
    if "目标" in text and (aimed := AIMED_AT.match(text[:end])):
        start = aimed.end()
    if (based := text.rfind("基础上", 0, end)) >= 0 and based + len("基础上") == end:
        # 居民人均可支配收入|在2025年基础上|翻一番
        end = max(text.rfind("在", max(0, based - LONGEST_BASE), based), 0)
    elif based >= 0:
        # 在141家的基础上争取突破300家: what it starts from is no part of the name
        start = based + len("基础上")
    action, lead = _action(), _lead()
    while start < end:
        # 全 in 全社会固定资产投资, 新 in 新能源汽车, 发展 in 发展能级 open a noun, and so does 补贴 in 补贴性
        if opens_noun(text, start, end):
            break
        if (match := action.match(text, start, end)) and text[match.end() : match.end() + 1] not in ("性", "型", "价"):
            if text[match.end() : end] in SUFFIXES:
                # 上线|率, 成交|额: the verb is part of the noun
                break
            verb = match.group().rstrip("了着起")
            if match.end() >= end:
                return "", end, verb
            start = match.end()
            continue
        if match := lead.match(text, start, end):
            start = match.end()
            continue
        break
    noun = text[start:end].strip(" 　")
    start += len(text[start:end]) - len(text[start:end].lstrip(" 　"))
    return noun, start, verb


@lru_cache(maxsize=1)
def _rate_ends() -> frozenset[str]:
    """The last characters of the names of registered rates."""
    aliases, indicators = registry().indicator_aliases, registry().indicators
    return frozenset(alias[-1] for alias, code in aliases.items() if indicators[code].dimension in RATES)


def names_rate(text: str) -> bool:
    """Whether the text ends in a registered rate (自然增长率), which is no growth of something else."""
    if text[-1:] not in _rate_ends():
        return False
    aliases, indicators = registry().indicator_aliases, registry().indicators
    for cut in range(max(0, len(text) - 14), len(text) - 3):
        code = aliases.get(text[cut:])
        if code is not None:
            return indicators[code].dimension in RATES
    return False
