"""The words by which an attack is told: what strikes, striking, and what is no attack of its own. Folded."""

from incidents.sense.number_words import folded


def words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in folded(line))


# What an attack is called, and what carries it out: an actor's name right before them is of who did it.
ATTACK_NOUNS = words(
    "airstrike airstrikes strike strikes raid raids bombing bombings bombardment bombardments shelling shellings "
    "attack attacks assault assaults bomb bombs blast blasts explosion explosions missile missiles rocket rockets "
    "shell shells mortar mortars massacre massacres ambush gunfire sniper snipers warplane warplanes jet jets plane "
    "planes aircraft helicopter helicopters drone drones bomber bombers artillery fire munitions munition hits "
    "sorties "
    "sortie gas offensive onslaught",
    "غارة غارات ضربة ضربات قصف قصفها قصفه هجوم هجمات هجمة تفجير تفجيرات انفجار انفجارات مجزرة مجازر صاروخ صواريخ "
    "قذيفة "
    "قذائف برميل براميل طائرة طائرات طيران مروحية مروحيات مروحي مدفعية مدفعي استهداف اعتداء عدوان غازات",
)
ATTACK_VERBS = words(
    "bombed bombs bomb bombing bombarded bombarding struck strike strikes striking hit hits hitting shelled shelling "
    "targeted target targets targeting attacked attack attacking pounded pounding pummelled fired firing launched "
    "launching dropped dropping dropped carried conducted conducting killed kill kills killing wounded injured "
    "destroyed destroying detonated detonating exploded explode blew executed executing shot gunned raided stormed "
    "beheaded slaughtered ambushed blasted rocked ripped levelled burned torched landed fell executes targetted",
    "قصف قصفت يقصف تقصف استهدف استهدفت يستهدف تستهدف شن شنت نفذ نفذت القى القت ألقى ألقت اطلق اطلقت ضرب ضربت هاجم "
    "هاجمت "
    "فجر فجرت انفجر انفجرت دمر دمرت قتل قتلت اعدم أعدم اعدمت طالت طال سقط سقطت وقع وقعت تعرض تعرضت اصاب اصابت "
    "ارتكب ارتكبت",
)
# Words that are of an attack without doubt: a sentence that has one tells of an attack.
CERTAINLY_ATTACK = (ATTACK_NOUNS | ATTACK_VERBS) - words(
    "target targets attack hit hits fire fell landed carried conducted launched shot plane planes aircraft jet jets "
    "helicopter helicopters destroyed rocked gas offensive bomber carried",
    "وقع وقعت سقط سقطت تعرض تعرضت طائرة طائرات طيران اصاب نفذ نفذت القى القت طال طالت ضرب",
) | words("strikes")
KILLED = words(
    "killed kill kills killing dead died die dies deaths death fatalities fatality lives martyred martyrs martyr "
    "massacred slain executed beheaded casualties perished murdered lost eliminated toll corpses bodies slaughtered",
    "قتل قتلت قتلوا قتيل قتيلا قتلى مقتل استشهد استشهدوا استشهاد شهداء شهيد شهيدا ضحايا ضحية وفاة توفي توفوا "
    "بحياة حياة "
    "راح أودى أودت مصرع لقي اعدم قضى قضوا استشهدت ضحيته ضحيتها وفيات",
)
INJURED = words(
    "injured injuring injure injures injuries injury wounded wounding wounds hurt maimed wound suffocated "
    "suffocation hospitalised hospitalized",
    "جرح جرحت جرحى جريح جريحا أصيب أصيبت أصيبوا إصابة إصابات مصاب مصابا مصابين مصابون بجروح اصاب اختناق جرحوا",
)
# Deaths that are a toll rather than an act: “the death of”.
TOLL = words("toll حصيلة عدد")
MODIFIERS = words(
    "at least more than less fewer over about around some nearly almost approximately roughly up to as many as an "
    "estimated another other others the a of further additional total just only reportedly reported "
    "dozen civilian dead death deaths lives toll rose rises to reached stood climbed put stands rising now was is "
    "were have been had people persons souls it he alone",
    "عائلة من على ما لا يقل عن أكثر من نحو حوالي قرابة زهاء إلى حتى نحو عدد ارتفع ارتفعت حصيلة القتلى الضحايا "
    "الشهداء كل "
    "وصل بلغ بلغت",
)
AT_LEAST = (
    "at least", "no fewer than", "no less than", "not less than", "minimum of", "as few as", "at at least", "or more",
    "ما لا يقل عن", "لا يقل عن", "علي الاقل", "ما لايقل عن", "لايقل عن",
)  # fmt: skip
UP_TO = (
    "up to",
    "as many as",
    "up to about",
    "at most",
    "a maximum of",
    "نحو ما يصل",
    "ما يصل الي",
    "حتي",
    "نحو حد اقصي",
)
ABOUT = (
    "about", "around", "some", "approximately", "roughly", "an estimated", "estimated",
    "نحو", "حوالي", "قرابه", "زهاء", "ما يقارب", "يقارب",
)  # fmt: skip
# What makes a number a total of a time or of many places.
OF_A_PERIOD = (
    "since", "hundreds of attacks", "dozens of attacks", "hundreds of strikes", "over the past", "in the past",
    "during the past", "in the last", "over the last", "so far this",
    "this year", "this month", "last month", "last year", "across syria", "across the country", "throughout",
    "during the war", "years of", "year war", "civil war", "conflict began", "conflict that", "war began",
    "war that", "in total", "per month", "every day", "uprising", "the conflict", "months of", "weeks of",
    "past year", "past month", "past week", "past two", "past three", "past few", "past several", "so far", "to date",
    "since the beginning", "since the start", "campaign began", "in the same period", "between january",
    "منذ", "خلال الاشهر", "خلال الشهر", "خلال العام", "خلال السنوات", "طوال", "علي مدي", "الحرب الاهليه",
    "في عموم سوريا", "منذ بدايه", "منذ بدء", "العام الماضي", "الشهر الماضي",
)  # fmt: skip
NEGATED = words("not no never without denied denies neither nor", "لم لا لن دون بدون ليس")
CLAIMS = words("claimed claim claims responsibility", "تبنى تبنت تبنيه مسؤوليته مسؤوليتها أعلن")
BLAMES = words(
    "blamed blame blames blaming accused accuses accusing attributed held holds",
    "اتهم اتهمت حمل حملت وحملت حملوا واتهم",
)
DENIES = words(
    "denied denies deny denying denial rejected rejects dismissed refuted refutes",
    "نفى نفت ينفي تنفي نفيها نفيه ونفت ونفى أنكر أنكرت",
)
HELD_BY = words(
    "held controlled controled occupied besieged ruled run backed affiliated linked dominated positions position "
    "hideouts "
    "stronghold territory territories area areas fighters fighter soldiers soldier militants members member "
    "convoy headquarters hq site sites gathering gatherings targets "
    "terrorists jihadists troops casualties commander commanders de stronghold outpost checkpoint base bases capital"
)
SAID = words(
    "said says say saying told tell tells reported reports report reporting announced announces stated states "
    "added adds confirmed confirms according quoted wrote tweeted documented recorded counted estimated estimates "
    "believe believes monitor statement put gave condemned warned quoting cited citing revealed noted",
    "قال قالت وقال وقالت ذكر ذكرت أفاد أفادت أكد أكدت أعلن أعلنت أضاف أضافت أوضح أوضحت وثق وثقت أحصى أحصت نقل "
    "نقلت بحسب حسب "
    "وفق وفقا صرح صرحت أشار أشارت كشف كشفت تحدث تحدثت بين بينت لفت لفتت أورد أوردت يقول تقول",
)
