"""Amounts: money, area, mass, length, energy, time.

Here: the noun of an amount, before it, behind it or in an earlier clause. Not here: what the unit adds to
the noun (`by_unit`), and things that are counted (`counts`).
"""

import re
from dataclasses import replace

from pipelines.extraction.binding.by_unit import MADE, named_by_unit
from pipelines.extraction.binding.crops import bearing, is_crop
from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.nouns import HANDLED, handled, resolve_before
from pipelines.extraction.binding.scope import GENERIC_NOUN, GROWTH_NOUN, SHARE, Scope
from pipelines.extraction.binding.siblings import spent_beside
from pipelines.extraction.binding.sizes import is_capacity, is_product_size, is_size_class, shortens
from pipelines.extraction.indicators import Resolved, metric_heads, resolve
from pipelines.extraction.lexicon import word_set
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

CLOSES = {"）": "（", ")": "("}
CLOSED = re.compile(f"[{''.join(CLOSES)}]")
DEPENDENT = re.compile(
    r"^(?:计划|累计)?(?:总投资|投资额|投资金额|投资总额|总投资额|投资规模|总面积|建筑面积|总建筑面积|注册资本|成交金额|签约金额|合同金额)$"
)
DURATIONS = {"YEAR", "MONTH", "DAY", "WORKDAY", "HOUR", "MINUTE", "SECOND"}
FORWARDING = frozenset(("", "推动", "推进", "加快", "支持", "促进", "抓好"))
MANY_SIDES = 100
NOUN_FOLLOWS = re.compile(r"(?![以左上下多余和与及等、的扩增提升降减发达并投调到至占])[\u4e00-\u9fff]{2}")
FIRMS_OF = re.compile(
    r"(?:具有|有|拥有)?(?:资质(?:等级)?的?)?(?:总承包和专业承包)?(?P<branch>[\u4e00-\u9fff]{1,8}业)企业数?"
)
DONE_BY_FIRMS = frozenset(("总产值", "产值", "增加值", "营业收入", "利润", "利润总额", "销售额", "零售额"))
INVESTED = re.compile(r"(?:计划|概算|估算)?总?投资额?")
OF_PROJECT = re.compile(r"(?:公司|集团|企业|厂)[^，。；]{0,30}项目[）)”]?[，,](?:预计|计划|拟)*(?:投资)?$")
FUND_SIZE = re.compile(r"(?:首期|一期|总|母)?规模")
FUND_BEHIND = re.compile(r"的(?P<name>[\u4e00-\u9fff“”]{2,18}?(?:基金群?|资金池|贷款池))")
PROJECT_BEHIND = re.compile(r"的(?P<name>[\u4e00-\u9fffA-Za-z0-9“”（）()]{2,24}?(?:项目|工程|基地|产业园))")
# 有效期5年, 公示期5个工作日: terms of a document
TERM = re.compile(r"(?:会|展|有效|公示|试用|征集|公告|申报|服务|任|刑|租赁|合同)期$")
PRODUCED = re.compile(r"(?:产出|实现|创造|完成|贡献)了?$")
# 风光电获批716万千瓦: what was approved is not installed
APPROVED = re.compile(r"(?P<verb>获批|核准|批复|规划|备案|签约)(?:建设)?(?:总?规模)?(?:达到?|约|近|超|超过)?$")
FUNDED = re.compile(r"(?P<verb>筹措|筹集|安排|投入|拨付|下达|统筹|整合)(?:了|约|近|超|超过|达)?$")
NOUN_VERBS = frozenset(("投资", "出口", "进口", "担保", "授信", "补贴", "退税", "贷款", "总投资"))
GIVES = re.compile(r"(?:提供|给予|授予|投放|安排|拨付|下达|出具|追加|配套|兑现)$")
CIRCUMSTANCE = re.compile(
    r"(?:情况|基础|背景|条件|形势|前提)之?[下上](?:仍|依然|还|，)?(?:实现|达到?|为|增长|增加|下降|减少|提高)?$"
)
# 固定资产投资年均增长9%，五年|累计超过|500亿元
ADDED_UP = re.compile(r"(?:累计|合计|总计|共计)(?:约|近|超过?|达到?|突破|为)*$")
WHOLE_LENGTH = re.compile(r"(?<![\u4e00-\u9fff])(?:线路)?[全总]长(?:约|近|达|为|超过?)*$")
UNITS_OF_AREA = re.compile(r"(?:镇|乡|街道|办事处|社区|居委会|行政村|村委会|嘎查|苏木|村|县|区)数?$")
# 长江沿线|1公里|化工腾退地块: how far from it
ALONG = re.compile(r"(?:沿线|沿岸|两岸|周边|两侧|干流)$")
# 河流126条，总长1680公里
RUNS = ("河流", "河道", "沟渠", "管网", "道路", "公路", "堤防", "绿道", "支流")
WHERE_ON_EARTH = re.compile(r"(?:东经|北纬|西经|南纬)$")
RESIDENTS = re.compile(r"(?:(?P<town>城镇)|农村(?:牧区)?|农牧区|乡村)(?:常住)?居民(?:人均)?|农牧?民(?:人均)?")
OF_RESIDENTS = re.compile(r"居民人均[\u4e00-\u9fff]{4,6}$")
PASSES = ("突破", "超过", "达到", "超", "迈上", "站上")
EACH_HEADS = frozenset(("户均", "人均", "亩均", "村均"))
PER_UNIT = re.compile(r"平均每[个家]?(?P<unit>[县镇乡村户人亩家市区])")
DURATION_NOUN = re.compile(r"(?:期|时数|寿命|时间|时限|日照|年限|时长|历史|天数|日数|工期|年龄)$")

PLANNED_NAME = re.compile(r"(?:年度|当年)?计划(?=投资$)")
LENT = re.compile(r"(?:发放|投放|放款)(?:了|约|近|达到?|超)?$")
SPENT = re.compile(r"(?:完成|到位)(?:投资)?(?:了|约|近)?$")
BARE_CLASS = re.compile(r"[百千十]?[万亿]元(?:以上|以下|级)")


def read_amount(scope: Scope, quantity: Quantity, left: Left, right_end: int) -> Draft | None:
    """Money, area, mass, length, energy …: the noun stands before, or behind (57亿元产值), or in the clause before."""
    if BARE_CLASS.fullmatch(quantity.text) and scope.text[quantity.end : quantity.end + 1] not in "，,。；;、":
        # 实际利用|亿元以上|省外资金86.2亿元: how large each is, and no sum
        scope.left_out[quantity.number_start] = "name"
        return None
    noun = scope.words(left)
    last = scope.last
    if last is not None and not noun and left.cue in ("up", "down") and last.unit.startswith(quantity.unit + "/"):
        # 平均单产439.3公斤/亩，比上年提高3.1公斤: of each mu as well
        of_each = replace(
            quantity,
            unit=last.unit,
            unit_measure=last.unit_measure,
            factor=last.factor,
            dimension=last.quantity.dimension,
        )
        return scope.draft(of_each, left, last.resolved, quantity.start, quantity.end, "carried-over")
    if (
        not noun
        and last is not None
        and SPENT.search(scope.text, 0, quantity.start)
        and (planned := PLANNED_NAME.match(last.resolved.name))
    ):
        # 年度计划投资22.6亿元，实际|完成|25.1亿元: no plan any more
        done = Resolved(None, f"完成{last.resolved.name[planned.end() :]}")
        return scope.draft(quantity, left, done, quantity.start, quantity.end, "verb-counts-things")
    if GENERIC_NOUN.match(noun) and scope.last and scope.same_dimension(quantity, scope.last.resolved):
        # 地区生产总值626.9亿元,现价总量比同期增加73.5亿元
        if scope.last.quantity.dimension == "count" != quantity.dimension:
            # 引导设立基金24只、总规模934亿元; 签订合同143份，总量26万吨: the size of what was counted
            size = Resolved(None, scope.last.resolved.name.removesuffix("数") + noun)
            return scope.draft(quantity, left, size, left.noun_start, quantity.end, "carried-over")
        return scope.draft(quantity, left, scope.last.resolved, left.noun_start, quantity.end, "carried-over")
    told = scope.before if scope.last is None and left.versus and noun in ("总量", "绝对量") else None
    if told is not None and told.code and scope.same_dimension(quantity, told):
        # 全县生产总值82亿元。|我县总量|比金寨多7.7亿元
        return scope.draft(quantity, left, told, left.noun_start, quantity.end, "carried-over")
    counted = scope.last is not None and scope.last.quantity.dimension == "count"
    if noun == "资金" and counted and scope.last and scope.text[left.noun_start - 1 : left.noun_start] == "、":
        # 专项债券项目17个、|资金|9.84亿元
        sums = Resolved(None, scope.last.resolved.name.removesuffix("数") + noun)
        return scope.draft(quantity, left, sums, left.noun_start, quantity.end, "noun-before")
    if quantity.dimension == "length" and counted and scope.last and scope.last.quantity.end == quantity.start:
        # 县道12条|286公里
        length = resolve(scope.last.resolved.name.removesuffix("数") + "里程")
        return scope.draft(
            quantity, replace(left, verb=scope.last.verb), length, quantity.start, quantity.end, "counted-beside"
        )
    if quantity.dimension == "money" and (residents := _of_residents(scope, noun)) is not None:
        return scope.draft(quantity, left, residents, left.noun_start, quantity.end, "carried-over")
    if is_size_class(scope, quantity, right_end):
        # 亿元以上项目904个: a class of projects
        scope.left_out[quantity.number_start] = "name"
        return None
    if quantity.value_high is not None and quantity.text.startswith(("数", "几")):
        # 数千万元: too vague to be a statistic
        scope.left_out[quantity.number_start] = "name"
        return None
    if quantity.bare_scale and quantity.dimension in ("length", "mass", "time") and not metric_heads().search(noun):
        # 相隔近千公里, 不到百米的总装线
        scope.left_out[quantity.number_start] = "name"
        return None
    if is_product_size(scope, quantity, right_end) or (
        quantity.bare_scale
        and quantity.bound == "exact"
        and not left.cue
        and peel_right(scope.text, quantity.end, right_end)[0]
    ):
        # 百亿斤粮食产能基地, 亿元企业: part of a name
        scope.left_out[quantity.number_start] = "name"
        return None
    if CIRCUMSTANCE.search(scope.text[max(0, quantity.start - 12) : quantity.start]):
        # 在对美贸易下降超3成的情况下: what follows has its subject before the circumstance
        return None
    fine = quantity.unit in ("微米", "纳米") and not metric_heads().search(noun)
    if fine or quantity.unit_measure == "VOLT" or is_capacity(scope, quantity, left, noun, right_end):
        # 750千伏定靖西工程, 2万吨高质碳酸锂项目: which of the works; 3.5微米铜箔: which product
        scope.left_out[quantity.number_start] = "name"
        return None
    if scope.text[quantity.start - 1 : quantity.start] == "每":
        # 路网密度每百平方公里168公里: what the figure is counted by
        scope.left_out[quantity.number_start] = "name"
        return None
    few = quantity.chinese and quantity.scale == 1 and quantity.value < MANY_SIDES
    if few and scope.text[quantity.number_end : quantity.number_end + 1] == "方":
        # 惠通四方: sides, and no cubic metres
        scope.left_out[quantity.number_start] = "name"
        return None
    if quantity.dimension == "area" and (bears := bearing(scope, quantity, left, noun)) is not None:
        return bears
    if WHERE_ON_EARTH.search(noun) or (quantity.dimension == "length" and ALONG.search(noun)):
        scope.left_out[quantity.number_start] = "name"
        return None
    if quantity.unit_measure in DURATIONS and noun and shortens(scope, quantity, right_end):
        # 企业开办由十二天缩短到两天
        shortened = Resolved(None, noun if DURATION_NOUN.search(noun) else noun + "时间")
        return scope.draft(quantity, left, shortened, left.noun_start, quantity.end, "time-shortened")
    if quantity.unit_measure in DURATIONS and not noun and scope.last and scope.last.rule == "time-shortened":
        return scope.draft(quantity, left, scope.last.resolved, quantity.start, quantity.end, "time-shortened")
    days = (
        scope.last if scope.last and scope.last.measure == "level" and not noun and left.cue in ("up", "down") else None
    )
    if quantity.unit_measure in DURATIONS and days and days.unit_measure == quantity.unit_measure:
        # 空气质量优良天数342天，比上年增加|9天
        return scope.draft(quantity, left, days.resolved, quantity.start, quantity.end, "carried-over")
    risen = scope.last is not None and scope.last.origin and scope.last.unit_measure == quantity.unit_measure
    if quantity.unit_measure in DURATIONS and not noun and risen and scope.last is not None:
        # 人均预期寿命由76.3岁提高到|78.1岁
        return scope.draft(quantity, left, scope.last.resolved, quantity.start, quantity.end, "carried-over")
    if quantity.unit_measure in DURATIONS and (not DURATION_NOUN.search(noun) or TERM.search(noun)):
        scope.left_out[quantity.number_start] = "date"
        return None
    if (average := PER_UNIT.fullmatch(noun)) and scope.last and scope.same_dimension(quantity, scope.last.resolved):
        # 这些县GDP合计9600亿元,平均每县约320亿元
        per = resolve(f"{average['unit']}均{scope.last.resolved.name}")
        return scope.draft(quantity, left, per, left.noun_start, quantity.end, "noun-before")
    earned = left.cue == "up" and "增收" in scope.text[left.noun_start : quantity.start]
    if earned and (noun in EACH_HEADS or (noun and quantity.dimension == "money" and resolve(noun).code is None)):
        # 户均增收8万元, 带动村集体增收2300万元
        each = Resolved(None, noun + "增收")
        return scope.draft(quantity, left, each, left.noun_start, quantity.end, "noun-before")
    if WHOLE_LENGTH.search(scope.text[max(0, quantity.start - 6) : quantity.start]) and len(noun) <= 2:
        # 总投资47.3亿元,全长39.4公里: that of the work told before
        longest = scope.last.resolved.name.removesuffix("数") if scope.last is not None else ""
        whole = Resolved(None, f"{longest}总长" if longest.endswith(RUNS) else "线路全长")
        return scope.draft(quantity, left, whole, quantity.start, quantity.end, "noun-before")
    if noun and not GROWTH_NOUN.match(noun):
        if SHARE.search(scope.blank[left.noun_start : quantity.start]) and noun.startswith("占"):
            return None
        goes_on = scope.last is not None and scope.text[left.noun_start - 1 : left.noun_start] == "、"
        verb = left.verb or (scope.last.verb if goes_on and scope.last else "")
        named = spent_beside(scope, noun) or resolve_before(scope, noun, left)
        resolved = named_by_unit(scope, quantity, noun, named, verb)
        if verb in HANDLED and resolved.name.endswith("产量") and not noun.endswith("产量"):
            # 储备种子120吨、|化肥|6200吨: no output
            resolved = handled(noun, verb)
        if resolved.code is None and goes_on and verb and (shared := resolve(verb + noun)).code:
            # 利用内资15.5亿元、|外资|4101万美元: the verb is that of both
            resolved = shared
        listed = _listed(scope, quantity, left, noun)
        if listed:
            return listed
        if resolved.code is None and quantity.dimension == "area" and is_crop(scope, noun):
            # 百香果种植面积5.2万亩；|荔枝|32万亩
            resolved = resolve(noun.removesuffix("种植") + "种植面积")
        left = scope.list_verb(quantity, left)
        parts = scope.last is not None and UNITS_OF_AREA.search(scope.last.resolved.name) is not None
        if noun == "总面积" and parts:
            # 辖8镇6乡、18个社区,总面积2104平方公里: that of the place, not of its last parts
            resolved = resolve("行政区域面积")
        elif (of_firms := _of_firms(scope, noun)) is not None:
            resolved = of_firms
        elif DEPENDENT.match(noun) and scope.last and scope.last.quantity.dimension == "count":
            # 8800多家外资企业,总投资超1100亿美元
            resolved = resolve(_counted_before(scope, left, scope.last).resolved.name.removesuffix("数") + noun)
        if FUND_SIZE.fullmatch(noun) and (fund := FUND_BEHIND.match(scope.text, quantity.end)):
            # 设立总规模20亿元的产业发展基金
            resolved = Resolved(None, f"{fund['name']}规模")
            return scope.draft(quantity, left, resolved, left.noun_start, fund.end(), "project-investment")
        if INVESTED.fullmatch(noun) and (project := PROJECT_BEHIND.match(scope.text, quantity.end)):
            # 引进总投资21亿元的锂盐项目: the sum is that of the project
            resolved = Resolved(None, project["name"] + "总投资")
            return scope.draft(quantity, left, resolved, left.noun_start, project.end(), "project-investment")
        approved = APPROVED.search(scope.text[left.noun_start : quantity.start]) if resolved.code else None
        if approved and quantity.dimension in ("power", "energy"):
            resolved = Resolved(None, f"{noun.removesuffix(approved['verb'])}{approved['verb']}规模")
        if (
            resolved.code is None
            and left.verb in FORWARDING
            and not metric_heads().search(noun)
            and _modifies(scope, quantity)
        ):
            # 甲厂50万吨电解铝技改、乙厂|20万吨|铝板带箔项目: the size of something that follows
            scope.left_out[quantity.number_start] = "name"
            return None
        if resolved.code is None and len(noun) > 20 and not metric_heads().search(noun):
            return None
        if resolved.code is None and not metric_heads().search(noun):
            right, stop = peel_right(scope.text, quantity.end, right_end)
            if len(right) > 2 and quantity.dimension == "money" and GIVES.search(noun):
                # 农发行将意向性提供|100亿元|信贷支持: the words before are who gives it
                return scope.draft(quantity, left, resolve(right), quantity.start, stop, "noun-behind")
            if right and metric_heads().search(right):
                # 果蔬产出57亿元|产值: the product stands before, what is measured behind
                product = resolve(PRODUCED.sub("", noun) + right)
                named = product if product.code or product.breakdown else resolve(right)
                return scope.draft(quantity, left, named, left.noun_start, stop, "noun-behind")
        return scope.draft(quantity, left, resolved, left.noun_start, quantity.end, "noun-before")
    if quantity.dimension == "money" and (
        funded := FUNDED.search(scope.text[max(0, quantity.start - 6) : quantity.start])
    ):
        # 筹措7亿元实施就业惠民工程, 投入3.6亿元: a sum that was found, not one of what was told before
        name = Resolved(None, funded["verb"] + "资金")
        return scope.draft(quantity, left, name, left.noun_start, quantity.end, "verb-names-amount")
    added_up = ADDED_UP.search(scope.text[max(0, quantity.start - 8) : quantity.start])
    before = scope.noun_before if left.cue == "level" else ""
    if before and (told := resolve(before)).code and told.dimension == quantity.dimension:
        # 规上工业总产值首次迈上千亿台阶,|达到1063亿元: not of what was told before that
        return scope.draft(quantity, left, told, quantity.start, quantity.end, "noun-in-clause-before")
    # 翻一番、|过500亿元
    over = quantity.text.startswith("过") and scope.text[quantity.start - 1 : quantity.start] == "、"
    # 进出口增长10%以上，|突破50亿元
    grown = scope.last is not None and scope.last.measure == "growth" and not scope.last.breakdown.get("vs")
    over = over or (grown and quantity.text.startswith(PASSES))
    if (
        (left.cue or added_up or over)
        and scope.last
        and scope.same_dimension(quantity, scope.last.resolved)
        and scope.last.quantity.dimension in (quantity.dimension, "", "percent", "percent_point", "multiple")
    ):
        of = scope.last
        if of.measure == "share":
            # 收入18.6亿元,占预算的48.2%,比上年同期减少|0.9亿元: the income is less, and not its share
            of = next((one for one in reversed(scope.drafts) if one.quantity.dimension == quantity.dimension), of)
        # GDP占长沙市的8.2%，比长沙县少|950亿元
        what = resolve(of.breakdown["part"]) if of.measure == "share" and "part" in of.breakdown else of.resolved
        return scope.draft(quantity, left, what, quantity.start, quantity.end, "carried-over")
    if left.verb == "投资" and OF_PROJECT.search(scope.text, 0, left.noun_start):
        # 某公司通讯结构件项目，|投资|12.8亿元
        whole = resolve("项目总投资")
        return scope.draft(quantity, left, whole, left.noun_start, quantity.end, "verb-names-amount")
    if left.verb in NOUN_VERBS:
        # 计划投资12.6亿元: the verb names the amount
        return scope.draft(quantity, left, resolve(left.verb), left.noun_start, quantity.end, "verb-names-amount")
    right, stop = peel_right(scope.text, quantity.end, right_end)
    if right and right not in word_set("abstract_noun"):
        return scope.draft(quantity, left, resolve(right), quantity.start, stop, "noun-behind")
    if scope.noun_before:
        return scope.draft(
            quantity, left, resolve(scope.noun_before), quantity.start, quantity.end, "noun-in-clause-before"
        )
    alike = next(
        (
            draft
            for draft in reversed(scope.drafts)
            if draft.quantity.dimension == quantity.dimension and draft.measure in ("level", "change")
        ),
        None,
    )
    clause = max(scope.text.rfind(mark, 0, quantity.start) for mark in "，,；;。") + 1
    beside = [one for one in scope.drafts if one.quantity.start >= clause]
    if alike and not any(one.quantity.dimension != quantity.dimension for one in beside):
        # 临时救助1286人次|386万元: not what was told before of something else
        if alike.resolved.name.endswith("余额") and LENT.search(scope.text, 0, quantity.start):
            # 小额信贷余额1.86亿元，累计|发放|4.2亿元: what was lent, and not what is owed
            lent = Resolved(None, alike.resolved.name.removesuffix("余额") + "发放额")
            return scope.draft(quantity, left, lent, quantity.start, quantity.end, "ellipsis")
        return scope.draft(quantity, left, alike.resolved, quantity.start, quantity.end, "ellipsis")
    return None


def _of_residents(scope: Scope, noun: str) -> Resolved | None:
    """居民人均可支配收入8620元。城镇常住居民11874元: whose income it is, of which the sentence before told."""
    whose = RESIDENTS.fullmatch(noun)
    told = scope.last.resolved if scope.last is not None else scope.before
    of_all = OF_RESIDENTS.search(told.name) if told is not None else None
    if whose is None or of_all is None:
        return None
    found = resolve(("城镇" if whose["town"] else "农村") + of_all.group())
    return found if found.code else None


def _modifies(scope: Scope, quantity: Quantity) -> bool:
    """Whether an amount of a substance stands right before what it is the size of."""
    return quantity.dimension in MADE and NOUN_FOLLOWS.match(scope.text, quantity.end) is not None


def _counted_before(scope: Scope, left: Left, last: Draft) -> Draft:
    """项目56个（其中10亿元以上8个）,|总投资680亿元: what was counted in front of the bracket that has closed."""
    between = CLOSED.search(scope.text, last.end, left.noun_start)
    opened = scope.text.rfind(CLOSES[between.group()], 0, last.start) if between else -1
    return next((draft for draft in reversed(scope.drafts) if draft.quantity.end <= opened), last)


def _of_firms(scope: Scope, noun: str) -> Resolved | None:
    """建筑业企业48家,完成总产值63.5亿元: what the firms of a branch did is the branch's."""
    firms = FIRMS_OF.fullmatch(scope.last.resolved.name) if scope.last and noun in DONE_BY_FIRMS else None
    done = resolve(firms["branch"] + noun) if firms else None
    return done if done is not None and done.code else None


def _listed(scope: Scope, quantity: Quantity, left: Left, noun: str) -> Draft | None:
    """增加水稻种植面积26万亩、蔬菜瓜果16万亩: the items behind share verb and head noun with the first."""
    before = scope.text[max(0, left.noun_start - 2) : left.noun_start]
    last = scope.last
    if (
        last is None
        or "、" not in before
        or left.cue
        or metric_heads().search(noun)
        or last.quantity.unit_measure != quantity.unit_measure
        or resolve(noun).code
    ):
        return None
    head = metric_heads().search(last.resolved.name)
    if head is None:
        return None
    cue = "down" if last.value < 0 else "up" if last.measure == "change" else ""
    return scope.draft(
        quantity,
        replace(left, cue=cue, new=last.measure == "change"),
        resolve(noun + head.group()),
        left.noun_start,
        quantity.end,
        "list-shares-head",
    )
