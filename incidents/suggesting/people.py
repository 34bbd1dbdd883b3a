"""Of whom a number speaks: the words for groups of people, in English and Arabic."""

from collections.abc import Mapping

from incidents.sense.number_words import ARABIC_PEOPLE, ARABIC_PERSON, ARABIC_TWO, PEOPLE, PERSON, duals
from incidents.terms import Group

from .attack_words import words
from .wording import Sentence

_CHILD = words("طفل طفلة رضيع رضيعة فتى فتاة صبي")
_WOMAN = words("امرأة سيدة أم")
_HEALTH = words("ممرض ممرضة طبيب طبيبة مسعف مسعفة قابلة صيدلي")
_FIGHTER = words("مقاتل مسلح جندي عنصر ضابط إرهابي")
GROUPS: Mapping[Group, frozenset[str]] = {
    Group.CIVILIANS: words(
        "civilian civilians noncombatants villagers residents resident villager worshippers worshipers pupils "
        "students "
        "shoppers passengers pilgrims evacuees journalists journalist",
        "مدني مدنية مدنيون مدنيين مدنيا مواطنون مواطنين نازحون نازحين صحفي إعلامي",
    )
    | duals(words("مدني")),
    Group.CHILDREN: words(
        "child children boy boys girl girls infant infants baby babies toddler toddlers minors minor kids kid "
        "schoolchildren newborn newborns",
        "أطفال رضع طفلا أطفالا فتيات",
    )
    | _CHILD
    | duals(_CHILD),
    Group.WOMEN: words("woman women mother mothers wife wives", "نساء سيدات") | _WOMAN | duals(_WOMAN),
    Group.HEALTH_WORKERS: words(
        "nurse nurses doctor doctors medic medics paramedic paramedics surgeon surgeons physician physicians midwife "
        "pharmacist pharmacists",
        "أطباء ممرضين ممرضون ممرضات مسعفين مسعفون كوادر",
    )
    | _HEALTH
    | duals(_HEALTH),
    Group.RESCUE_WORKERS: words("rescuer rescuers", "متطوع متطوعين متطوعون") | duals(words("متطوع")),
    Group.FIGHTERS: words(
        "fighter fighters soldier soldiers rebel rebels militant militants jihadist jihadists jihadi jihadis "
        "terrorist "
        "terrorists insurgent insurgents troops gunmen gunman militiamen combatant combatants commander commanders "
        "servicemen policemen policeman police loyalists loyalist extremists extremist takfiris mercenaries guards "
        "operatives conscripts officers officer",
        "مقاتلين مقاتلون مسلحين مسلحون جنود عناصر إرهابيين إرهابيون ضباط مقاتلا عنصرا مسلحا جنديا",
    )
    | _FIGHTER
    | duals(_FIGHTER),
}
_OF_WORKERS = words("worker workers personnel staff members member volunteers volunteer employees employee teams team")
_HEALTH_BEFORE = words("medical health healthcare hospital")
_RESCUE_BEFORE = words("rescue civil defence defense helmets response aid relief humanitarian")
_FORCES = words(
    "militia militias army forces force brigade group fighters police asayish daesh isis isil is nusra hezbollah ypg "
    "sdf factions faction militants regime"
)
ANYBODY = (
    PERSON
    | PEOPLE
    | ARABIC_PERSON
    | ARABIC_PEOPLE
    | ARABIC_TWO
    | words(
        "souls personnel staff members member lives casualties others men victims bodies corpses forces", "آخرين آخرون"
    )
)
_ALL: frozenset[str] = ANYBODY.union(*GROUPS.values())


def is_people(sentence: Sentence, place: int) -> bool:
    return not _ALL.isdisjoint(sentence.forms(place))


def group_at(sentence: Sentence, place: int) -> Group:
    """The group that a word for people names, with the words beside it: “medical personnel”, “members of a militia”."""
    forms = sentence.forms(place)
    for group, names in GROUPS.items():
        if not names.isdisjoint(forms):
            return group
    if not _OF_WORKERS.isdisjoint(forms):
        before = {sentence.word(place - 1), sentence.word(place - 2)}
        after = {sentence.word(place + step) for step in range(1, 7)}
        if not _HEALTH_BEFORE.isdisjoint(before):
            return Group.HEALTH_WORKERS
        if not _RESCUE_BEFORE.isdisjoint(before):
            return Group.RESCUE_WORKERS
        if not _FORCES.isdisjoint(before) or ("of" in after and not _FORCES.isdisjoint(after)):
            return Group.FIGHTERS
    return Group.PEOPLE
