"""Whether a speaker's name looks like that of a private person, by words alone.

A speaker is an organisation, an office or a group of people. “A lawyer from Saraqib” is one person of one town, and
so is a first name with a family name: whoever reads it finds them. Known words of organisations and of groups clear a
name; a doubt is only a question, so it is rather asked once too often.
"""

import re

SHORT_NAME = 4  # words of a personal name, at most
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Somebody, in one person. Plurals are groups.
_PERSONS = _words(
    """
    lawyer resident doctor physician surgeon nurse paramedic medic witness eyewitness survivor victim patient
    baker farmer shopkeeper trader driver teacher student pupil headmaster headmistress neighbour neighbor mother
    father son daughter brother sister wife husband widow uncle aunt relative cousin man woman boy girl activist
    journalist reporter photographer volunteer worker imam guard engineer pharmacist villager citizen refugee
    someone person
    """
)
_TITLES = _words(
    """
    dr doctor mr mrs ms miss abu abou umm um haj hajj hajji sheikh sheikha prof professor ustaz
    """
)
_BODIES = _words(
    """
    agency agence army association authority board brigade bureau center centre channel civil coalition command
    commission committee company coordinators coordination corps council court defence defense delegation
    department directorate embassy factions federation fighters force forces foundation front government group
    groups health hospital humanitarian initiative institute international international league media minister
    ministry mission monitor monitors movement network news newspaper observatory office officials opposition
    organisation organisations organization organizations party police press programme program radio rebels regime
    relief report rights school service services society sources spokesman spokesperson spokeswoman state
    statement teams team television times tv union unit united university watch
    """
)
_GROUPS = _words(
    """
    activists civilians doctors helmets locals medics people residents survivors witnesses workers
    """
)
_PERSONS_AR = _words(
    """
    شاهد شاهدة محام محامي محامية طبيب طبيبة ممرض ممرضة مسعف مسعفة جريح جريحة مصاب مصابة ناج ناجية معلم معلمة مدرس
    مدرسة طالب طالبة مزارع بائع سائق خباز جار جارة أم أب والد والدة أخ أخت ابن ابنة زوج زوجة أرملة قريب رجل امرأة
    سيدة شاب فتاة ناشط ناشطة صحفي صحفية مواطن مواطنة متطوع متطوعة عامل عاملة مهندس صيدلي نازح نازحة أحد إحدى شخص
    """
)
_TITLES_AR = _words(
    """
    أبو ابو أم ام الدكتور الدكتورة الشيخ الحاج الحاجة السيد السيدة الأستاذ
    """
)
_FIRST_NAMES_AR = _words(
    """
    محمد أحمد احمد محمود خالد علي حسن حسين عمر عثمان يوسف إبراهيم ابراهيم إسماعيل مصطفى عبد عبدالله عبدالرحمن سعيد
    سامر فادي ياسر رامي وليد مازن بسام فاطمة عائشة مريم خديجة زينب سعاد هدى نور رنا ليلى سمر أمينة
    """
)
_BODIES_AR = _words(
    """
    إدارة إذاعة اتحاد الأمم الائتلاف التحالف الجيش الحكومة الخوذ الدفاع الرئاسة الشبكة القيادة المرصد المكتب
    المتحدة النظام الهلال الوكالة الهيئة تلفزيون تنسيقية جامعة جبهة جريدة جماعة جمعية جيش حركة حزب حكومة شبكة شرطة
    صحيفة غرفة فريق فصائل قناة قوات قيادة لجان لجنة مجلس مجموعة مديرية مرصد مركز مستشفى مشفى مصادر مكتب منظمات
    منظمة منسقو مؤسسة ناطق متحدث نقابة هيئة وحدة وزارة وزير وكالة سكان ناشطون شهود أهالي مدنيون عمال أطباء نيويورك
    هيومن رويترز القدس عاملون أقارب
    """
)


def looks_private(english: str, arabic: str) -> bool:
    """Whether one of the names looks like that of one private person."""
    return _is_person(english) or _is_person_ar(arabic)


def _is_person(name: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(name)]
    if not words or _BODIES.intersection(words):
        return False
    if words[0] in _TITLES or _PERSONS.intersection(words):
        return True
    if _GROUPS.intersection(words):
        return False
    return _is_full_name(name)


def _is_full_name(name: str) -> bool:
    """A first name and a family name: two to four words, each but particles with one capital letter, at its start."""
    words = _WORD.findall(name.partition("(")[0])
    parts = [word for word in words if word.casefold() not in {"al", "el", "bin", "ibn", "bint", "abd", "the"}]
    is_named = all(map(_is_name, parts))
    is_paper = bool(words) and words[0].casefold().partition("-")[0] in {"al", "el", "the"}  # Al-Example Al-Arabi
    return 2 <= len(words) <= SHORT_NAME and bool(parts) and is_named and not is_paper


def _is_name(word: str) -> bool:
    return (word[0].isupper() and word[1:].islower()) or word.casefold().startswith(("al-", "el-"))


def _is_person_ar(name: str) -> bool:
    words = _WORD.findall(name)
    if not words or _BODIES_AR.intersection(words):
        return False
    return words[0] in _TITLES_AR | _FIRST_NAMES_AR or bool(_PERSONS_AR.intersection(words))
