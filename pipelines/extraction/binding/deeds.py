"""Words of what was done to things and people that are counted, so that they are never taken for all that there are.

Here: the words (惠及, 优化, 改造, 远销) and the endings that are no things. Not here: the counts themselves (`counts`)
and those that were chosen (`chosen`).
"""

import re

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
TOUCHED = frozenset(
    (
        "优化",
        "落户",
        "招引",
        "优化调整",
        "调整",
        "提升",
        "提质",
        "升级",
        "整治",
        "修缮",
        "检查",
        "巡查",
        "维护",
        "更新",
        "整合",
        "关停",
        "重组",
    )
)
# 1.6万户特殊困难家庭适老化|改造, 农房风貌|提升|26.4万户
DEED_BEHIND = re.compile(r"(?:改造|提升|搬迁|加固|安置|改善)(?=[，,、；。]|$)")
DEED_INSIDE = re.compile(r"(?:提升|改善|改造|提高)")
STOCKS = frozenset(
    ("ENTERPRISES", "BUSINESS_ENTITIES", "SMALL_ENTERPRISES", "INDIVIDUAL_BUSINESSES", "PRIVATE_ENTERPRISES")
)
REACHED = frozenset(
    (
        "惠及",
        "服务",
        "走访",
        "覆盖",
        "帮扶",
        "支持",
        "扶持",
        "资助",
        "带动",
        "帮助",
        "培训",
        "助力",
        "受益",
        "引导",
        "组织",
    )
)
