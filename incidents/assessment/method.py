"""The rules of assessment as the method page prints them. A rule changes together with the code it describes."""

from typing import NamedTuple


class Rule(NamedTuple):
    """`key` names the rule in the tests and in links; `_ar` is the Arabic of the same."""

    key: str
    title: str
    text: str
    title_ar: str
    text_ar: str


_WEIGHING = (
    Rule(
        "deprecated",
        "Withdrawn claims do not count",
        "A claim that editors rank as deprecated is kept, but counts neither for a fact nor against it.",
        "الادعاءات المستبعدة لا تُحتسب",
        "الادعاء الذي يصنفه المحررون مستبعدًا يبقى محفوظًا، لكنه لا يُحتسب لإثبات معلومة ولا لنفيها.",
    ),
    Rule(
        "preferred",
        "Preferred claims decide",
        "Where editors prefer one or more claims of an aspect (for casualties: of a group), these alone decide "
        "the fact. "
        "The other claims are shown beside it as alternatives.",
        "الادعاءات المفضلة هي التي تحسم",
        "إذا فضّل المحررون ادعاءً أو أكثر في جانب ما (وفي أعداد الأشخاص: في فئة ما) فهي وحدها تحدد المعلومة، "
        "وتُعرض الادعاءات الأخرى إلى جانبها بوصفها بدائل.",
    ),
    Rule(
        "preferred_denial",
        "A preferred denial refutes",
        "A denial that editors prefer sets aside the normal claims of the same value; they remain as alternatives.",
        "النفي المفضل يدحض",
        "النفي الذي يفضله المحررون يُسقط الادعاءات العادية بالقيمة نفسها، وتبقى معروضة بوصفها بدائل.",
    ),
    Rule(
        "denials",
        "Denials stand beside assertions",
        "A dispute or denial never removes a fact by itself. It is shown with its speaker beside what it speaks "
        "against, "
        "and marks it as disputed. What is only denied, and asserted by nobody, is not a fact.",
        "النفي يُعرض إلى جانب التأكيد",
        "التشكيك أو النفي لا يزيل معلومة بمفرده، بل يُعرض مع قائله إلى جانب ما يعارضه ويجعله موضع خلاف. "
        "وما نُفي فقط ولم يؤكده أحد ليس معلومة.",
    ),
)

_DATE = (
    Rule(
        "date_overlap",
        "Dates that agree are narrowed",
        "Where the dates of all claims overlap, the attack happened on the days that they share. An approximate date "
        "that names none of these days agrees as well if they are within its margin (see “What is certain, what is "
        "possible”).",
        "التواريخ المتوافقة تُضيَّق",
        "إذا تقاطعت تواريخ جميع الادعاءات فقد وقع الهجوم في الأيام المشتركة بينها. والتاريخ التقريبي الذي لا يذكر "
        "أيًّا من هذه الأيام يُعد متوافقًا أيضًا إذا وقعت ضمن هامشه (انظر «ما هو يقيني وما هو محتمل»).",
    ),
    Rule(
        "date_apart",
        "Dates that disagree are widened",
        "Where they do not all overlap, the date reaches from the earliest day to the latest, and is marked as "
        "contested.",
        "التواريخ المتعارضة تُوسَّع",
        "إذا لم تتقاطع جميعها امتد التاريخ من أبكر يوم إلى آخر يوم، ووُسم بأنه متنازع عليه.",
    ),
    Rule(
        "date_series",
        "A series spans all its dates",
        "The date of a series or of a period's totals reaches from the earliest day to the latest; this is no "
        "contradiction.",
        "السلسلة تشمل كل تواريخها",
        "يمتد تاريخ سلسلة الهجمات أو حصيلة فترة من أبكر يوم إلى آخر يوم، وليس في ذلك تعارض.",
    ),
    Rule(
        "date_flags",
        "“About” and “possibly” stay where nothing firmer is known",
        "A date is approximate or uncertain if only approximate or uncertain claims give its first day, or its last.",
        "تبقى «حوالي» و«ربما» حيث لا يوجد ما هو أوثق",
        "يكون التاريخ تقريبيًا أو غير مؤكد إذا لم يأتِ أول أيامه أو آخرها إلا من ادعاءات تقريبية أو غير مؤكدة.",
    ),
    Rule(
        "date_certain",
        "What is certain, what is possible",
        "A date that is approximate (“about”) or uncertain (“possibly”) is never certain, nor is a range with such an "
        "end. "
        "An approximate date is possible within a margin: two days either way for a day, half its length for a month, "
        "a season or a year, rounded up to whole days; each end of a range by its own. An uncertain date is possible "
        "on the days that it names. Lists, filters, pictures, files and the programming interface all go by this.",
        "ما هو يقيني وما هو محتمل",
        "التاريخ التقريبي («حوالي») أو غير المؤكد («ربما») لا يُعد يقينيًا أبدًا، ولا المدة التي أحد طرفيها كذلك. "
        "والتاريخ التقريبي محتمل ضمن هامش: يومان قبله وبعده إن كان يومًا، ونصف طوله إن كان شهرًا أو فصلًا أو سنة، مقرّبًا "
        "إلى أيام كاملة صعودًا، ولكل طرف من المدة هامشه. أما التاريخ غير المؤكد فمحتمل في الأيام التي يذكرها. "
        "وبهذا تعمل القوائم والمرشحات والرسوم والملفات وواجهة البرمجة جميعًا.",
    ),
    Rule(
        "part_of_day",
        "Time of day only where all agree",
        "The part of the day, or the time, is a fact where all claims that name one name the same.",
        "وقت اليوم حيث يتفق الجميع فقط",
        "جزء اليوم أو الساعة معلومة حين تتفق عليه كل الادعاءات التي تذكره.",
    ),
)

_PLACE = (
    Rule(
        "place_branch",
        "The most exact place counts",
        "A claim of a governorate, district or sub-district does not contradict one of a town in it: the town "
        "is the place.",
        "يُعتمد المكان الأدق",
        "ادعاء يذكر محافظة أو منطقة أو ناحية لا يعارض ادعاءً يذكر بلدة فيها: البلدة هي المكان.",
    ),
    Rule(
        "place_several",
        "Several places",
        "Where claims name several places, none inside another, all are places of the incident. For a single "
        "attack they are "
        "marked as contested, unless one statement names them all.",
        "عدة أماكن",
        "إذا ذكرت الادعاءات عدة أماكن لا يقع أحدها ضمن آخر فكلها أماكن الحادثة. وفي الهجوم الواحد تُوسم بأنها "
        "متنازع عليها "
        "ما لم يذكرها قول واحد جميعًا.",
    ),
    Rule(
        "place_point",
        "A point only where reports agree on it",
        "A report may give a point with how near it is known. The point is a fact where any two that claims that "
        "count give for the place lie no further apart than the wider of what they are known to; then the more exact "
        "one is taken. Otherwise reports differ on it, and each point stands beside who gives it. A claim of a unit "
        "above counts for the point where one place alone lies in it. No point is worked out of several.",
        "لا تُعتمد نقطة إلا حيث تتفق عليها التقارير",
        "قد يحدد تقرير نقطةً ومدى دقتها. وتكون النقطة معلومة حين لا تزيد المسافة بين أي نقطتين تذكرهما الادعاءات "
        "المحتسبة للمكان على أوسع الدقتين، وتُعتمد عندئذ النقطة الأدق. وإلا فالتقارير مختلفة عليها، وتُعرض كل نقطة مع من "
        "يذكرها. وادعاء يذكر وحدة إدارية أعلى يُحتسب للنقطة حين لا يقع فيها إلا مكان واحد. ولا تُستخلص نقطة من عدة نقاط.",
    ),
)

_VALUES = (
    Rule(
        "union",
        "Facilities and weapons add up",
        "Every facility and every weapon that a counting claim asserts is a fact: reports name what they know of, "
        "and silence is no denial.",
        "المنشآت والأسلحة تُجمع",
        "كل منشأة وكل سلاح يؤكده ادعاء محتسب معلومة: فالتقارير تذكر ما تعرفه، والسكوت ليس نفيًا.",
    ),
    Rule(
        "facility_types",
        "Kinds of facility",
        "The kinds are those of the facilities that are facts, and those that claims assert.",
        "أنواع المنشآت",
        "الأنواع هي أنواع المنشآت المعتمدة في المعلومات، وما تؤكده الادعاءات.",
    ),
    Rule(
        "actors_said",
        "Who did it is always somebody's word",
        "An actor is shown with everybody who says so, everybody who disputes it and everybody who denies it.",
        "نسبة الفعل قولٌ لقائله دائمًا",
        "يُعرض الفاعل مع كل من ينسب إليه الفعل وكل من يشكك في ذلك وكل من ينفيه.",
    ),
    Rule(
        "actors_several",
        "Several actors",
        "All actors that counting claims assert are listed. They are marked as contested, unless one statement "
        "(claims of the "
        "same passage or the same judgement) names them all. An actor and the one it belongs to are no contradiction, "
        "and “unknown” contradicts nobody.",
        "عدة فاعلين",
        "يُذكر كل فاعل تؤكده الادعاءات المحتسبة، ويُوسمون بأن الفاعل متنازع عليه ما لم يذكرهم قول واحد جميعًا "
        "(ادعاءات من المقطع نفسه أو التقدير نفسه). ولا تعارض بين فاعل والجهة التي يتبع لها، و«مجهول» لا يعارض أحدًا.",
    ),
    Rule(
        "actors_one_of",
        "One of several",
        "“Syrian or Russian forces” is kept as it is said: each of the actors is possible, and none of them is certain "
        "by that claim. What all of them belong to is certain. An actor that another counting claim names alone is "
        "certain by that claim. A denial of one of them neither refutes the claim nor leaves the others as certain; "
        "only preferred denials of all of them set it aside. The claim is contradicted only by a statement that names "
        "none of them, nothing that one of them belongs to, and nothing that belongs to one of them. Lists find such "
        "incidents under each of the actors, count them apart, and leave them out where only what is certain is asked "
        "for.",
        "واحد من عدة فاعلين",
        "عبارة مثل «قوات سورية أو روسية» تبقى كما قيلت: كل من هؤلاء الفاعلين محتمل، ولا يُعد أي منهم يقينيًا بهذا "
        "الادعاء، أما الجهة التي يتبعون لها جميعًا فيقينية. والفاعل الذي يذكره وحده ادعاء محتسب آخر يقيني بذلك الادعاء. "
        "ونفي دور أحدهم لا يدحض الادعاء ولا يجعل الباقين يقينيين، ولا يُسقطه إلا نفيٌ مفضل لهم جميعًا. ولا يعارضه إلا قول "
        "لا يذكر أحدًا منهم ولا جهة يتبع لها أحدهم ولا جهة تتبع له. وتجد القوائم هذه الحوادث تحت كل من هؤلاء الفاعلين "
        "وتعدّها على حدة، وتستبعدها حين لا يُطلب إلا اليقيني.",
    ),
)

_COUNTS = (
    Rule(
        "count_range",
        "Casualties are ranges",
        "For each group, the low number is the lowest that a counting claim gives and the high number the highest.",
        "أعداد الأشخاص نطاقات",
        "في كل فئة الحد الأدنى هو أقل ما تذكره الادعاءات المحتسبة، والحد الأعلى أكثر ما تذكره.",
    ),
    Rule(
        "count_open",
        "Open ends stay open",
        "“At least” has no high number and “up to” no low one; an end that a counting claim leaves open stays open. "
        "“Some”, without a number, narrows and opens nothing.",
        "الحدود المفتوحة تبقى مفتوحة",
        "عبارة «على الأقل» بلا حد أعلى و«ما يصل إلى» بلا حد أدنى، وكل حد يتركه ادعاء محتسب مفتوحًا يبقى مفتوحًا. "
        "أما «عدد من» بلا رقم فلا يضيّق ولا يوسّع.",
    ),
    Rule(
        "count_zero",
        "Zero is not unknown",
        "Zero is given only where a claim says that nobody was killed or injured. Where no claim says it, the "
        "number is unknown.",
        "الصفر غير المجهول",
        "لا يُذكر الصفر إلا حيث يقول ادعاء إنه لم يُقتل أو يُصب أحد. وحيث لا ادعاء فالعدد غير معروف.",
    ),
    Rule(
        "count_contested",
        "Numbers that exclude each other",
        "A number is marked as contested where the ranges of two claims that decide it do not overlap.",
        "أعداد ينفي بعضها بعضًا",
        "يُوسم العدد بأنه متنازع عليه إذا لم يتقاطع نطاقا ادعاءين من الادعاءات التي تحدده.",
    ),
    Rule(
        "count_best",
        "A best number only by an editor's choice",
        "A best number is given only where editors prefer a claim: its exact number, or its “at least”.",
        "أفضل تقدير باختيار المحرر فقط",
        "لا يُعطى أفضل تقدير إلا حيث يفضل المحررون ادعاءً: رقمه الدقيق أو «على الأقل» فيه.",
    ),
    Rule(
        "headline",
        "The number in lists",
        "Lists and filters use the number of people; without it that of civilians; without it the group with "
        "the largest low "
        "number, as “at least”. Where a group is said to be larger than all people, the number of people is "
        "contested and "
        "reaches up to it, unless editors prefer it.",
        "العدد في القوائم",
        "تستعمل القوائم والمرشحات عدد الأشخاص، وإلا فعدد المدنيين، وإلا فالفئة ذات أكبر حد أدنى مع «على الأقل». "
        "وإذا قيل إن فئة أكبر من مجموع الأشخاص فعدد الأشخاص متنازع عليه ويمتد إليها، ما لم يفضله المحررون.",
    ),
    Rule(
        "people_further",
        "Detained, abducted, displaced",
        "People who were detained, abducted or displaced are counted as the killed and the injured are: by groups, as "
        "ranges. Nobody is taken from one of these numbers into another: who was abducted and later killed is in both "
        "where reports say both.",
        "المحتجزون والمختطفون والنازحون",
        "يُعدّ المحتجزون والمختطفون والنازحون كما يُعدّ القتلى والجرحى: بحسب الفئات وبنطاقات. ولا يُنقل أحد من عدد إلى آخر: "
        "فمن اختُطف ثم قُتل يدخل في العددين إذا ذكرت التقارير الأمرين.",
    ),
    Rule(
        "strikes",
        "The number of strikes",
        "How many strikes, shells or rockets hit is a range like the numbers of people, of no group. It is the number "
        "that reports give of one incident; the archive does not count attacks by it.",
        "عدد الضربات",
        "عدد الضربات أو القذائف أو الصواريخ نطاق كأعداد الأشخاص، لكن بلا فئات. وهو ما تذكره التقارير عن حادثة واحدة، "
        "ولا يعدّ الأرشيف الهجمات به.",
    ),
    Rule(
        "happened",
        "Looted, obstructed, threatened",
        "That something was looted, that help or work was obstructed, or that people were threatened is a fact where a "
        "claim that counts asserts it. How many times is given only where a claim says so. A denial of it speaks "
        "against it whatever the number; silence is no denial.",
        "النهب والعرقلة والتهديد",
        "يُعد وقوع نهب أو عرقلة للعمل أو الإغاثة أو تهديد لأشخاص معلومةً حين يؤكده ادعاء محتسب. ولا يُذكر عدد المرات إلا "
        "حيث يذكره ادعاء. ونفي ذلك يعارضه أيًّا كان العدد، والسكوت ليس نفيًا.",
    ),
    Rule(
        "damage",
        "Damage",
        "What became of a facility is shown in every degree that claims that count assert, the worst first; editors’ "
        "preference counts for each facility by itself. A facility may be out of service and damaged, or out of "
        "service and not damaged. It is contested where one claim says that it was not damaged and another that it "
        "was, or one that it was destroyed or heavily damaged and another that it was lightly damaged.",
        "الأضرار",
        "يُعرض ما آلت إليه المنشأة بكل درجة تؤكدها الادعاءات المحتسبة، بدءًا بالأشد، ويسري تفضيل المحررين على كل منشأة "
        "على حدة. وقد تكون المنشأة خارج الخدمة ومتضررة، أو خارج الخدمة وغير متضررة. ويُعد الضرر متنازعًا عليه حين يقول "
        "ادعاء إنها لم تتضرر وآخر إنها تضررت، أو يقول أحدهما إنها دُمّرت أو تضررت بشدة والآخر إن ضررها طفيف.",
    ),
    Rule(
        "never_summed",
        "Numbers are never added up",
        "Groups overlap, and reports of the same attack count the same people: no number is a sum of others.",
        "الأعداد لا تُجمع أبدًا",
        "الفئات تتداخل، والتقارير عن الهجوم نفسه تعدّ الأشخاص أنفسهم: فلا عدد هو مجموع أعداد أخرى.",
    ),
)

_PUBLISHING = (
    Rule(
        "publishing",
        "What must be there before publishing",
        "An incident is published only when counting claims say when and where it happened, and what was hit, "
        "with what, or what came of it for people and buildings; "
        "and when every claim cites a passage or is openly an editor's judgement "
        "with its reason.",
        "ما يلزم قبل النشر",
        "لا تُنشر حادثة إلا إذا ذكرت ادعاءات محتسبة متى وأين وقعت، وما الذي أصيب أو بماذا "
        "أو ما نتج عن ذلك للناس والمباني، "
        "واستند كل ادعاء إلى مقطع أو كان تقديرًا صريحًا من المحرر مع بيان سببه.",
    ),
)

RULES: tuple[Rule, ...] = (*_WEIGHING, *_DATE, *_PLACE, *_VALUES, *_COUNTS, *_PUBLISHING)
