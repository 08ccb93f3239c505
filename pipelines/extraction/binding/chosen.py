"""Counts of those that did something: 6所高职院校入选双高计划, 160个项目投产, 1所学校升格本科.

Here: naming such a count after what was done or the list that was entered, so that it is never taken for all that there
are. Not here: ranks and places on a list (`rankings`) and other counts (`counts`).
"""

import re

from pipelines.extraction.binding.draft import Draft
from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import word_set
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

# 7个县市入选: those that were chosen, not those that there are
CHOSEN = re.compile(
    r"(?:新|再次|首次|均|都|全部|先后|分别|成功)?(?:入选|入围|上榜|跻身|位[列居](?=[全世])|被评为|获评|荣获|被|获(?!得)|列入|纳入|通过|成为|进入|达到)"
)
CHOSEN_LEAD = re.compile(r"^(?:均|都|全部|先后|分别|成功|被)+")
LIST_DRESSING = re.compile(r"^(?:了|\d{4}年度?|首批|第[一二三四五六七八九十]批)+|(?:名单|榜单|行列|目录)$")
CHOSEN_INTO = re.compile(r"[\u4e00-\u9fffA-Z0-9“”]{2,24}(?=[、，；。]|$)")
STATE_REACHED = re.compile(
    r"(?:提前|顺利|全线)?(?:建成)?(?:投产|开工|竣工|签约|落地|投运|投用|达产|运营|通车|并网|投入使用|投入运营)"
)
# 160多个高科技项目投产: those in that state
DID = re.compile(
    # 2家规上工业企业|实现产值1.15亿元: all that there are
    r"(?:(?:实现|完成)(?!总?产值|增加值|营业?收入|营收|利润|税收|销售)|升格|晋升|晋级|升级|共享|启用|揭牌|挂牌|开诊|开业|上市|上云|脱贫|摘帽|退出|消除|达标|通过|签订|建立|开通|接入|参与|参加|获得|荣获|取得|新建|改建|扩建)(?:了)?"
)
MANNER = re.compile(r"(?<=.{2})(?:集中|同时|陆续|相继|同步|正式|现场)$")
SHORT_NOUN = 5


def read_chosen(
    scope: Scope, quantity: Quantity, left: Left, noun: str, stop: int, clause_end: int, known: bool
) -> Draft | None:
    """A count behind whose noun stands what they did.

    Args:
        scope: The sentence.
        quantity: The count.
        left: What stands before it.
        noun: What is counted.
        stop: Offset behind the noun.
        clause_end: Offset behind the clause.
        known: Whether the noun is a registered indicator.

    Returns:
        The count of those, None where nothing is said that they did.
    """
    chosen = CHOSEN.match(scope.text, stop) or STATE_REACHED.match(scope.text, stop)
    if chosen is None and known and not left.verb and not left.cue:
        # 1所职业院校升格本科, 12个乡镇通了高速: the count is of those that did
        chosen = DID.match(scope.text, stop)
    if chosen is None or not (known or noun in word_set("unit_noun") or len(noun) < SHORT_NOUN):
        return None
    manner = MANNER.search(noun)
    if manner is not None:
        # 10个项目|集中|开工
        noun = noun[: manner.start()]
    into = CHOSEN_INTO.match(scope.text, chosen.end(), clause_end)
    end = into.end() if into else chosen.end()
    verb = (manner.group() if manner else "") + chosen.group()
    resolved = _chosen(noun, verb, into.group() if into else "")
    return scope.draft(quantity, left, resolved, quantity.start, end, "chosen-count")


def _chosen(noun: str, verb: str, into: str) -> Resolved:
    """2个平台入选首批国家级中试平台 are 国家级中试平台, 404家企业通过贯标 are firms that did."""
    honour = LIST_DRESSING.sub("", into)
    if len(honour) > len(noun) and honour.endswith(noun[-2:]):
        return resolve(honour, True)
    return Resolved(None, f"{CHOSEN_LEAD.sub('', verb)}{into}{'的' if into else ''}{noun}数")
