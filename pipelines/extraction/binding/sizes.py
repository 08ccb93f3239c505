"""Amounts that say how large something is, and are no amounts of a place.

Here: classes by size (3万元以下的薄弱村), what a plant can make, sizes of products, and times that became shorter. Not
here: amounts (`amounts`).
"""

import re

from pipelines.extraction.binding.scope import Scope
from pipelines.extraction.indicators import resolve
from pipelines.extraction.noun_behind import peel_right
from pipelines.extraction.quantity import Quantity
from pipelines.extraction.windows import Left

PLANT = re.compile(r"[\u4e00-\u9fff](?:项目|装置|生产线|工程|产线)$")
FOREMOST = re.compile(r"(?:最[高大长深快重小]|首[台套条座艘架个列款批])[\u4e00-\u9fff]{0,4}$")
CLASSED = re.compile(
    r"(?:项目|企业|工程|产业|单位|产品|园区|集群|品牌|镇|村|县)(?:完成|实现)?(?:投资额?|到位资金|总?产值|增加值|营业收入|利润|税收|签约额|协议引资额?)?(?:占比|比例|比重|数量?)?$"
)
SHORTENED = re.compile(r"[，,]?(?:大幅|进一步)?(?:缩短|压缩|压减|缩减|减少|降低|延长)(?:到|至|为)")


def shortens(scope: Scope, quantity: Quantity, right_end: int) -> bool:
    """Whether a time is the first or the second of a time that became shorter."""
    return SHORTENED.match(scope.text, quantity.end, right_end) is not None and scope.from_to(quantity, right_end)


def is_size_class(scope: Scope, quantity: Quantity, right_end: int) -> bool:
    """年收入3万元以下的“薄弱村”: an amount that tells which of them are meant."""
    if quantity.dimension != "money" or not quantity.text.endswith(("以上", "以下", "级")):
        return False
    return CLASSED.search(peel_right(scope.text, quantity.end, right_end)[0].strip('“”"')) is not None


def is_capacity(scope: Scope, quantity: Quantity, left: Left, noun: str, right_end: int) -> bool:
    """年产4万吨锂盐项目: what a plant can make tells it from others, and is made by no one yet."""
    if quantity.dimension not in ("mass", "volume") or left.cue or resolve(noun).code is not None:
        return False
    return PLANT.search(peel_right(scope.text, quantity.end, right_end)[0]) is not None


def is_product_size(scope: Scope, quantity: Quantity, right_end: int) -> bool:
    """全球首台25兆瓦级主轴轴承, 最高10米支架: the size of a product, not of an economy."""
    if scope.text[quantity.end : quantity.end + 1] == "级" and quantity.dimension not in ("money", "count"):
        return True
    if quantity.dimension == "length" and scope.text.startswith(("内", "以内", "范围"), quantity.end):
        # 换乘站80米内设有驿站
        return True
    if quantity.dimension == "length" and scope.text.startswith(("高度", "深度", "高空", "水深"), quantity.end):
        # 80米高度平均风速: where it was measured
        return True
    foremost = FOREMOST.search(scope.text, max(0, quantity.start - 12), quantity.start)
    return foremost is not None and bool(peel_right(scope.text, quantity.end, right_end)[0])
