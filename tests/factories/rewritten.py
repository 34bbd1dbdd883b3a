"""Reports of invented attacks, and what other outlets make of them: for tests of near copies."""

import random
import re

PLACES = ("Weir", "Mill Town", "Upper Ford", "Harbour End", "Old Bridge", "Reedmarsh")
ENGLISH = {
    "who": ("the wardens", "the town council", "two millers", "a ferryman", "rescue workers", "the harbour office"),
    "did": ("said that", "reported that", "told us that", "wrote that", "denied that", "confirmed that"),
    "what": ("shells fell on", "a barge struck", "a fire broke out in", "rockets hit", "mines went off near"),
    "where": ("the old mill", "the grain market", "a school of weavers", "the river hospital", "the ferry landing"),
    "when": ("before dawn", "at noon", "during the night", "as people left for work", "on the second day of the fair"),
    "then": ("several people were hurt", "nobody was inside", "the roof came down", "boats brought help", "smoke rose"),
}
ARABIC = {
    "who": ("قال الحراس", "ذكر المجلس المحلي", "أفاد عمال المطحنة", "روى صاحب العبّارة", "أعلن رجال الإنقاذ"),
    "did": ("إنّ", "أنّ", "لمراسلنا إنّ", "في بيان أنّ"),
    "what": ("قذائف سقطت على", "زورقاً ضرب", "حريقاً اندلع في", "صواريخ أصابت", "ألغاماً انفجرت قرب"),
    "where": ("المطحنة القديمة", "سوق الحبوب", "مدرسة النسّاجين", "مشفى النهر", "مرسى العبّارة"),
    "when": ("قبل الفجر", "عند الظهيرة", "خلال الليل", "مع خروج الناس إلى أعمالهم"),
    "then": ("وأصيب عدّة أشخاص", "ولم يكن أحد في الداخل", "وانهار السقف", "ووصلت القوارب للمساعدة"),
}
WORDS = {"en": ENGLISH, "ar": ARABIC}
ADDED = {
    "en": (
        "Mill Radio, with reports from our partners along the river.",
        "This story will be updated. The Weir Gazette.",
    ),
    "ar": ("إذاعة المطحنة، مع تقارير شركائنا على ضفاف النهر.", "يُحدَّث هذا الخبر لاحقاً. جريدة السد."),
}
_END = re.compile(r"(?<=[.])\s+")


def report(rng: random.Random, *, place: str, language: str = "en", sentences: int = 18) -> str:
    """A report of sentences that no other report has word for word but by chance, of some town."""
    words = WORDS[language]
    lines = []
    for _ in range(sentences):
        parts = {name: rng.choice(some) for name, some in words.items()}
        told = [parts["who"], parts["did"], parts["what"], parts["where"], place, parts["when"], parts["then"]]
        lines.append(" ".join(word for part in told for word in (part, own_word(rng))) + ".")
    paragraphs = [" ".join(lines[first : first + 3]) for first in range(0, len(lines), 3)]
    return "\n\n".join(paragraphs)


def own_word(rng: random.Random) -> str:
    """A name or a number, or nothing: what this report alone has."""
    name = "".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(3))
    return rng.choice((name, str(rng.randrange(2, 5_000)), f"{name} {name[::-1]}"))


def rewrite(text: str, rng: random.Random, *, language: str = "en", drop: float = 0.2, change: float = 0.03) -> str:
    """What an outlet makes of a wire: paragraphs dropped, a line of its own, sentences reordered, words changed."""
    paragraphs = text.split("\n\n")
    kept = [one for one in paragraphs if rng.random() >= drop] or paragraphs[:1]
    shuffled = []
    for paragraph in kept:
        sentences = _END.split(paragraph)
        rng.shuffle(sentences)
        shuffled.append(" ".join(sentences))
    changed = [
        " ".join(word if rng.random() >= change else f"{word}-{rng.randrange(99)}" for word in paragraph.split(" "))
        for paragraph in shuffled
    ]
    changed.insert(rng.choice((0, len(changed))), rng.choice(ADDED[language]))
    return "\n\n".join(changed)
