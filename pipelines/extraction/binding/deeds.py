"""Words of what was done to things and people that are counted, so that they are never taken for all that there are.

Here: the words (惠及, 优化, 改造, 远销), the endings that are no things, and names that keep what was done. Not here:
the counts themselves (`counts`) and those that were chosen (`chosen`).
"""

import re
from dataclasses import replace

from pipelines.extraction.indicators import Resolved, resolve
from pipelines.extraction.lexicon import registry, word_set

ADVERB_TAIL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:(?<![创高更革翻清全常])新|再次|均|已|又|首次|成功|全部)$")
QUALITY_OF_PLACES = re.compile(
    r"^(?:设区市|地市|县市区?|县|市州|乡镇|省份|城市|行业|企业).*(?:质量|水平|能力|增速|满意度|环境)$"
)
REBUILT = frozenset(
    ("改造", "提升改造", "改造提升", "开工改造", "新建", "新开工", "整治", "修缮", "加固", "搬迁", "安置", "拆迁")
)
ELSEWHERE = ("省份", "省区市", "国家和地区", "国家")
FOR_OTHERS = re.compile(r"(?:[为向与和对同]|(?<!销)[往至]|辐射)$")
# 产品远销|60多个国家和地区, 来自|21个省份: how many buy, send or hold what the place has
REACHED_COUNTRIES = re.compile(
    r"(?:(?P<出口>远销|销往|销至|出口[至到]?)|(?P<来源>来自)|(?P<分布>遍布|分布在|分布于|覆盖))"
    r"(?:了|于|到)?(?:[\u4e00-\u9fff、]{0,12}等)?(?:全国|全球|世界|国内外?|海内外)?$"
)
LONGEST_SERVED = 6
OUTSIDE = frozenset(("省外", "省内", "县外", "县内", "市外", "市内", "州外", "境外", "国外", "县域内"))
# 1.6万户特殊困难家庭适老化|改造, 农房风貌|提升|26.4万户
DEED_BEHIND = re.compile(r"(?:改造|提升|搬迁|加固|安置|改善)(?=[，,、；。]|$)")
DEED_INSIDE = re.compile(r"(?:提升|改善|改造|提高)")
# what a deed is done to is counted or measured; money and rates of a deed have names of their own
# 破获刑事案件1562起 are not those that were filed
ALWAYS = frozenset(("破获", "抓获", "查处", "抽检", "检查", "化解", "退出"))
DONE_TO = frozenset(("count", "person", "household", "area", "length", "money", ""))


def with_deed(resolved: Resolved, verb: str, dimension: str) -> Resolved:
    """化解隐性债务3.6亿元, 培训农民1.2万人次, 改造危桥14座: what was done is a part of the name.

    Without it they would be all the debt, all the farmers and all the unsafe bridges that there are.

    Args:
        resolved: What the noun names.
        verb: The verb before it, "" for none.
        dimension: That of the number.
    """
    if verb not in word_set("deed_verb") or verb in resolved.name or dimension not in DONE_TO:
        return resolved
    known = registry().indicators.get(resolved.code or "")
    if known is not None and known.behaviour != "stock" and verb not in ALWAYS:
        return resolved
    named = resolve(verb + resolved.name)
    return named if named.code else replace(named, name=verb + resolved.name, breakdown=resolved.breakdown)
