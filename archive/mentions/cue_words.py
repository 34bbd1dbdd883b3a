"""The words by which a mention of a place is told from the same word meaning something else.

All are given as `archive.names.letters.fold_characters` leaves them, names as `archive.names.name_key` does.
"""

from archive.names import name_key
from archive.names.letters import fold_characters


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_characters(words)[0].split())


# What stands right before a place: these place a small village too.
LOCATIVES = _folded(
    "in near at from to toward towards around outside inside over into between across against on across "
    "hit struck bombed shelled targeted targeting hitting "
)
PLACE_NOUNS = _folded(
    "city cities town towns village villages hamlet suburb suburbs neighbourhood neighborhood neighbourhoods "
    "neighborhoods countryside outskirts "
    "مدينة مدينتي مدن بلدة بلدتي بلدات قرية قريتي قرى حي حيي أحياء ناحية منطقة مخيم ضاحية محيط أطراف ريف "
    "بمدينة ببلدة بقرية بحي بريف لمدينة لبلدة لقرية ومدينة وبلدة وقرية وبلدات وقرى ومدن وحي"
)
# One-letter words that Arabic writes on to the next: and, so, in, to, like; with the article too.
ARABIC_PREFIXES = _folded("و ف ب ل ك وب ول فب فل ال وال فال بال كال لل وبال ولل فلل")
# Names that begin like this are people more often than places.
PERSONAL = ("sheikh", "shaykh", "haj", "hajj", "abu", "um", "umm", "ibn", "شيخ", "حاج", "ابو", "ام", "ابن")

_STOP_NAMES = {
    "a region that no P-code covers; the villages of that name lie elsewhere": "Ghouta Ghota الغوطة Qalamoun القلمون "
    "Jazira الجزيرة Hauran حوران Golan الجولان Badia البادية Sahel الساحل",
    "a country, a place abroad, a people or an organisation": "Sham Cham الشام Syria سوريا سورية Turkey Jordan Iran "
    "Iraq Lebanon Russia Amman Yemen Giza Sinjar سنجار Tortosa Berea Beria العرب Kurd Islam الإسلام Jaish الجيش Nusra "
    "النصرة Tahrir التحرير Ahrar الأحرار Quds القدس SANA سانا Homsi Halabi حلبي حمصي Nazi Saud Sauda "
    "Kurdish Kurds Kurdi Kurdiyeh كردي كردية Turkish Turkmen Turkman Russian Syrian Arab Arabi Arabiya عربية Iraqi "
    "Masri المصري Rahman الرحمن Israel Israeli",
    "a given or family name": "Salma سلمى Jasim Jasem Jassem Jassim جاسم Rabia Rabeea ربيعة Hassan Hussein Hasan Omar "
    "Khalid Khalil Mahmud Assad Asad الأسد Maher Adnan Adam Abbas العباس Ali علي Yusuf Qasim Karim Karima كريمة Bushra "
    "Hadid Mara Shaba Mansura المنصورة Hanadi هنادي الناصرة",
    "an everyday English word": "Center Central Big Little Lower Upper Health National Tell Tall Khan Sour Gama Nova "
    "Sarin Sarine Shin Dali Eastern Western Northern Southern East West North South",
    "a word that so many villages, streets and hospitals bear": "Rawda الروضة Amal الأمل Hamra الحمراء Karama الكرامة "
    "Zahraa الزهراء Salam السلام Nasr النصر Wahda الوحدة Thawra الثورة الحرية الشهداء الجلاء النهضة الطيبة الجديدة "
    "تشرين",
    "an everyday Arabic word": "على حول حوله صور طبقة إشارة تبني حراك حاجب حاضر حديدة حصان خريبة دالي راعي زيارة سبخة "
    "سبة سجن سخنة سداد سود سودة شين صبورة صدد ضمير طواحين عجمي عوج قبو قرية قصر قصير كسب كسرة كسوة كرمة مالكية مخرم "
    "مزرعة مسلخ مسكنة ملح مليحة ميادين نبل نوى بصري بصيرة بلبل بنان سلوك سلمية مهين وعرة هول هادر عريقة باب دنا عنازة "
    "بحر نهر جبل جامع مسجد مشفى مدينة سوق جسر مركز عاصمة حياة عيون سبيل شرق غرب شمال جنوب شرقي غربي شمالي جنوبي "
    "شرقية غربية شمالية جنوبية وسط وسطى دوار ساحة معمل مطار معبر حاجز مفرق تل كفر عين بيت دير رأس وادي برج",
}
STOP_NAMES: frozenset[str] = frozenset(name_key(name) for names in _STOP_NAMES.values() for name in names.split())
"""Names that count only behind a noun that says "place" (`town of Salma`, `مدينة الباب`), with the reason for each."""
