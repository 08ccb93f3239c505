"""Which number belongs to which indicator: lists, carry-over, ellipsis, from-to, shares, counts with their noun.

Here: from the quantities of one sentence to drafts of observations (what is measured and how). Not here: where, when and
whether it is a target (`attribution`), and the words around one quantity (`windows`).

Each rule is a method of `Binder` with the sentence that forced it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipelines.extraction.indicators import Resolved, metric_heads, resolve
from pipelines.extraction.lexicon import registry, word_set
from pipelines.extraction.periods import Period
from pipelines.extraction.places import Mention
from pipelines.extraction.quantities import Quantity
from pipelines.extraction.sentences import Clause
from pipelines.extraction.windows import Left, peel_left, peel_right

BLANK = "\u3000"
SEPARATOR = re.compile(r"^[\s、，,]*(?:和|与|及|以及)?\s*$")
ITEM_BREAK = re.compile(r"[、]|(?<=[\u4e00-\u9fff）)”])(?:以及|和|与|及)(?=[\u4e00-\u9fff“])")
RESPECTIVELY = re.compile(r"分别|依次")
EACH = re.compile(r"各(?:有|为|达到?|新增|占|约|超|自|设)?\s*$")
SHARE = re.compile(r"占(?![地用领据线])(?P<to>到?了?)(?P<whole>[^，；]*?)(?:的)?(?:比重|比例|份额|总量|比率)?(?:约|近|超过?|超|为|达到?|的)*$")
RATE_NOUN = re.compile(r"(?:率|比重|占比|比例|份额|覆盖面|满意度|盖度|湿度|自给度|首位度|集中度|强度|密度|程度|指数|贡献度|得分率|达标|优良)$")
SHARE_NOUN = re.compile(r"(?:比重|占比|比例|份额|贡献率)$")
DEPENDENT = re.compile(r"^(?:计划|累计)?(?:总投资|投资额|投资金额|投资总额|总投资额|投资规模|总面积|建筑面积|总建筑面积|注册资本|成交金额|签约金额|合同金额)$")
SERVED = re.compile(r"(?P<verb>惠及|带动|服务|受益|吸纳|覆盖|帮扶|培训|救助)[^，；]{0,6}$")
GENERIC_NOUN = re.compile(r"^(?:现价)?(?:总量|绝对量|绝对额|总额|规模|数量|其|总规模|总数|数额)$")
GROWTH_NOUN = re.compile(r"^(?:同期|其|平均|当年|总体)?(?:增速|增幅|增长率|涨幅|降幅|增长|增量|增长速度)$")
GROWTH_TAIL = re.compile(r"(?:同比)?(?:增速|增幅|增长率|涨幅|增长速度|降幅)$")
CONTRIBUTED = re.compile(r"(?P<part>[\u4e00-\u9fff]{2,10}?)(?:贡献了?|创造了?|提供了?|撑起了?|占了?|承担了?)\s*$")
SHARED_VERBS = re.compile(r"(?:贡献|创造|提供|撑起|占)")
RATIO_NAME = re.compile(r"(?:之比|比|比值|比例|结构)(?:值)?(?:由.*)?$")
STRUCTURES = (
    (re.compile(r"(?:三次产业|三产|产业|三次产业增加值)(?:增加值)?(?:结构|比例|比|占比|比重|之比)|一二三产业?(?:结构|比例|比)"), ("第一产业占比", "第二产业占比", "第三产业占比")),
    (re.compile(r"粮经饲"), ("粮食作物占比", "经济作物占比", "饲料作物占比")),
)
DURATIONS = {"YEAR", "MONTH", "DAY", "WORKDAY", "HOUR", "MINUTE", "SECOND"}
DURATION_NOUN = re.compile(r"(?:期|时数|寿命|时间|年限|时长|历史|天数|日数|工期|年龄)$")
NEGATIVE_VERBS = {"调减", "减少", "压减", "净减少", "核减", "削减", "下降"}
LIST_AFTER = re.compile(r"(?:分别是|分别为|即|包括|依次是|有)$")
SCOPE_OF_PARTS = re.compile(r"(?:^|[。；，])(?P<whole>规上工业|规模以上工业|规模以上服务业|限额以上批发零售业)(?:企业)?中[，,]")
RANK_WORDS = re.compile(r"(?:排名|位列|位居|名列|排|居)?第(?:\d+|[一二三四五六七八九十]+)(?:名|位)(?:的)?")
STEP_WORDS = re.compile(r"^(?:台阶|级台阶|大关)")
RANK_GROUP = re.compile(r"^(?:梯队|阵营|档|俱乐部|方阵)")


@dataclass(slots=True)
class Draft:
    """An observation before place, period and nature are known.

    Attributes:
        quantity: The quantity that it is made of.
        measure: level, growth, change, share, multiple or ratio.
        value: Value with its sign.
        value_high: Upper end of a range.
        unit: Canonical unit.
        unit_measure: Base unit code.
        factor: obs_value = value * factor.
        bound: exact, approx, at_least, at_most or range.
        resolved: The indicator.
        breakdown: What part the number is for.
        start: Where the words that state it begin in the sentence.
        end: Where they end.
        rule: Name of the rule.
        verb: The verb that was in front of the noun, for how long it took.
        places: Places that the number is given to by a list, empty to look for one.
        period: Period that a list or from-to gives, None to look for one.
        origin: Whether it is the first value of a from-to.
        pending: Whether the noun is still to come (3个千亿级、30个百亿级企业).
    """

    quantity: Quantity
    measure: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    unit_measure: str
    factor: Decimal
    bound: str
    resolved: Resolved
    breakdown: dict[str, str]
    start: int
    end: int
    rule: str
    verb: str = ""
    places: tuple[Mention, ...] = ()
    period: Period | None = None
    origin: bool = False
    pending: bool = False
    stable: bool = False


@dataclass(slots=True)
class Binder:
    """Binds the quantities of one sentence.

    Attributes:
        text: The sentence.
        quantities: Its quantities.
        periods: Its expressions of time.
        mentions: The places that it names.
        clauses: Its clauses.
        topic: The indicator that a heading gives, for a sentence that begins with a bare number.
        left_out: Quantities that are no observation, by the offset of their numeral, with what they are instead.
        consumed: Offsets of periods that belong to the first value of a from-to alone (由上年729万人增加到732万人).
    """

    text: str
    quantities: Sequence[Quantity]
    periods: Sequence[Period]
    mentions: Sequence[Mention]
    clauses: Sequence[Clause]
    topic: Resolved | None = None
    drafts: list[Draft] = field(default_factory=list)
    group: list[Draft] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    consumed: set[int] = field(default_factory=set)
    blank: str = ""
    last: Draft | None = None
    noun_before: str = ""

    def bind(self) -> list[Draft]:
        """Drafts of the sentence, in the order of the text."""
        self.blank = self._blanked()
        for index, clause in enumerate(self.clauses):
            found = [quantity for quantity in self.quantities if clause.start <= quantity.number_start < clause.end]
            if clause.strong and index:
                self.group = []
            if not found:
                self._remember_noun(clause)
                continue
            before = len(self.drafts)
            self._clause(clause, found)
            self._fill_pending(before)
            self.noun_before = ""
            if len(self.drafts) == before:
                # 地区生产总值连跨五个千亿级台阶,达到5140亿元: a clause without a fact still names the subject
                self._remember_noun(clause, found[0].start)
        return self.drafts

    def _blanked(self) -> str:
        characters = list(self.text)
        for period in self.periods:
            if period.role != "comparison":
                characters[period.start : period.end] = BLANK * (period.end - period.start)
        for rank in RANK_WORDS.finditer(self.text):
            characters[rank.start() : rank.end()] = BLANK * (rank.end() - rank.start())
        for mention in self.mentions:
            before = self.text[max(0, mention.start - 3) : mention.start]
            if re.search(r"(?:高于|低于|快于|比|占|较|对|与|超过|优于|好于|慢于)$", before):
                continue
            characters[mention.start : mention.end] = BLANK * (mention.end - mention.start)
        return "".join(characters)

    def _remember_noun(self, clause: Clause, end: int | None = None) -> None:
        """2015年天水市地区生产总值:|553.8亿元: the noun stands in the clause before."""
        left = peel_left(self.blank[clause.start : clause.end if end is None else end], clause.start)
        self.noun_before = self.text[left.noun_start : left.noun_start + len(left.noun)] if left.noun and len(left.noun) <= 20 else ""

    def _clause(self, clause: Clause, found: list[Quantity]) -> None:
        index = 0
        boundary = clause.start
        while index < len(found):
            quantity = found[index]
            count = self._run(found, index, clause)
            taken = self._respectively(clause, found, index, boundary) or (self._lists(clause, found, index, boundary, count) if count > 1 else 0)
            if taken:
                index += taken
                boundary = found[index - 1].end
                continue
            tier = found[index + 1] if index + 1 < len(found) and found[index + 1].measure_hint == "tier" and self._adjacent(quantity, found[index + 1]) else None
            following = index + (2 if tier else 1)
            right_end = found[following].start if following < len(found) else clause.end
            drafts = self._each(clause, quantity, boundary, right_end) or self._single(clause, quantity, boundary, right_end, tier)
            if not drafts:
                self.left_out.setdefault(quantity.number_start, "unassigned")
            boundary = max([draft.end for draft in drafts] + [tier.end if tier else quantity.end])
            index = following

    def _adjacent(self, first: Quantity, second: Quantity) -> bool:
        return first.end <= second.start and not self.text[first.end : second.start].strip("的 ")

    def _run(self, found: list[Quantity], index: int, clause: Clause) -> int:
        """How many quantities follow each other with nothing but list marks between them."""
        count = 1
        while index + count < len(found) and SEPARATOR.match(self.text[found[index + count - 1].end : found[index + count].start]):
            count += 1
        return count

    # -- lists ---------------------------------------------------------------------------------------------------------

    def _respectively(self, clause: Clause, found: list[Quantity], index: int, boundary: int) -> int:
        """A、B产业规模分别达8000亿元和4000亿元; 同比增长分别为6.4%、7.9% goes on with the list before it."""
        window = self.blank[boundary : found[index].start]
        marks = list(RESPECTIVELY.finditer(window))
        if not marks:
            return 0
        count = self._run(found, index, clause)
        if count < 2:
            return 0
        left = peel_left(window[: marks[-1].start()], boundary)
        after = peel_left(window[marks[-1].end() :], boundary + marks[-1].end())
        cue = left.cue if left.cue in ("up", "down") and after.cue == "level" and not after.to else after.cue or left.cue
        left = replace(left, cue=cue, to=after.to or left.to, new=after.new or left.new, compared=after.compared or left.compared, versus=after.versus or left.versus)
        quantities = found[index : index + count]
        named = after.noun if not left.noun else left.noun
        start = after.noun_start if not left.noun else left.noun_start
        if GROWTH_NOUN.match(named):
            left, named = replace(left, cue=left.cue if left.cue in ("up", "down") else "up"), ""
        return self._distribute(clause, quantities, replace(left, noun=named, noun_start=start), boundary, "respectively")

    def _lists(self, clause: Clause, found: list[Quantity], index: int, boundary: int, count: int) -> int:
        """城镇和农村居民人均可支配收入增长4.4%、6.5%: as many names as numbers, without 分别."""
        left = peel_left(self.blank[boundary : found[index].start], boundary)
        noun = self._words(left)
        items = self._items(noun)
        if len(items) != count or any(resolve(item).code is None for item in items):
            return 0
        return self._distribute(clause, found[index : index + count], left, boundary, "list-to-list")

    def _distribute(self, clause: Clause, quantities: list[Quantity], left: Left, boundary: int, rule: str) -> int:
        count = len(quantities)
        noun = self._words(left)
        items = self._items(noun) if noun else []
        places = [mention for mention in self.mentions if boundary <= mention.start < quantities[0].start and mention.level != "country"]
        periods = self._listed_periods(boundary, quantities[0].start, count)
        start = min(left.noun_start, quantities[0].start) if noun else max(clause.start, boundary)
        drafts: list[Draft] = []
        for position, quantity in enumerate(quantities):
            place: tuple[Mention, ...] = ()
            resolved: Resolved | None = None
            if len(items) == count:
                resolved = resolve(items[position], quantity.dimension in ("count", "person"))
            elif len(items) > count:
                resolved = resolve(items[position - count], quantity.dimension in ("count", "person"))
            elif len(places) == count:
                place = (places[position],)
                resolved = resolve(items[0]) if items else (self.last.resolved if self.last else None)
                start = min(start, places[0].start)
            elif len(self.group) == count:
                resolved = self.group[position].resolved
                place = self.group[position].places
            elif periods and self.last:
                resolved = self.last.resolved
            elif noun:
                resolved = resolve(noun, quantity.dimension == "count")
            elif self.last:
                resolved = self.last.resolved
            if resolved is None:
                return 0
            draft = self._draft(quantity, left, resolved, start, quantity.end, rule)
            if draft is None:
                continue
            draft.places = place
            draft.period = periods[position] if periods else None
            drafts.append(draft)
        if not drafts:
            return 0
        self.drafts += drafts
        self.group = drafts if len(drafts) == count else []
        self.last = drafts[-1]
        return count

    def _listed_periods(self, start: int, end: int, count: int) -> list[Period]:
        """2015和2016年同期增速分别为3.3%、0.5%: a year each."""
        found = [period for period in self.periods if start <= period.start < end and period.role == "state"]
        if len(found) == 1 and count == 2 and found[0].time_period and re.search(r"[和、与]", found[0].text) and "/" in found[0].time_period:
            return [replace(found[0], time_period=year) for year in found[0].time_period.split("/")]
        return found if len(found) == count and count > 1 else []

    def _items(self, noun: str) -> list[str]:
        """The items of a list of names, each with the head noun that they share."""
        if noun.startswith("城乡居民"):
            rest = noun.removeprefix("城乡居民")
            if not rest.endswith("比"):
                return ["城镇居民" + rest, "农村居民" + rest]
        parts = [part.strip(" 　“”等") for part in ITEM_BREAK.split(noun)]
        parts = [part for part in parts if part]
        if len(parts) < 2:
            return parts
        last = parts[-1]
        return [self._share_head(part, last) for part in parts[:-1]] + [last]

    def _share_head(self, part: str, last: str) -> str:
        aliases = registry().indicator_aliases
        if metric_heads().search(part):
            return part
        for cut in range(len(last)):
            if part + last[cut:] in aliases and last[cut:] not in aliases or (part + last[cut:] in aliases and cut):
                return part + last[cut:]
        head = metric_heads().search(last)
        if part in aliases and not head:
            return part
        return part + head.group() if head else part

    def _each(self, clause: Clause, quantity: Quantity, boundary: int, right_end: int) -> list[Draft]:
        """规上工业企业和高新技术企业各3500家: 各 gives the value to both."""
        window = self.blank[boundary : quantity.start]
        match = EACH.search(window)
        if not match:
            return []
        left = peel_left(window[: match.start()], boundary)
        noun = self._words(left)
        items = self._items(noun)
        places = [mention for mention in self.mentions if boundary <= mention.start < quantity.start]
        right, right_stop = peel_right(self.text, quantity.end, right_end)
        drafts = []
        if len(items) >= 2:
            for item in items:
                draft = self._draft(quantity, left, resolve(item, quantity.dimension == "count"), left.noun_start, quantity.end, "each-value-to-all")
                if draft:
                    drafts.append(draft)
        elif len(places) >= 2 and (right or self.last):
            resolved = resolve(right, True) if right else self.last.resolved if self.last else None
            for place in places if resolved else []:
                draft = self._draft(quantity, left, resolved, places[0].start, max(quantity.end, right_stop), "each-value-to-all-places")  # type: ignore[arg-type]
                if draft:
                    draft.places = (place,)
                    drafts.append(draft)
        self.drafts += drafts
        if drafts:
            self.last = drafts[-1]
        return drafts

    # -- one quantity --------------------------------------------------------------------------------------------------

    def _words(self, left: Left) -> str:
        """The noun in the words of the text, with the places inside it but not around it."""
        return self.text[left.noun_start : left.noun_start + len(left.noun)].strip(" 　") if left.noun else ""

    def _single(self, clause: Clause, quantity: Quantity, boundary: int, right_end: int, tier: Quantity | None) -> list[Draft]:
        window = self.blank[boundary : quantity.start]
        left = peel_left(window, boundary)
        if clause.depth and clause.anchor is not None and not left.noun:
            left = self._anchored(clause, left)
        origin = self._from_to(quantity, right_end)
        if quantity.measure_hint == "tier":
            draft = None
        elif quantity.measure_hint == "ratio" or (not quantity.dimension and quantity.scale == 1 and RATIO_NAME.search(self._words(left))):
            return self._ratio(quantity, left)
        elif quantity.measure_hint == "percent":
            draft = self._percent(quantity, left, boundary, right_end)
        elif quantity.measure_hint == "points":
            draft = self._points(quantity, left)
        elif quantity.measure_hint == "multiple":
            draft = self._multiple(quantity, left)
        elif quantity.dimension in ("count", "person", "household", "") or tier is not None:
            draft = self._count(quantity, left, right_end, clause.end, tier)
        else:
            draft = self._amount(quantity, left, right_end)
        if draft is None:
            return []
        draft.origin = draft.origin or origin
        if draft.origin:
            self.consumed |= {period.start for period in self.periods if draft.start <= period.start < quantity.start or boundary <= period.start < quantity.start}
        draft.stable = bool(re.search(r"(?:稳定在|保持在|维持在|保持|稳定|[都均]|每年|逐年|始终|连年)(?:超过?|突破|在|达到?|保持|稳定在?)?[^，]{0,3}$", self.text[boundary : quantity.start]))
        if tier is not None and not draft.pending:
            draft.breakdown = {**draft.breakdown, "tier": tier.text.replace("元级", "级")}
        self.drafts.append(draft)
        self.last = draft
        if self.group and quantity.number_start > self.group[-1].quantity.end:
            self.group = self.group if RESPECTIVELY.search(self.text[quantity.end :]) else []
        return [draft]

    def _anchored(self, clause: Clause, left: Left) -> Left:
        """发酵酒（增长87%）: the noun before the parenthesis."""
        anchor = self.clauses[clause.anchor or 0]
        quantities = [q for q in self.quantities if anchor.start <= q.number_start < anchor.end]
        start = quantities[-1].end if quantities else anchor.start
        window = self.blank[start : anchor.end]
        cut = max(window.rfind("、"), window.rfind("有"), window.rfind("为"), window.rfind("是")) + 1
        other = peel_left(window[cut:], start + cut)
        return replace(left, noun=other.noun, noun_start=other.noun_start) if other.noun and not quantities else left

    def _from_to(self, quantity: Quantity, right_end: int) -> bool:
        """从3826.5亿元增长到4398.6亿元: the first of two levels."""
        before = self.blank[max(0, quantity.start - 16) : quantity.start]
        if not re.search(r"[从由自][^，；]{0,14}$", before):
            return False
        after = self.blank[quantity.end : right_end].lstrip("的 　")
        following = peel_left(after, 0)
        return (following.to or bool(re.match(r"(?:到|至|发展到|跃升至)", after))) and len(after) < 14

    def _draft(self, quantity: Quantity, left: Left, resolved: Resolved, start: int, end: int, rule: str, measure: str | None = None) -> Draft | None:
        """A draft with measure, sign and unit settled, or None when the unit cannot be a unit of the indicator."""
        value, value_high, unit, unit_measure, factor = quantity.value, quantity.value_high, quantity.unit, quantity.unit_measure, quantity.factor
        if measure is None:
            measure = self._measure(quantity, left, resolved)
        if not quantity.dimension and measure != "ratio":
            adopted = self._adopt_unit(quantity, resolved)
            if adopted is None:
                return None
            unit, unit_measure, factor = adopted
        negative = measure in ("growth", "change") and (left.cue == "down" or (measure == "change" and left.verb in NEGATIVE_VERBS))
        if negative:
            value, value_high = -value, None if value_high is None else -value_high
            if value_high is not None:
                value, value_high = value_high, value
        resolved = self._scoped(resolved)
        breakdown = dict(resolved.breakdown)
        if left.versus and measure in ("change", "multiple"):
            breakdown["vs"] = left.versus.strip("　 ")
        return Draft(quantity, measure, value, value_high, unit, unit_measure, factor, quantity.bound, resolved, breakdown, min(start, quantity.start), max(end, quantity.end), rule, left.verb)

    def _scoped(self, resolved: Resolved) -> Resolved:
        """规上工业中,石油开采业实现增加值207.2亿元: the whole that the parts belong to is named first."""
        match = SCOPE_OF_PARTS.search(self.text)
        if match is None or "industry" not in resolved.breakdown or not resolved.name.endswith("增加值"):
            return resolved
        whole = resolve(match["whole"] + "增加值")
        return replace(whole, breakdown=resolved.breakdown) if whole.code else resolved

    def _measure(self, quantity: Quantity, left: Left, resolved: Resolved) -> str:
        if quantity.measure_hint == "points":
            return "change"
        if quantity.measure_hint == "multiple":
            return "multiple"
        if quantity.measure_hint == "ratio":
            return "ratio"
        if quantity.measure_hint == "percent":
            if left.cue in ("up", "down") and not left.to:
                return "growth"
            return "share" if SHARE_NOUN.search(resolved.name) else "level"
        if left.new or (left.cue in ("up", "down") and not left.to):
            return "change"
        if resolved.dimension == "ratio":
            return "ratio"
        return "level"

    def _adopt_unit(self, quantity: Quantity, resolved: Resolved) -> tuple[str, str, Decimal] | None:
        """突破60亿 of an amount of money is 60 亿元, 总人口26.2万 is 万人, 7镇 are seven."""
        word = {Decimal(1): "", Decimal(10): "", Decimal(100): "", Decimal(1000): "", Decimal(10**4): "万", Decimal(10**8): "亿", Decimal(10**12): "万亿"}.get(quantity.scale)
        if word is None:
            return None
        if resolved.dimension == "money" and word:
            return word + "元", "CNY", quantity.scale
        if resolved.dimension == "person" or any(resolved.name.removesuffix("数").endswith(noun) for noun in word_set("person_noun")):
            return word + "人", "PERSON", quantity.scale
        if resolved.dimension == "household":
            return word + "户", "HOUSEHOLD", quantity.scale
        if resolved.dimension == "count" and (word or resolved.code):
            return word + "个", "COUNT", quantity.scale
        return None

    def _same_dimension(self, quantity: Quantity, resolved: Resolved) -> bool:
        return resolved.dimension == quantity.dimension or not resolved.dimension

    def _amount(self, quantity: Quantity, left: Left, right_end: int) -> Draft | None:
        """Money, area, mass, length, energy …: the noun stands before, or behind (57亿元产值), or in the clause before."""
        noun = self._words(left)
        if GENERIC_NOUN.match(noun) and self.last and self._same_dimension(quantity, self.last.resolved):
            # 地区生产总值626.9亿元,现价总量比同期增加73.5亿元
            return self._draft(quantity, left, self.last.resolved, left.noun_start, quantity.end, "carried-over")
        if self._product_size(quantity, right_end) or (quantity.bare_scale and quantity.bound == "exact" and not left.cue and peel_right(self.text, quantity.end, right_end)[0]):
            # 百亿斤粮食产能基地, 亿元企业: part of a name
            self.left_out[quantity.number_start] = "name"
            return None
        if quantity.unit_measure in DURATIONS and not DURATION_NOUN.search(noun):
            self.left_out[quantity.number_start] = "date"
            return None
        if noun and not GROWTH_NOUN.match(noun):
            if SHARE.search(self.blank[left.noun_start : quantity.start]) and noun.startswith("占"):
                return None
            resolved = resolve(noun)
            listed = self._listed(quantity, left, noun)
            if listed:
                return listed
            left = self._list_verb(quantity, left)
            if DEPENDENT.match(noun) and self.last and self.last.quantity.dimension == "count":
                # 8800多家外资企业,总投资超1100亿美元
                resolved = resolve(self.last.resolved.name.removesuffix("数") + noun)
            if resolved.code is None and len(noun) > 20 and not metric_heads().search(noun):
                return None
            if resolved.code is None and not metric_heads().search(noun):
                right, stop = peel_right(self.text, quantity.end, right_end)
                if right and metric_heads().search(right):
                    return self._draft(quantity, left, resolve(right), left.noun_start, stop, "noun-behind")
            return self._draft(quantity, left, resolved, left.noun_start, quantity.end, "noun-before")
        if left.cue and self.last and self._same_dimension(quantity, self.last.resolved) and self.last.quantity.dimension in (quantity.dimension, "percent", "percent_point", "multiple"):
            return self._draft(quantity, left, self.last.resolved, quantity.start, quantity.end, "carried-over")
        right, stop = peel_right(self.text, quantity.end, right_end)
        if right and right not in word_set("abstract_noun"):
            return self._draft(quantity, left, resolve(right), quantity.start, stop, "noun-behind")
        if self.noun_before:
            return self._draft(quantity, left, resolve(self.noun_before), quantity.start, quantity.end, "noun-in-clause-before")
        alike = next((draft for draft in reversed(self.drafts) if draft.quantity.dimension == quantity.dimension and draft.measure in ("level", "change")), None)
        if alike:
            return self._draft(quantity, left, alike.resolved, quantity.start, quantity.end, "ellipsis")
        if self.topic and self._same_dimension(quantity, self.topic):
            return self._draft(quantity, left, self.topic, quantity.start, quantity.end, "heading-topic")
        return None

    def _list_verb(self, quantity: Quantity, left: Left) -> Left:
        """新增现代农业产业园11个、产业集群9个: the verb counts for every item of the list."""
        before = self.text[max(0, left.noun_start - 2) : left.noun_start]
        if "、" in before and self.last and self.last.measure == "change" and not left.cue and self.last.quantity.dimension == quantity.dimension:
            return replace(left, new=True, cue="down" if self.last.value < 0 else "")
        return left

    def _product_size(self, quantity: Quantity, right_end: int) -> bool:
        """全球首台25兆瓦级主轴轴承, 最高10米支架: the size of a product, not of an economy."""
        if self.text[quantity.end : quantity.end + 1] == "级" and quantity.dimension not in ("money", "count"):
            return True
        before = self.text[max(0, quantity.start - 12) : quantity.start]
        return bool(re.search(r"(?:最[高大长深快重小]|首[台套条座艘架个列款批])[\u4e00-\u9fff]{0,4}$", before)) and bool(peel_right(self.text, quantity.end, right_end)[0])

    def _listed(self, quantity: Quantity, left: Left, noun: str) -> Draft | None:
        """增加水稻种植面积26万亩、蔬菜瓜果16万亩: the items behind share verb and head noun with the first."""
        before = self.text[max(0, left.noun_start - 2) : left.noun_start]
        last = self.last
        if last is None or "、" not in before or left.cue or metric_heads().search(noun) or last.quantity.unit_measure != quantity.unit_measure or resolve(noun).code:
            return None
        head = metric_heads().search(last.resolved.name)
        if head is None:
            return None
        cue = "down" if last.value < 0 else "up" if last.measure == "change" else ""
        return self._draft(quantity, replace(left, cue=cue, new=last.measure == "change"), resolve(noun + head.group()), left.noun_start, quantity.end, "list-shares-head")

    def _count(self, quantity: Quantity, left: Left, right_end: int, clause_end: int, tier: Quantity | None) -> Draft | None:
        """Things, persons, households: the noun stands behind (8家全国重点实验室) or before (科技型中小企业3万家)."""
        right_start = tier.end if tier else quantity.end
        right, stop = peel_right(self.text, right_start, right_end)
        if STEP_WORDS.match(right) or (quantity.chinese and quantity.value == 1 and quantity.value_high is None):
            self.left_out[quantity.number_start] = "name"
            return None
        bare = quantity.chinese and quantity.bound == "exact" and self.text[quantity.number_start : quantity.number_end] in ("百", "千", "十", "万", "百万", "千万")
        if re.search(r"的(?:共?有|达到?|共)\s*$", self.text[max(0, quantity.start - 4) : quantity.start]) and not right:
            # 产量同比增长的有45种: a clause is counted, no named thing
            return None
        if bare or self._size_class(quantity, right):
            self.left_out[quantity.number_start] = "programme" if bare else "name"
            return None
        if quantity.chinese and tier is None and quantity.dimension in ("count", "") and quantity.value <= 20 and quantity.scale == 1 and not self._qualified(right_start, right_end):
            # 两座城市, 六个示范, 五个方面: small counts in characters are a text's own parts
            self.left_out[quantity.number_start] = "programme"
            return None
        if right and re.match(r"(?:分别|依次)?(?:是|为)?[:：]?", self.text[stop:]) and re.match(r"\s*(?:分别|依次)(?:是|为)", self.text[stop:]):
            self.left_out[quantity.number_start] = "name"
            return None
        if self._counts_list(quantity, right):
            self.left_out[quantity.number_start] = "name"
            return None
        noun = self._words(left)
        counted = quantity.dimension in ("count", "") and not (quantity.scale >= 10**4 and not quantity.dimension)
        if tier is not None and not right:
            draft = self._draft(quantity, left, Resolved(None, ""), quantity.start, tier.end, "tiers-share-noun")
            if draft:
                draft.pending = True
                draft.breakdown = {"tier": tier.text.replace("元级", "级")}
            return draft
        if not quantity.dimension and RANK_GROUP.match(right):
            carried = next((draft for draft in reversed(self.drafts) if draft.quantity.value > 99), None)
            return None if carried is None else self._draft(replace(quantity, unit=carried.unit, unit_measure=carried.unit_measure, dimension="count"), left, carried.resolved, quantity.start, stop, "carried-over")
        if (qualifier := self._qualifier(right_start, right_end)) is not None:
            # 两座|GDP超5000亿元的|县级市: what is counted stands behind its qualification
            counted_noun, stop = peel_right(self.text, qualifier.end + 1, clause_end)
            name = self.text[right_start : stop]
            return self._draft(quantity, left, Resolved(None, name + "数"), quantity.start, quantity.end, "qualified-count") if counted_noun else None
        if right and not _abstract(right):
            resolved = resolve(right, counted)
            if right in word_set("person_noun") and noun and (served := SERVED.search(self.text[left.noun_start : quantity.start])):
                # “以旧换新”政策惠及76万群众
                subject = re.sub(r"(?:惠及|带动|服务|受益|吸纳|覆盖|帮扶|培训|救助).*$", "", noun)
                resolved = Resolved(None, f"{subject}{served['verb']}人数") if len(subject) > 1 else resolved
                return self._draft(quantity, left, resolved, left.noun_start, stop, "people-served")
            if resolved.code is None and noun and resolve(noun, counted).code and not right.startswith(("企业", "项目")) and len(right) < 3:
                return self._draft(quantity, left, resolve(noun, counted), left.noun_start, quantity.end, "noun-before")
            if not quantity.dimension and quantity.scale == 1:
                if right not in word_set("unit_noun") and resolve(right).code is None:
                    return None
                return self._plain_count(quantity, left, right, stop)
            return self._draft(quantity, left, resolved, quantity.start, stop, "noun-behind")
        if right and _abstract(right):
            self.left_out[quantity.number_start] = "programme"
            return None
        if noun and GENERIC_NOUN.match(noun) or noun == "数量":
            # 服务数量超75万人次: the verb is part of the name
            noun = left.verb + noun if left.verb else ""
        if noun and not _abstract(noun) and not GROWTH_NOUN.match(noun):
            if not quantity.dimension and quantity.scale == 1:
                return None
            resolved = resolve(noun, counted)
            left = self._list_verb(quantity, left)
            return self._draft(quantity, left, resolved, left.noun_start, quantity.end, "noun-before")
        if left.verb and self.last and quantity.dimension in ("person", "household"):
            tail = "人数" if quantity.dimension == "person" else "户数"
            return self._draft(quantity, left, Resolved(None, self.last.resolved.name.removesuffix("数") + left.verb + tail), quantity.start, quantity.end, "verb-counts-people")
        if left.cue and self.last and self._same_dimension(quantity, self.last.resolved):
            return self._draft(quantity, left, self.last.resolved, quantity.start, quantity.end, "carried-over")
        if self.noun_before and quantity.dimension:
            return self._draft(quantity, left, resolve(self.noun_before, counted), quantity.start, quantity.end, "noun-in-clause-before")
        return None

    def _size_class(self, quantity: Quantity, right: str) -> bool:
        """20户以上自然村, 50人以上企业: a class of things, not a number of them."""
        return bool(right) and quantity.dimension in ("household", "person") and quantity.bound in ("at_least", "at_most") and quantity.text.endswith(("以上", "以下"))

    def _qualified(self, start: int, end: int) -> bool:
        """两座|GDP超5000亿元的县级市: another number qualifies what is counted."""
        return self._qualifier(start, end) is not None

    def _qualifier(self, start: int, end: int) -> Quantity | None:
        return next((quantity for quantity in self.quantities if start < quantity.start <= end and quantity.start < start + 10 and self.text[quantity.end : quantity.end + 1] == "的" and "，" not in self.text[start : quantity.start]), None)

    def _counts_list(self, quantity: Quantity, right: str) -> bool:
        """常熟、乐清、张家港3个县域: the count of the places just listed."""
        listed = [mention for mention in self.mentions if mention.end <= quantity.number_start]
        if not listed or listed[-1].end != quantity.number_start or quantity.value_high is not None:
            return False
        run = 1
        while run < len(listed) and re.fullmatch(r"[、和与及]", self.text[listed[-run - 1].end : listed[-run].start]):
            run += 1
        return run > 1 and run == quantity.value

    def _plain_count(self, quantity: Quantity, left: Left, right: str, stop: int) -> Draft | None:
        """7镇8乡: the noun is its own measure word."""
        unit = registry().units["个"]
        plain = replace(quantity, unit=unit.canonical, unit_measure=unit.unit_measure, dimension=unit.dimension, factor=unit.factor)
        return self._draft(plain, left, resolve(right, True), quantity.start, stop, "noun-is-unit")

    def _percent(self, quantity: Quantity, left: Left, boundary: int, right_end: int) -> Draft | None:
        window = self.blank[boundary : quantity.start]
        if (match := SHARE.search(window)) and left.cue not in ("up", "down"):
            return self._share(quantity, left, boundary, match)
        noun = self._words(left)
        if noun and GROWTH_NOUN.match(noun):
            left, noun = replace(left, cue=left.cue if left.cue in ("up", "down") else "up", noun=""), ""
        if left.cue in ("up", "down") and not left.to:
            resolved = resolve(GROWTH_TAIL.sub("", noun)) if noun and len(noun) > 1 else None
            if resolved is None and self.noun_before:
                resolved = resolve(GROWTH_TAIL.sub("", self.noun_before))
            if resolved is None and self.last:
                resolved = self.last.resolved
            if resolved is None:
                return None
            start = left.noun_start if noun else quantity.start
            return self._draft(quantity, left, resolved, start, quantity.end, "growth" if noun else "growth-carried-over")
        if noun and GROWTH_TAIL.search(noun) and len(noun) > 3:
            growing = replace(left, cue="down" if noun.endswith("降幅") else "up", to=False)
            return self._draft(quantity, growing, resolve(GROWTH_TAIL.sub("", noun)), left.noun_start, quantity.end, "growth")
        right, stop = peel_right(self.text, quantity.end, right_end)
        contributed = CONTRIBUTED.search(window) or (SHARED_VERBS.search(self.text[: quantity.start]) if self.last and self.last.rule == "share-of-behind" and not noun else None)
        if right and contributed and (self.text[quantity.end : quantity.end + 1] == "的"):
            part = contributed["part"] if "part" in contributed.re.groupindex else self.last.resolved.name.removesuffix("占比") if self.last else ""
            part = part.strip(BLANK)
            resolved = Resolved(None, part + "占比", {"part": part, "of": resolve(right).name})
            return self._draft(quantity, left, resolved, quantity.start, stop, "share-of-behind", "share")
        if noun and (RATE_NOUN.search(noun) or resolve(noun).dimension in ("percent", "permille")):
            return self._draft(quantity, left, resolve(noun), left.noun_start, quantity.end, "rate")
        if noun and resolve(noun).code and resolve(noun).dimension not in ("percent", "") and self._listed_growth(left):
            return self._draft(quantity, replace(left, cue="up"), resolve(noun), left.noun_start, quantity.end, "growth-list", "growth")
        if noun and left.cue == "level" and len(noun) >= 4 and re.search(r"(?:达到?|为|超过?|超|不低于|稳定在|保持在|提高到|提升至|提升到|提高至|控制在)", window) and not re.search(r"[，：]", noun):
            resolved = resolve(noun)
            if resolved.code is None:
                return self._draft(quantity, left, resolved, left.noun_start, quantity.end, "share-by-verb", "share")
        if not noun and self.last and left.cue == "level" and self.last.quantity.dimension == "percent" and left.to:
            return self._draft(quantity, left, self.last.resolved, quantity.start, quantity.end, "carried-over", self.last.measure if self.last.measure != "growth" else None)
        if not noun and self.noun_before and RATE_NOUN.search(self.noun_before):
            return self._draft(quantity, left, resolve(self.noun_before), quantity.start, quantity.end, "rate")
        return None

    def _listed_growth(self, left: Left) -> bool:
        """地区生产总值增长5%左右、规上工业增加值6%: the verb of the list."""
        before = self.text[max(0, left.noun_start - 2) : left.noun_start]
        return "、" in before and self.last is not None and self.last.measure == "growth"

    def _share(self, quantity: Quantity, left: Left, boundary: int, match: re.Match[str]) -> Draft | None:
        """占种植业产值的33.9%: part (named or carried over) of a whole."""
        part_left = peel_left(self.blank[boundary : boundary + match.start()], boundary)
        part = self._words(part_left)
        start = part_left.noun_start if part else boundary + match.start()
        whole = self.text[boundary + match.start("whole") : boundary + match.end("whole")].strip(" 　的约近超过为达到比重")
        if not part and self.last:
            part = self.last.resolved.name
        if not part:
            part = self.noun_before
        if not part:
            return None
        if not whole:
            resolved = resolve(part + "占比")
        else:
            resolved = resolve(f"{part}占{whole}比重")
            if resolved.code is None:
                resolved = replace(resolved, breakdown={"part": part, "of": whole})
        return self._draft(quantity, replace(left, cue="level", to=True, new=False), resolved, start, quantity.end, "share-of", "share")

    def _points(self, quantity: Quantity, left: Left) -> Draft | None:
        """提高1.5个百分点, 高于全省0.8个百分点, 拉动全市工业增长2.6个百分点."""
        noun = self._words(left)
        if left.verb in ("拉动", "带动", "贡献") and self.last:
            name = f"{GROWTH_TAIL.sub('', self.last.resolved.name)}拉动{noun}增长" if noun else f"{self.last.resolved.name}拉动增长"
            return self._draft(quantity, left, Resolved(None, name), left.noun_start, quantity.end, "pulls-growth")
        if noun and not GROWTH_NOUN.match(noun):
            resolved = resolve(noun)
            if GROWTH_TAIL.search(noun) or resolved.dimension not in ("percent", "permille", ""):
                base = resolve(GROWTH_TAIL.sub("", noun))
                resolved = Resolved(None, base.name + "增速", base.breakdown)
            return self._draft(quantity, left, resolved, left.noun_start, quantity.end, "points")
        if self.last is None:
            return None
        resolved = self.last.resolved
        if self.last.measure == "growth" or GROWTH_NOUN.match(noun or "") or resolved.dimension not in ("percent", "permille", ""):
            base_name = resolved.name.removesuffix("增速")
            resolved = Resolved(None, base_name + "增速", resolved.breakdown)
        return self._draft(quantity, left, resolved, quantity.start, quantity.end, "points-carried-over")

    def _multiple(self, quantity: Quantity, left: Left) -> Draft | None:
        noun = self._words(left)
        window = self.blank[max(0, quantity.start - 20) : quantity.start]
        compared = re.search(r"(?P<noun>[^，,；()（）]*?)(?:是|为|相当于|达到?)(?P<other>[^，；是为]{2,14})的(?:约|近)?$", window)
        if compared:
            other = compared["other"].strip(BLANK + " ")
            other = self.text[quantity.start - len(window) + compared.start("other") : quantity.start - len(window) + compared.end("other")].strip(" ")
            before = peel_left(compared["noun"].rstrip("也又就均都约"), quantity.start - len(window) + compared.start("noun"))
            own = self._words(before)
            resolved = resolve(own) if len(own) > 1 else self.last.resolved if self.last else None
            if resolved is None or not other:
                return None
            return self._draft(quantity, replace(left, versus=other), resolved, quantity.start, quantity.end, "times-another", "multiple")
        if noun and not GROWTH_NOUN.match(noun) and len(noun) > 1:
            return self._draft(quantity, left, resolve(noun), left.noun_start, quantity.end, "multiple")
        if self.last:
            return self._draft(quantity, left, self.last.resolved, quantity.start, quantity.end, "multiple-carried-over")
        return None

    def _ratio(self, quantity: Quantity, left: Left) -> list[Draft]:
        """11.9:51.9:36.3 of the three sectors are three shares; 2.6:1 is a ratio."""
        noun = self._words(left) or self.noun_before or (self.last.resolved.name if self.last and self.last.measure == "ratio" else "")
        noun = re.sub(r"(?:进一步|由$)", "", noun)
        scope = self.text[max(0, quantity.start - 30) : quantity.start]
        drafts: list[Draft] = []
        if len(quantity.parts) >= 3:
            for pattern, names in STRUCTURES:
                if pattern.search(scope) and len(names) == len(quantity.parts):
                    percent = registry().units["%"]
                    for name, part in zip(names, quantity.parts, strict=True):
                        one = replace(quantity, value=part, unit=percent.canonical, unit_measure=percent.unit_measure, dimension="percent", factor=percent.factor)
                        draft = self._draft(one, replace(left, cue="level", to=True), resolve(name), min(left.noun_start, quantity.start), quantity.end, "structure", "share")
                        if draft:
                            drafts.append(draft)
                    break
        elif noun and (not quantity.parts or (len(quantity.parts) == 2 and quantity.parts[1] == 1)):
            resolved = resolve(re.sub(r"(?:为|由|从)$", "", noun))
            draft = self._draft(quantity, left, resolved, left.noun_start if left.noun else quantity.start, quantity.end, "ratio", "ratio")
            if draft:
                draft.origin = self._from_to(quantity, min(len(self.text), quantity.end + 12))
                if draft.origin:
                    self.consumed |= {period.start for period in self.periods if draft.start - 12 <= period.start < quantity.start}
                drafts.append(draft)
        self.drafts += drafts
        if drafts:
            self.last = drafts[-1]
        return drafts

    def _fill_pending(self, first: int) -> None:
        """3个千亿级、30个百亿级和150个十亿级企业矩阵: the noun at the end is that of all."""
        noun: Resolved | None = None
        for draft in reversed(self.drafts[first:]):
            if draft.pending and noun is not None:
                draft.resolved, draft.pending = noun, False
            elif not draft.pending and "tier" in draft.breakdown:
                noun = draft.resolved
        self.drafts[:] = [draft for draft in self.drafts if not draft.pending]


def _abstract(noun: str) -> bool:
    """Whether the noun counts parts of a text or plan, not things of an economy (五个方面, 六大行动)."""
    plain = noun.strip("“”\"")
    return any(plain.endswith(word) for word in word_set("abstract_noun") if len(word) > 1) or plain.lstrip("大项个") in word_set("abstract_noun")
