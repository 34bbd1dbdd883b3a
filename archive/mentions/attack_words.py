"""Words that say that something was attacked, and words that say that a place is named for another reason.

Regular expressions over text as published, for English and Arabic. What stands `before` a place is looked at without
the words that describe it (`archive.mentions.parts`). In the lists `_` stands for a space.
"""

import re


def _any(*lists: str) -> str:
    """One of the expressions that the lists give, apart by spaces."""
    return "|".join(word.replace("_", r"\s+") for words in lists for word in words.split())


def _pattern(*choices: str) -> re.Pattern[str]:
    return re.compile("|".join(choices), re.IGNORECASE)


_ATTACKED = _any(
    r"attack\w* air[_-]?(?:strike|raid|attack|bombardment)\w* strikes? struck bomb\w* shell(?:s|ed|ing|fire)?",
    r"kill\w* hit(?:s|ting)? rockets? missiles? mortars? raids? blasts? explo\w+ detonat\w+ blew massacre\w*",
    r"barrel chlorine sarin gas(?:sed|sing)? chemical target(?:ed|ing|s) execut(?:e[ds]?|ing|ions?) behead\w*",
    r"ambush\w* snip(?:ers?|ed|ing) pound\w* pummel\w* burn(?:ed|t) died dead deaths? martyr\w* injur\w+",
    r"wound\w+ clash\w* fighting battl\w+ assault\w* storm(?:ed|ing) gunned shot shoot\w* casualt\w+",
    r"destroy\w*",
    r"slaughter\w* hanged crucif\w+ mines? abduct\w* kidnap\w* dropp(?:ed|ing) offensive victims? slain",
)
ATTACK = _pattern(
    rf"\b(?:{_ATTACKED})\b",
    _any(
        "قصف غار(?:ة|ات) استهد قتل مقتل قتيل قتلى صاروخ صواريخ انفج تفجير مجزرة مجازر برميل براميل قذيف قذائف هجوم",
        "هجمات",
        "شهيد شهداء استشه جرح جريح أصيب إصاب اصاب ضرب دمر تدمير كلور سارين كيما كيمي اشتباك هاجم قنبلة قنابل ضحايا ضحي",
        "سقوط سقط أعدم إعدام لغم عبوة",
    ),
)
_HURT = _any(r"kill(?:s|ed|ing)? died dead deaths? martyrs? martyred massacre\w* execut(?:ed|ions?) behead\w*")
_HURT_TOO = _any(r"injur\w+ wound(?:ed|s)")
CASUALTIES = _pattern(
    rf"\b(?:{_HURT})\b",
    rf"\b(?:{_HURT_TOO})\b",
    _any("قتل مقتل قتلى شهداء شهيد استشه مجزرة جرح ضحايا أصيب"),
)
CLAUSE = _pattern(r"\b(?:while|whereas|although|but|بينما)\b", ";", "؛", r"\bفي حين\b")

_SPEAKER = _any(
    r"lawyers? doctors? activists? sources? witness(?:es)? correspondents? reporters? journalists? medics? surgeons?",
    r"officials? spokes(?:man|men|woman|person) lecturers? photographers? directors? mayor governor commander",
    r"civil_defen[cs]e(?:_(?:forces|team|cent(?:er|re)))?",
)
_FROM_THERE = _any(
    r"teachers? nurses? farmers? students? engineers? natives? residents? inhabitants? refugees? man woman",
    "father mother",
)
_WHO = _any("who reached contacted living lives? based working works? originally currently inside outside is was has")
SPEAKER_BEFORE = _pattern(
    rf"\b(?:{_SPEAKER})(?:\s+(?:{_WHO})){{0,3}}\s+(?:from|in|inside|at|of|on\s+the\s+ground\s+in)\s*$",
    rf"\b(?:{_SPEAKER}|{_FROM_THERE})(?:\s+(?:{_WHO})){{0,3}}\s+(?:from|native\s+to)\s*$",
    r"\b(?:living|lives|based|working|headquartered)\s+(?:in|at)\s*$",
)
_AUTHORITY = _any(
    r"cent(?:er|re) directorate police_(?:command|department) governor(?!ate) administration coordination council",
    r"committee network observatory office 24\b today correspondent reporter resident activists? lawyer revolution\b",
)
SPEAKER_AFTER = _pattern(
    r"\s*-based\b",
    r"\s*['’]?s?\s+(?:(?:civil|military|provincial|local|revolutionary?|city|police|health|media|press|news)\s+)*"
    rf"(?:{_AUTHORITY})",
)
_ARABIC_SPEAKER = _any(
    "مراسل ناشط الناشط محام المحامي طبيب الطبيب مصدر مصادر شاهد شهود مدير مديرية محافظ إعلامي الإعلامي مجلس"
)
ARABIC_SPEAKER_BEFORE = _pattern(
    rf"(?:{_ARABIC_SPEAKER}|تنسيقية|مركز)"
    r"\w*\s+(?:\S+\s+){0,3}(?:من|في|ب)?\s*(?:مدينة|بلدة|قرية|أبناء|أهالي)?\s*$"
)
HURT_AFTER = _pattern(
    r"[^.;]{0,60}\b(?:killed|wounded|injured|executed|dead|hit|targeted)\b", r"[^.؛]{0,40}(?:قتل|استشهد|أصيب|جرح)"
)

CAPITAL_NAMES = frozenset({"damascus", "دمشق"})  # of them governments are spoken of by their capital
_DEALING = _any(
    r"support(?:s|ed|ing)? back(?:s|ed|ing)? by towards? against with loyal_to all(?:y|ies|ied|iance)_(?:of|to|with)",
    r"ties_(?:to|with) to from for between accus\w+ blam\w+ urg\w+ ask\w+ pressur\w+ help(?:s|ed|ing)? promis\w+ and",
)
CAPITAL_BEFORE = _pattern(rf"\b(?:{_DEALING})\s*$")
_GOVERNING = _any(
    r"says said den(?:y|ies|ied) insist accus blam claim want reject agree employ promis pledg vow",
    r"remain(?:ed|s)_dependent",
    r"regime government allies all(?:y|ied) authorit officials? announc did_not does_not refus launched",
)
CAPITAL_AFTER = re.compile(  # in lower case: in a headline the next word may begin another sentence
    r"\s*['’]?s?\s*(?:regularly|has|had|have|also|on \w+day)?\s*"
    rf"(?:{_GOVERNING})"
)
GOVERNMENT_IN = _pattern(
    r"\b(?:governments?|regime|ministr(?:y|ies)|authorit(?:y|ies)|parliament|president\s+\w+|embassy|leadership|rulers?"
    r"|newspaper|correspondent|(?:meeting|talks|conference)\b[^.]{0,40})\s+(?:in|of|from)\s*$",
    r"\btold\s+[^.]{0,30}\bin\s*$",
    r"(?:الحكومة|النظام|وزارة\s+\S+)\s+في\s*$",
)
PLACING = _pattern(r"\b(?:in|near|on|outside|at|of|around|inside)\s*$")
NEGOTIATION = _pattern(
    r"\b(?:talks|negotiat\w+|conference|summit|agreement)\s+(?:\w+\s+){0,2}(?:in|at)\s*$",
    r"(?:محادثات|مفاوضات|مؤتمر|اتفاق)\s+(?:\S+\s+){0,2}(?:في)?\s*$",
)

_TAKEN = _any(
    r"taken rushed transferr?ed transported evacuated moved brought admitted treated hospitali[sz]ed airlifted ferried",
    "escorted",
)
TREATED_BEFORE = _pattern(
    rf"\b(?:{_TAKEN})\b[^.;]{{0,70}}\b(?:to|in|at|into|from)\s*$",
    r"(?:نقل|نُقل|أسعف|اسعف|تحويل)\S*[^.؛]{0,60}(?:إلى|في)\s*(?:مشفى|مستشفى|مشافي|مستشفيات)?\s*(?:مدينة|بلدة)?\s*$",
)
_INJURED = _any(r"injur\w+ wound\w+ casualt\w+ victims? patients? hospitals? clinics? treat\w+ bodies martyrs?")
HURT = _pattern(
    rf"\b(?:{_INJURED})",
    "مشفى|مستشفى|جرح|مصاب",
)
_GOING = _any(
    r"fled flee(?:ing)? escap\w+ displaced evacuated evacuees withdr[ae]w\w* convoy\b[^.]{0,20} return(?:ed|ing)?",
    r"travel\w+ way road highway headed heading reinforcements deployed\b[^.]{0,40} coming came come arriv\w+ crossed",
    r"crossing driv\w+ enter\w* aid taken moved transferred bound",
)
LEFT_BEFORE = _pattern(
    rf"\b(?:{_GOING})\s+(?:(?!were\b|was\b|and\b)\w+\s+){{0,4}}?(?:from|to|for|towards?|into|near|via|in)\s*$",
    r"نزح\S*\s+(?:من|إلى)\s*$",
)
_STARTING = _any(
    r"took_off tak(?:e|ing|en)_off fl(?:ying|ew|own) launched fired shot departed stationed positioned based",
    r"entrenched",
    r"stemming originat\w+ hol(?:ed|ding)_up",
)
_ARABIC_STARTING = _any("أقلع اقلع إقلاع انطلق انطلاق المتمركز المتواجد المنطلق مصدرها")
ORIGIN_BEFORE = _pattern(
    rf"\b(?:{_STARTING})\s+(?:\w+\s+){{0,4}}?(?:from|in|at|out\s+of)\s*$",
    rf"(?:{_ARABIC_STARTING})\S*\s+(?:\S+\s+){{0,3}}?"
    r"(?:من|في|ب)\s*(?:مطار|قاعدة|مدينة|بلدة|قرية)?\s*$",
)
ORIGIN_SAID = _pattern(r"\bfrom(?:\s+the)?\s*$", r"من\s+(?:مطار|قاعدة)\s*$")
AIR_BASE = _pattern(r"\s*(?:military\s+|air\s?-?)*(?:air ?base|base|airport|airfield)\b")
ARABIC_AIR_BASE = _pattern(r"من\s+(?:مطار|قاعدة)\s*$")
BASES = frozenset({"khmeimim", "hmeimim", "hmeymim", "humaymim", "حميميم"})
UPON = _pattern(r"\b(?:on|hit|struck|target(?:ed|ing|s)?|against|at|attack(?:ed|ing)?)\s*$", r"(?:على|استهد\S*)\s*$")

_HOLDING = _any(
    r"control(?:s|led|ling)?(?:_(?:of|over))? seiz(?:ed|ing|ure)(?:_of)? captur(?:ed|ing|e)(?:_of)? retook",
    r"re-?captur\w+",
    r"retak(?:e|es|ing) liberat\w+(?:_of)? took_over tak(?:e|en|ing)_(?:over|back) loss_of lost",
    r"rout_of_[^.]{0,25}_from",
    r"overr[au]n regain\w* sieges?_of besieg\w+ battle_for advanc\w+_(?:on|to|towards?|in|into) border_with conquer\w*",
    r"holds? held governs? rul(?:e|es|ers)(?:_of)? entered encircl\w+ secur(?:ed|ing) fell_to",
    r"(?:truce|ceasefire|gains|inroads|foothold|positions?)_in agreement_(?:in|on|for)",
)
HELD_BEFORE = _pattern(
    rf"\b(?:{_HOLDING})\s*$", r"(?:سيطر|السيطرة|حصار|المحاصر)\S*\s*(?:على)?\s*(?:مدينة|بلدة|قرية)?\s*$"
)
DISTANCE_BEFORE = _pattern(
    r"\b(?:km|kilomet(?:er|re)s?|miles?)\)?(?:[^.]{0,30}\b(?:of|from))?\s*$",
    r"(?:كم|كيلومتر\S*)[^.]{0,25}(?:من|عن)?\s*$",
)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_FORMERLY = _any(r"in_the_past throughout_the_war previously in_previous earlier_(?:this_year|attacks?|massacres?)")
EARLIER = _pattern(
    rf"\bin\s+(?:(?:late|early|mid)(?:-|\s+))?{_MONTH}(?:\s+(?:20[012]\d|(?:of\s+)?last\s+year))?\b(?!\s+\d{{1,2}}\b)",
    rf"\bon\s+{_MONTH}\s+\d{{1,2}},?\s+(?:last\s+year|20[012]\d)",
    r"\b(?:in|since|until|during)\s+20[012]\d\b",
    r"\blast\s+(?:year|month)\b",
    r"\b\w+\s+(?:years?|months)\s+(?:ago|earlier|before)\b",
    rf"\b(?:{_FORMERLY})\b",
    "العام الماضي|الشهر الماضي|في وقت سابق|منذ عام|عام 20[012]\\d",
)
