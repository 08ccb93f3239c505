"""What is known while one sentence is bound, and the steps that all its readers share.

Here: the state of a sentence (last draft, last list, nouns of earlier clauses) and making a draft with measure,
sign and unit. Not here: the rules for a kind of quantity (`lists`, `amounts`, `counts`, `rates`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.fitting import fit, names_nothing
from pipelines.extraction.binding.measures import adopted_unit, measure_of
from pipelines.extraction.binding.naming import (
    of_cargo,
    of_fund,
    of_labelled,
    of_project,
    part_of_industry,
    part_of_registered,
    with_size,
)
from pipelines.extraction.indicators import Resolved, metric_heads, resolve
from pipelines.extraction.lexicon import alternation, word_set
from pipelines.extraction.noun_behind import BRACKET_INSIDE
from pipelines.extraction.patterns import guarded
from pipelines.extraction.periods import Period
from pipelines.extraction.places import Mention
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.sentences import Clause, split_clauses
from pipelines.extraction.windows import Left, peel_left

BLANK = "\u3000"
RESPECTIVELY = re.compile(r"分别|依次|双双|分获|分占")
SHARE = re.compile(
    r"占(?:据了?)?(?![用领据线有]|地(?![区方])|比(?:均|都|双双|分别))(?P<to>到?了?)(?P<whole>[^，；]*?)(?:的)?(?:比重|比例|份额|总量|比率)?(?:约|近|超过?|超|为|达到?|的)*$"
)
GENERIC_NOUN = re.compile(
    r"^(?:现价)?(?:这一?[个项]?(?:数字|数据|指标|金额|数(?!量))|该(?:数字|数据|指标)|上述(?:数字|金额)|总量|绝对量|绝对额|总额|规模|数量|其|总规模|总数|数额|(?:预算)?执行数|完成数|实际数|决算数)$"
)
GROWTH_NOUN = re.compile(
    r"^(?:同期|其|平均|当年|总体|同比|名义|实际)?(?:增速|增幅|增长率|涨幅|降幅|减幅|跌幅|增长|增量|增长速度)$"
)
GROWTH_TAIL = guarded(r"(?:同比)?(?:增速|增幅|增长率|涨幅|增长速度|降幅|减幅|跌幅)$")
SEPARATOR = re.compile(
    r"^[\s、，,]*(?:和|与|及|以及)?\s*(?:每人每[年月])?(?:(?<=[、和与及])(?:同比)?(?:增长|下降|上升|减少|增加|提高|回落|降低|改善|好转|恶化))?\s*$"
)
MEASURED = re.compile(r"(?:率|比重|占比|比例|指数|数量|家数|人数|总数)$")
NEGATIVE_VERBS = {"调减", "减少", "压减", "净减少", "核减", "削减", "下降"}
COUNTED = frozenset(("count", "person", "household"))
CONTRIBUTIONS = frozenset(("contribution", "pulls-growth"))
REACHES = re.compile(
    r"[,，]?(?:进一步)?(?:(?:发展|增长|增加|扩大|提高|提升|上升|跃升|下降|减少|缩小|降低)?(?:到|至)|(?:优化|调整|变化|演变|转变)[为到至成])"
    r"|[,，]?转(?:为|至)(?=[增下上减])"
    r"|[\u4e00-\u9fff]{2,4}为(?=[\d.]|$)"
)
# 从1978年的914万元|，发展到2018年的8.8亿
REACHES_ON = re.compile(
    r"[,，](?:进一步|逐步|稳步)?(?:发展|增长|增加|扩大|提高|提升|上升|跃升|攀升|下降|减少|缩小|降低)(?:到|至)了?(?=[\d去今约近\u3000])"
)
KINDS_OF_PLACE = guarded(
    r"(?<=[县州盟市])[（(][市区旗州、]{1,5}[)）]|(?<=[场社业])[（(][户场社、]{1,4}[)）]|(?<=[新改])[（(][改扩、]{1,4}[)）](?=建)"
)
PRICED = re.compile(r"(?:价格?|均价|单价)$")
EACH = re.compile(r"每(?:公斤|千克|斤|吨|平方米|亩|立方米|千瓦时)$")
FROM = re.compile(r"[从由自][^，；]{0,14}$")
YARDSTICK = (
    "高于", "低于", "高出", "低出", "快于", "领先", "比", "占", "较", "对", "与", "超过", "优于", "好于", "慢于",
)  # fmt: skip
# 外资企业数量|多于义乌, 地区生产总值总量|居首, 新能源汽车产量|位居全国城市第一: what a noun is said to do beside others
STANDING = re.compile(
    r"(?:总量|规模)?(?:稳居|跃居|位居|位列|名列|排名|领跑|领先|超越|赶超|反超|超过|多于|少于|高于|低于|大于|快于|慢于|优于|好于|仅次于|遍布|突破|跨过|迈过|迈上|站上|居(?=[首前第全])"
    r"|连跨|跨越|跃上|跨上|登上|再上|再创|持续|稳步|不断|连续|逐年|快速|平稳)"
)
# 减少碳排放2810万吨 is a 减排量 of so much: the name says the sign
REDUCTION = re.compile(r"减排量|减少量|节能量|压减量|节约量")
RANK_WORDS = re.compile(
    r"(?:排名|位列|位居|名列|排|居)第(?:\d+|[一二三四五六七八九十]+)(?:名|位)?的?|第(?:\d+|[一二三四五六七八九十]+)(?:名|位)的?"
)

# 前者|增长6.4%: of what was told before
PRONOUNS = re.compile("前者|后者|[两二]者")
SPACE = re.compile("[ 　]+")
LEAST_BEHIND = 4
# what was added, by the words before it, and what stands at a time however it grew
NEWLY = re.compile(r"新[增建改登注签引认设办开培发]|净增")
STOCK = re.compile(r"余额$|总[数量]$|存量$")


@lru_cache(maxsize=1)
def _persons() -> re.Pattern[str]:
    return guarded(alternation("person_noun"))


@dataclass(slots=True)
class Scope:
    """One sentence while it is bound.

    Attributes:
        text: The sentence.
        quantities: Its quantities.
        periods: Its expressions of time.
        mentions: The places that it names.
        drafts: What has been read so far.
        group: The drafts of the last list, for a list that goes on (同比增长分别为6.4%、7.9%).
        left_out: Quantities that are no observation, by the offset of their numeral, with what they are instead.
        consumed: Offsets of periods that belong to the first value of a from-to alone (由上年729万人增加到732万人).
        blank: The sentence with places, periods and ranks blanked out, character for character; empty where it has no
            quantities.
        last: The last draft.
        told_before: The last clause without a number of its own, and where its words end.
        before: What the sentence before told of, for parts that leave it out (分产业看,第一产业增长3%).
        earlier: The sentences before it, the nearest last, for lists of places that leave out what is measured.
        parts_new: Where the last part of something new stands (新增…，其中…), -1 where there is none.
    """

    text: str
    quantities: Sequence[Quantity]
    periods: Sequence[Period]
    mentions: Sequence[Mention]
    drafts: list[Draft] = field(default_factory=list)
    group: list[Draft] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    consumed: set[int] = field(default_factory=set)
    blank: str = ""
    last: Draft | None = None
    told_before: tuple[Clause, int] | None = None
    before: Resolved | None = None
    _clauses: list[Clause] | None = None
    earlier: Sequence[str] = ()
    parts_new: int = -1
    _noun_before: str | None = None

    def __post_init__(self) -> None:
        """Blank out what is no part of a noun."""
        if self.quantities:
            self.blank = self._blanked()

    @property
    def clauses(self) -> list[Clause]:
        """The clauses of the sentence, divided when they are first asked for: most sentences hold no number."""
        if self._clauses is None:
            closed = [(quantity.start, quantity.end) for quantity in self.quantities]
            closed += [(period.start, period.end) for period in self.periods]
            if "（" in self.text or "(" in self.text:
                # 48个县（市）: the bracket is part of the word
                closed += [match.span() for match in KINDS_OF_PLACE.finditer(self.text)]
                closed += [match.span() for match in BRACKET_INSIDE.finditer(self.text)]
            self._clauses = split_clauses(self.text, closed)
        return self._clauses

    def _blanked(self) -> str:
        characters = list(self.text)
        for period in self.periods:
            if period.role != "comparison":
                characters[period.start : period.end] = BLANK * (period.end - period.start)
        for word in PRONOUNS.finditer(self.text) if "者" in self.text else ():
            characters[word.start() : word.end()] = BLANK * (word.end() - word.start())
        for rank in RANK_WORDS.finditer(self.text) if "第" in self.text else ():
            characters[rank.start() : rank.end()] = BLANK * (rank.end() - rank.start())
        for mention in self.mentions:
            before = self.text[max(0, mention.start - 3) : mention.start]
            if before.endswith(YARDSTICK):
                continue
            characters[mention.start : mention.end] = BLANK * (mention.end - mention.start)
        return "".join(characters)

    def words(self, left: Left) -> str:
        """The noun in the words of the text, with the places inside it but not around it."""
        if not left.noun:
            return ""
        words = self.text[left.noun_start : left.noun_start + len(left.noun)].strip(" 　")
        if " " in words or "　" in words:
            # 产业对接会举行 现场签约项目32个: a space parts as a comma does
            behind = SPACE.split(words)[-1]
            return behind if len(behind) >= LEAST_BEHIND else words
        return words

    def draft(
        self,
        quantity: Quantity,
        left: Left,
        resolved: Resolved,
        start: int,
        end: int,
        rule: str,
        measure: str | None = None,
    ) -> Draft | None:
        """A draft with measure, sign and unit settled, or None when the unit cannot be a unit of the indicator."""
        if resolved.code is None and names_nothing(resolved.name, self.mentions):
            # 与南昌县的31万元差了一大截: a place is nothing that is measured
            return None
        if quantity.dimension == "money" and resolved.code is None and PRICED.search(resolved.name):
            # 收购价由2017年的|每公斤|24元涨到现在的36元
            each = EACH.search(self.text, max(0, quantity.start - 5), quantity.start)
            each = each if each and not resolved.name.endswith(each.group()) else None
            resolved = replace(resolved, name=resolved.name + each.group()) if each else resolved
        fitted = fit(resolved, quantity, self.words(left), measure)
        if fitted is None:
            return None
        resolved, (unit, unit_measure, factor) = fitted
        first = self.last if self.last is not None and self.last.origin and self.last.resolved == resolved else None
        if first is not None and first.unit.startswith(f"{unit}/"):
            unit, unit_measure, factor = first.unit, first.unit_measure, first.factor
        value, value_high = quantity.value, quantity.value_high
        if measure is None:
            measure = measure_of(quantity, left, resolved)
        if not quantity.dimension and measure != "ratio":
            adopted = adopted_unit(quantity, resolved)
            if adopted is None:
                return None
            unit, unit_measure, factor = adopted
        negative = (
            measure in ("growth", "change")
            and quantity.value > 0
            and not REDUCTION.search(resolved.name)
            and (left.cue == "down" or (measure == "change" and left.verb in NEGATIVE_VERBS))
        )
        if negative:
            value, value_high = -value, None if value_high is None else -value_high
            if value_high is not None:
                value, value_high = value_high, value
        if quantity.dimension in ("count", "household"):
            resolved = with_size(resolved, self.text, start)
        if resolved.breakdown:
            told = [draft.resolved for draft in self.drafts] or ([self.before] if self.before else [])
            resolved = part_of_industry(resolved, self.text, told)
        resolved = of_labelled(resolved, self.text, quantity.start)
        resolved = of_cargo(of_project(resolved, self.text, quantity.start), self.text, quantity.start)
        resolved = of_fund(resolved, self.text, quantity.start)
        resolved = part_of_registered(resolved, self.text, quantity.start, self.before)
        breakdown = dict(resolved.breakdown)
        if left.versus and measure in ("change", "multiple"):
            breakdown["vs"] = left.versus.strip("　 ")
        return Draft(
            quantity,
            measure,
            value,
            value_high,
            unit,
            unit_measure,
            factor,
            quantity.bound,
            resolved,
            breakdown,
            min(start, quantity.start),
            max(end, quantity.end),
            rule,
            left.verb,
        )

    def same_dimension(self, quantity: Quantity, resolved: Resolved) -> bool:
        """Whether a quantity can be a value of the indicator."""
        if {resolved.dimension, quantity.dimension} == {"count", "household"}:
            # 企业从80户增加到810户
            return True
        return resolved.dimension == quantity.dimension or not resolved.dimension

    def adjacent(self, first: Quantity, second: Quantity) -> bool:
        """Whether nothing but 的 stands between two quantities."""
        return first.end <= second.start and not self.text[first.end : second.start].strip("的 ")

    def run_length(self, found: list[Quantity], index: int, clause: Clause) -> int:
        """How many quantities follow each other with nothing but list marks between them."""
        count = 1
        while index + count < len(found) and SEPARATOR.match(
            self.text[found[index + count - 1].end : found[index + count].start]
        ):
            count += 1
        return count

    def remember_noun(self, clause: Clause, end: int | None = None) -> None:
        """2015年天水市地区生产总值:|553.8亿元: the noun stands in the clause before."""
        if not clause.depth:
            self.told_before = (clause, clause.end if end is None else end)
            self._noun_before = None

    @property
    def noun_before(self) -> str:
        """The noun of an earlier clause without a number of its own, "" where it names nothing that is measured."""
        if self.told_before is None:
            return ""
        if self._noun_before is None:
            self._noun_before = self._noun_of(*self.told_before)
        return self._noun_before

    def _noun_of(self, clause: Clause, end: int) -> str:
        standing = STANDING.search(self.blank, clause.start, end)
        left = peel_left(self.blank[clause.start : standing.start() if standing else end], clause.start)
        noun = self.text[left.noun_start : left.noun_start + len(left.noun)] if len(left.noun) <= 20 else ""
        # 消费活力不断释放, 国企改革成效显现: a clause of its own names nothing that could be measured
        known = MEASURED.search(noun) or resolve(noun).code or resolve(noun, True).code or _persons().search(noun)
        if noun.endswith(("制度", "机制", "力度", "态度")):
            return ""
        headed = self.text[clause.end : clause.end + 1] in "：:（("
        return noun if noun and (known or metric_heads().search(noun) or headed) else ""

    @property
    def contributor(self) -> str:
        """What contributes (第二产业 of 第二产业增加值88.6亿元,拉动GDP增长4.1个百分点), "" where it is unknown."""
        if (
            self.last is not None
            and self.last.rule in ("rate", *CONTRIBUTIONS)
            and self.last.resolved.name.endswith("贡献率")
        ):
            # 第二产业对经济增长的贡献率达64.8%，|拉动|GDP增长4个百分点
            own = self.last.breakdown.get("industry") or self.last.breakdown.get("part")
            if own:
                return own
        told = next((draft for draft in reversed(self.drafts) if draft.rule not in CONTRIBUTIONS), None)
        if told is None:
            return ""
        name = told.breakdown.get("industry", told.resolved.name)
        return metric_heads().sub("", name) or name

    def anchored(self, clause: Clause, left: Left) -> Left:
        """发酵酒（增长87%）: the noun before the parenthesis."""
        anchor = self.clauses[clause.anchor or 0]
        quantities = [q for q in self.quantities if anchor.start <= q.number_start < anchor.end]
        start = quantities[-1].end if quantities else anchor.start
        window = self.blank[start : anchor.end]
        cut = max(window.rfind("、"), window.rfind("有"), window.rfind("为"), window.rfind("是")) + 1
        other = peel_left(window[cut:], start + cut)
        return replace(left, noun=other.noun, noun_start=other.noun_start) if other.noun and not quantities else left

    def across_bracket(self, clause: Clause, left: Left) -> Left:
        """中亚班列（澜湄快线）|开行|2700列: the noun before the bracket and the word behind it are one name."""
        index = self.clauses.index(clause)
        if index < 2 or not self.clauses[index - 1].depth or (left.noun and resolve(self.words(left)).code):
            return left
        if self.text[clause.start - 1 : clause.start] not in ("）", ")"):
            return left
        if left.noun and left.noun_start != clause.start:
            return left
        anchor = self.clauses[index - 2]
        before = peel_left(self.blank[anchor.start : anchor.end], anchor.start)
        # 每千人口拥有执业（助理）医师: what is counted by is no number of its own
        counted = [q for q in self.quantities if anchor.start <= q.number_start < anchor.end]
        if not before.noun or any(self.text[q.start - 1 : q.start] != "每" for q in counted):
            return left
        # 居民消费价格指数（CPI）|为|101.2: nothing but a verb stands behind the bracket
        end = left.noun_start + len(left.noun) if left.noun else anchor.end
        return replace(left, noun=self.blank[before.noun_start : end], noun_start=before.noun_start)

    def from_to(self, quantity: Quantity, right_end: int) -> bool:
        """从3826.5亿元增长到4398.6亿元: the first of two levels."""
        before = self.blank[max(0, quantity.start - 16) : quantity.start]
        if not FROM.search(before):
            return False
        if REACHES_ON.match(self.text, quantity.end):
            return True
        after = self.blank[quantity.end : right_end].lstrip("的 　")
        following = peel_left(after, 0)
        # 发展到目前的1735个: the words of time swallow 到
        reaches = REACHES.match(self.text[quantity.end : right_end])
        return (following.to or reaches is not None) and len(after) < 14

    def list_verb(self, quantity: Quantity, left: Left) -> Left:
        """新增现代农业产业园11个、产业集群9个: the verb counts for all of the list, and for the parts (其中…)."""
        before = self.text[max(0, left.noun_start - 3) : left.noun_start].rstrip("，,：: ")
        last = self.last
        if last is not None and last.measure == "growth" and self.parts_new >= 0:
            # 新登记3126户，其中企业612户，同比增长8.3%，|个体工商户|2489户: the list of parts goes on
            part = next((one for one in self.drafts if one.quantity.number_start == self.parts_new), None)
            apart = part is None or "；" in self.text[part.end : left.noun_start]
            alike = part is not None and part.quantity.dimension == quantity.dimension
            if not apart and alike and part is self.drafts[-2] and not left.cue and not left.verb:
                self.parts_new = quantity.number_start
                return replace(left, new=True)
        if last is None or left.cue:
            return left
        # 新增从业人员2.6万人、企业0.4万家
        alike = last.quantity.dimension == quantity.dimension or (
            last.quantity.dimension in COUNTED and quantity.dimension in COUNTED
        )
        own_verb = left.verb and left.verb.removeprefix("累计") not in word_set("action_new")
        if before.endswith("、") and last.measure == "change" and alike and not own_verb:
            return replace(left, new=True, cue="down" if last.value < 0 else "")
        if left.verb or not alike or STOCK.search(self.words(left)):
            return left
        # 净增0.1万人,其中城镇人口5万人: what exceeds the sum is no part of it
        fits = quantity.value * quantity.factor <= last.value * last.factor and "carried" not in last.rule
        new = fits and NEWLY.search(self.text, max(0, last.start - 3), last.start + 2)
        inside = before.endswith("其中") and new
        if inside or (
            last.quantity.number_start == self.parts_new
            and not self.text[last.quantity.end : left.noun_start].strip("，,、和 ")
        ):
            # 新登记市场主体9000户，其中企业2300户，个体工商户6500户
            self.parts_new = quantity.number_start
            return replace(left, new=True)
        return left
