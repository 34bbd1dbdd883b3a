"""The words of English and Arabic for numbers and for people, as `archive.text.folding.fold` leaves them."""

from collections.abc import Iterable, Mapping

from archive.text.folding import fold


def folded(words: str) -> list[str]:
    return fold(words).text.split()


def numbered(words: str, start: int, step: int = 1) -> dict[str, int]:
    """Lines of words: each word of the first stands for ``start``, of the second for ``start + step``, …"""
    lines = [line for line in words.strip().splitlines() if line.strip()]
    return {word: start + step * number for number, line in enumerate(lines) for word in folded(line)}


ONES = numbered("one single sole\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine", 1)
TEENS = numbered(
    "ten\neleven\ntwelve\nthirteen\nfourteen\nfifteen\nsixteen\nseventeen\neighteen\nnineteen",
    10,
)
TENS = numbered("twenty\nthirty\nforty fourty\nfifty\nsixty\nseventy\neighty\nninety", 20, 10)
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
PAIRS = {"both": 2, "couple": 2, "pair": 2, "twins": 2, "trio": 3}

ARABIC_ONES = numbered(
    """واحد واحدة أحد إحدى
    اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي إثنان إثنين
    ثلاث ثلاثة
    أربع أربعة
    خمس خمسة
    ست ستة
    سبع سبعة
    ثمان ثماني ثمانية
    تسع تسعة""",
    1,
)
ARABIC_TEN = dict.fromkeys(folded("عشر عشرة"), 10)
ARABIC_TENS = numbered(
    """عشرون عشرين
    ثلاثون ثلاثين
    أربعون أربعين
    خمسون خمسين
    ستون ستين
    سبعون سبعين
    ثمانون ثمانين
    تسعون تسعين""",
    20,
    10,
)
HUNDRED_ENDINGS = folded("مئة مائة")
ARABIC_HUNDREDS = {
    **dict.fromkeys(HUNDRED_ENDINGS, 100),
    **dict.fromkeys(folded("مئتان مئتين مائتان مائتين مئتا مئتي"), 200),
    **{
        stem + ending: value * 100
        for stem, value in numbered("ثلاث\nأربع\nخمس\nست\nسبع\nثمان ثماني\nتسع", 3).items()
        for ending in HUNDRED_ENDINGS
    },
}
ARABIC_THOUSANDS = {**dict.fromkeys(folded("ألف آلاف"), 1000), **dict.fromkeys(folded("ألفان ألفين"), 2000)}

# Words that name no number: what an editor may take them for, both ends included.
VAGUE: Mapping[str, tuple[int, int]] = {
    "dozens": (12, 36),
    "scores": (20, 60),
    "tens": (10, 30),
    "hundreds": (100, 300),
    "thousands": (1000, 3000),
    **dict.fromkeys(("several", "multiple", "numerous", "many"), (2, 9)),
    **dict.fromkeys(("few", "handful"), (2, 6)),
    **dict.fromkeys(folded("عشرات"), (10, 36)),
    **dict.fromkeys(folded("مئات مائات"), (100, 300)),
    **dict.fromkeys(folded("آلاف الآلاف"), (1000, 3000)),
    **dict.fromkeys(folded("بضع بضعة"), (3, 9)),
    **dict.fromkeys(folded("عدة بعض العديد كثير كثيرون"), (2, 9)),
}
NOBODY = frozenset(
    folded(
        "no nobody none zero nil without neither nor not never spared unharmed unhurt uninjured averted "
        "لا لم دون بدون صفر ليس عدم أي نجا سالمين"
    )
)
MORE = ("more than", "over", "above", "exceeding", "exceeds", "exceeded", "upwards of", "beyond")
MORE_ARABIC = ("اكثر من", "يزيد علي", "يزيد عن", "تجاوز", "يتجاوز", "يفوق", "فوق", "باكثر من")
LESS = ("less than", "fewer than", "under", "below", "almost", "nearly", "اقل من", "ما يقل عن", "دون")


def singulars(words: str) -> frozenset[str]:
    return frozenset(folded(words))


PERSON = singulars(
    "person man woman child boy girl baby infant toddler teenager teen civilian adult resident local passer-by "
    "villager farmer shepherd mother father son daughter brother sister wife husband grandmother grandfather uncle "
    "aunt nurse doctor medic paramedic midwife surgeon physician pharmacist technician patient worker employee "
    "volunteer "
    "rescuer guard driver journalist reporter teacher student pupil imam worshipper shopkeeper vendor fighter soldier "
    "rebel militant member officer victim martyr fatality casualty death individual elder pensioner refugee"
)
PEOPLE = frozenset({f"{word}s" for word in PERSON}) | singulars(
    "people persons men women children babies civilians wives families casualties fatalities dead wounded injured"
)
ARABIC_PERSON = singulars(
    "شخص رجل امرأة سيدة طفل طفلة رضيع رضيعة شاب شابة فتى فتاة صبي مدني مدنية مواطن مواطنة نازح نازحة مسن مسنة "
    "قتيل قتيلة جريح جريحة شهيد شهيدة ضحية مصاب مصابة حالة وفاة أم أب ابن ابنة زوجة زوج أخ أخت جد جدة "
    "ممرض ممرضة طبيب طبيبة مسعف مسعفة قابلة صيدلي موظف موظفة عامل عاملة متطوع متطوعة مريض مريضة حارس سائق "
    "صحفي صحفية إعلامي ناشط معلم معلمة مدرس طالب طالبة تلميذ مقاتل مسلح جندي عنصر ضابط راع مزارع بائع فرد"
)
ARABIC_PEOPLE = singulars(
    "أشخاص رجال نساء سيدات أطفال مدنيون مدنيين مواطنون مواطنين قتلى جرحى شهداء ضحايا مصابون مصابين نازحون نازحين "
    "ممرضون ممرضين أطباء مسعفون مسعفين عمال متطوعون متطوعين مرضى مقاتلون مقاتلين مسلحون مسلحين جنود عناصر أفراد ناس"
)


def duals(nouns: Iterable[str]) -> frozenset[str]:
    """Two of each: طفلان and طفلين of طفل, سيدتان and سيدتين of سيدة (its ة is folded to ه)."""
    stems = [noun[:-1] + "ت" if noun.endswith("ه") else noun for noun in nouns]
    return frozenset(stem + ending for stem in stems for ending in ("ان", "ين"))


ARABIC_TWO = duals(ARABIC_PERSON)
