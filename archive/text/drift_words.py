"""Words for numbers and for denying, in English and Arabic, as `archive.text.folding.fold` leaves them."""

from archive.text.folding import fold


def folded(words: str) -> frozenset[str]:
    return frozenset(fold(words).text.split())


NUMBER_WORDS = folded(
    "zero nil one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred hundreds "
    "thousand thousands million millions billion dozen dozens score scores half third quarter couple pair both several "
    "first second fourth fifth sixth seventh eighth ninth tenth eleventh twelfth once twice single "
    "واحد واحدة اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي إثنان إثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست "
    "سبعة سبع ثمانية ثماني ثمان تسعة تسع عشرة عشر أحد إحدى عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون "
    "ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتان مئتين مائتان مائتين مئتا مئتي ثلاثمئة ثلاثمائة "
    "أربعمئة أربعمائة خمسمئة خمسمائة ستمئة ستمائة سبعمئة سبعمائة ثمانمئة ثمانمائة ثمانيمئة تسعمئة تسعمائة "
    "مئات مائات ألف ألفا ألفان ألفين آلاف مليون ملايين مليونان مليونين عشرات بضع بضعة عدة نصف ثلث ربع صفر "
    "أول أولى ثان ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة عاشر عاشرة "
    # two of a kind, in a word
    "شخصان شخصين قتيلان قتيلين جريحان جريحين طفلان طفلين مدنيان مدنيين امرأتان امرأتين رجلان رجلين شهيدان شهيدين "
    "طفلتان طفلتين سيدتان سيدتين مصابان مصابين غارتان غارتين قذيفتان قذيفتين صاروخان صاروخين مرتان مرتين مرة"
)

ENGLISH_NEGATIONS = folded(
    "no not never none nobody nothing nowhere neither nor non without hardly scarcely barely zero nil "
    "except contrary unable fake hoax untrue baseless unfounded groundless absent absence lack lacks lacked lacking"
)
# The beginnings of words: “denied”, “denies”, “denying”, “denial”.
ENGLISH_STEMS = (
    "den(?:y|ie|ial)",
    "refut",
    "reject",
    "disput",
    "disprov",
    "disown",
    "disavow",
    "debunk",
    "dismiss",
    "contradict",
    "false",
    "falsif",
    "fabricat",
    "incorrect",
    "inaccura",
    "wrong",
    "mistaken",
    "refus",
    "retract",
    "fail(?:s|ed|ing|ure)?$",
)

ARABIC_NEGATIONS = folded(
    "لا لم لن ليس ليست ليسوا ليسا ليستا لست لسنا لسن لستم غير دون دونما دونه دونها دونهم عدم عدمه بلا بدون "
    "كلا ألا لئلا أبدا قط مطلقا إطلاقا خلافا مش مو مفيش سوى "
    "نفى نفي نفت نفوا نفيا نفتا نفين نفينا نفاه نفاها نفته نفتها نفيه نفيها نفيهم ينفي تنفي ننفي أنفي ينفون تنفون "
    "ينفوا ينفيان تنفيان ينف تنف ينفيه ينفيها تنفيه تنفيها نافيا نافية نافين نافون نافيان نافيه "
    "أنكر أنكرت أنكروا أنكرا ينكر تنكر ينكرون ننكر إنكار إنكاره إنكارها منكرا منكرة منكرين "
    "كذب كذبت كذبوا يكذب تكذب يكذبون تكذيب كاذب كاذبة كاذبا مكذبا مكذبة كذبا كذبة أكاذيب زائف زائفة مزيف مزيفة باطل "
    "باطلة ملفق ملفقة "
    "رفض رفضت رفضوا يرفض ترفض يرفضون رافضا رافضة رافضين رفضا رفضه رفضها "
    "استبعد استبعدت استبعدوا يستبعد تستبعد دحض دحضت دحضوا يدحض تدحض فند فندت فندوا يفند تفند تفنيد مفندا مفندة "
    "امتنع امتنعت يمتنع تمتنع فشل فشلت يفشل تفشل"
)
# “ما” negates only by itself or after “and”: “كما” and “بما” are other words.
ARABIC_NEGATIONS_WITH_AND = folded("ما")
