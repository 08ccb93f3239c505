"""Sentences of our own for the tests of reading, simplified and traditional, long and short."""

SIMPLIFIED = (
    "2024年，全县实现地区生产总值512.6亿元，比上年增长6.1%。其中，第一产业增加值48.2亿元，增长3.9%；第二产业增加值233.7亿元，增长7.4%；"
    "第三产业增加值230.7亿元，增长5.5%。\n城镇居民人均可支配收入达到46120元，农村居民人均可支配收入达到25310元。\n"
)
TRADITIONAL = (
    "2024年，全縣實現地區生產總值512.6億元，比上年增長6.1%。其中，第一產業增加值48.2億元，增長3.9%；第二產業增加值233.7億元，增長7.4%。\n"
    "城鎮居民人均可支配收入達到46120元，農村居民人均可支配收入達到25310元，各項社會事業全面發展。\n"
)
# Short ones, as the pages of a dashboard or the title of a list have them.
SHORT_SIMPLIFIED = ("昆山市简介", "全县生产总值512亿元", "浙江省义乌市", "工业、农业、服务业")
SHORT_TRADITIONAL = ("桃園市簡介與發展概況", "全縣生產總值512億元", "臺灣省新竹縣政府", "製造業、農業與服務業")
