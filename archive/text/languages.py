"""Which script a text is in, and, where a few common words tell, which language."""

import re

SAMPLE_LENGTH = 20_000
SCRIPTS = {
    "Arab": re.compile(
        r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]"
    ),
    "Latn": re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"),
    "Cyrl": re.compile(r"[\u0400-\u052f]"),
    "Grek": re.compile(r"[\u0370-\u03ff]"),
    "Hebr": re.compile(r"[\u05d0-\u05f2]"),
}
LATIN_WORDS = {
    "en": "the of and in to was were is that for on by with at from has have said are not its this their had who",
    "fr": "le la les des du de et un une dans est sur par pour que qui au aux en il sont été avec ne pas cette",
    "tr": "ve bir bu için ile da de olarak olan çok ne gibi daha kadar sonra göre ise ki değil tarafından",
    "ku": "û li di ji bi ku ye bû hat de ser xwe ev wî wê her jî kir bo ne dike hatin hatiye",
}
# Only words, beside ال-, that Persian and Sorani do not share.
ARABIC_WORDS = {
    "ar": "في من على إلى أن عن التي الذي هذا هذه كان كانت قد بعد ما لا مع بين و لم ذلك وقال قال إن أو",
    "fa": "که در به از را این است آن با برای شد های می بود شده یک تا هم خود کرد اند",
    "ku": "لە بە کە بۆ ئەو ئەم لەگەڵ و دەکات کرد بوو لەسەر هەر ئەوە دوای",
}
WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
SORANI_LETTERS = re.compile(r"[ەێۆڕڵڤ]")
PERSIAN_LETTERS = re.compile(r"[پچژگیک]")
ARABIC_ONLY_LETTERS = re.compile(r"[يىكةإ]")
OTHER_LETTERS = re.compile(r"[ٹڈڑےںہٺڊښڅ]")


def script_of(text: str) -> str:
    """ISO 15924 code of the script of most letters: `Arab`, `Latn`, `Cyrl`, `Grek`, `Hebr`, or "" without letters."""
    sample = text[:SAMPLE_LENGTH]
    counts = {code: len(pattern.findall(sample)) for code, pattern in SCRIPTS.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""


def is_arabic(text: str) -> bool:
    """Whether most letters are of the Arabic script, whatever the language."""
    return script_of(text) == "Arab"


def guess_language(text: str) -> str:
    """BCP 47 code: `ar`, `en`, `fa`, `fr`, `ku`, `tr`; "" when the words do not tell."""
    sample = text[:SAMPLE_LENGTH]
    match script_of(sample):
        case "Arab":
            return _arabic_script_language(sample)
        case "Latn":
            return _by_words(sample, LATIN_WORDS)
    return ""


def _arabic_script_language(sample: str) -> str:
    letters = len(SCRIPTS["Arab"].findall(sample))
    if len(OTHER_LETTERS.findall(sample)) > letters * 0.02:
        return ""
    if len(SORANI_LETTERS.findall(sample)) > letters * 0.04:
        return "ku"
    if language := _by_words(sample, ARABIC_WORDS):
        return language
    persian, arabic = len(PERSIAN_LETTERS.findall(sample)), len(ARABIC_ONLY_LETTERS.findall(sample))
    has_article = any(word.startswith("ال") for word in WORD.findall(sample))
    if persian > arabic:
        return "fa"
    return "ar" if arabic or has_article else ""


def _by_words(sample: str, vocabularies: dict[str, str]) -> str:
    words = [word.lower() for word in WORD.findall(sample)]
    counts = {code: sum(word in vocabulary for word in words) for code, vocabulary in _sets(vocabularies).items()}
    best, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    is_clear = counts[best] > counts[second] and counts[best] >= len(words) * 0.08
    return best if is_clear else ""


def _sets(vocabularies: dict[str, str]) -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in vocabularies.items()}
