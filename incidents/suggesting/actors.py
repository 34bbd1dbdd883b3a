"""Who is said to have done it, told from whom it was done to and who is only named."""

from collections.abc import Iterator, Sequence

from incidents.assessment import OneOf
from incidents.terms import Aspect, Stance

from .attack_words import ATTACK_NOUNS, ATTACK_VERBS, BLAMES, CLAIMS, DENIES, HELD_BY, NEGATED, words
from .found import Found
from .known_phrases import phrases_of
from .lexicon import Hit, Lexicon
from .values import Vocabularies
from .voices import Voice
from .wording import Sentence

_BETWEEN = words(
    "and or its ally allied s air military led forces force army group regime fighter war planes helicopter syrian "
    "russian a the of state terrorist terrorists militants militant fighters backed warplanes jets allies along with "
    "either heavy artillery rocket barrel aerial deadly suicide car reportedly also have has had then later troops "
    "gunmen organization terror cluster joint heavily once again both gas chemical who which were on friday monday "
    "tuesday wednesday thursday saturday sunday overnight",
    "جوية حربية حربي التابعة التابع السوري السورية مدفعية صاروخية جوي مدفعي صاروخي مكثف عنيف على من نفذتها شنتها شنها "
    "نفذها شنه نفذه",
)
_TARGETED = words(
    "on against targeting targeted target hit hitting killed killing kill kills struck at near "
    "fighting battle battling retake recaptured captured defeat",
    "ضد على ضد مواقع استهدف استهدفت قتلى مقتل",
)
_FIGHTING = words("fighters soldiers militants terrorists troops")
_LED_BY = words("قبل يد")
_REACH = 4
_NOT_A_COALITION = words("syrian national opposition sdf")
_INVOLVED = words(
    "role involvement involved responsibility responsible accusations accusation allegations carrying carried "
    "targeting "
    "targeted bombing bombed attack attacks strike strikes airstrikes airstrike raid raids raid jets planes warplanes "
    "hit claims reports using used dropping behind killing",
    "دور ضلوعها ضلوع مسؤوليتها مسؤولية مشاركة غارات قصف استهداف تنفيذ شن",
)
_DID_NOT = words("did didn have has never had not no were was neither")
_DID = words(
    "carry carried conduct conducted bomb bombed strike struck target targeted use used launch launched fly flown hit "
    "attack attacked perform performed shell shelled drop dropped involved responsible",
    "تنفذ ينفذ تقصف يقصف تستهدف يستهدف تشن يشن",
)


class ActorFinder:
    def __init__(self, vocabularies: Vocabularies) -> None:
        self._known = Lexicon(phrases_of("actors", vocabularies.actors))

    def hits(self, sentence: Sentence) -> list[Hit[str]]:
        return [hit for hit in self._known.find(sentence) if not _is_other(sentence, hit)]

    def find(self, sentence: Sentence) -> Iterator[Found]:
        """The actors of a sentence of attack: several with “or” between them are one of these."""
        acting = [(hit, rule) for hit in self.hits(sentence) if (rule := _rule_of(sentence, hit))]
        place = 0
        while place < len(acting):
            hit, rule = acting[place]
            group = [hit]
            while place + len(group) < len(acting) and _is_alternative(
                sentence, group[-1], acting[place + len(group)][0]
            ):
                group.append(acting[place + len(group)][0])
            slugs = tuple(sorted({each.meaning for each in group}))
            if len(slugs) > 1:
                yield Found(Aspect.ACTOR, group[0].first, group[-1].last, OneOf(slugs), "actor_one_of")
            else:
                yield Found(Aspect.ACTOR, hit.first, group[-1].last, hit.meaning, rule)
            place += len(group)

    def denied(self, sentence: Sentence, voices: Sequence[Voice], actor_of: dict[str, str]) -> Iterator[Found]:
        """Denials of a part in an attack: by whoever speaks, of the actor that is named or that it speaks for."""
        places = range(len(sentence.words))
        denying = next((place for place in places if not DENIES.isdisjoint(sentence.forms(place))), None)
        if denying is not None:
            rest = range(denying + 1, len(sentence.words))
            if not any(not _INVOLVED.isdisjoint(sentence.forms(place)) for place in rest):
                return
            first, last = denying, _end_of_clause(sentence, denying, most=18)
        elif (spoken := self._did_not(sentence)) is not None:
            first, last = spoken
        else:
            return
        named = [actor_of[voice.speaker] for voice in voices if voice.speaker in actor_of]
        if not named:
            named = [hit.meaning for hit in self.hits(sentence)][:1]
        for actor in dict.fromkeys(named):
            yield Found(Aspect.ACTOR, first, last, actor, "actor_denies", stance=Stance.DENIES)

    def _did_not(self, sentence: Sentence) -> tuple[int, int] | None:
        """“Russian planes did not carry out any”: the actor, the negation, and what it did not do."""
        if all(NEGATED.isdisjoint(forms) for forms in sentence.all_forms):
            return None
        for hit in self.hits(sentence):
            near = range(hit.last + 1, min(hit.last + 5, len(sentence.words)))
            negation = next((place for place in near if not NEGATED.isdisjoint(sentence.forms(place))), None)
            if negation is not None:
                done = range(negation + 1, min(negation + 4, len(sentence.words)))
                did = next((place for place in done if not _DID.isdisjoint(sentence.forms(place))), None)
                if did is not None:
                    return hit.first, _end_of_clause(sentence, did, most=12, is_first=True)
        return None


def _end_of_clause(sentence: Sentence, place: int, *, most: int, is_first: bool = False) -> int:
    """The word before the last mark within so many words, or before the first one; the last of these without a mark."""
    end = min(len(sentence.words) - 1, place + most)
    if end == len(sentence.words) - 1 and not is_first:
        return end
    marks = [at for at in range(place + 1, end) if any(mark in sentence.between(at, at + 1) for mark in ",;:—،؛")]
    return marks[0 if is_first else -1] if marks else end


def _is_other(sentence: Sentence, hit: Hit[str]) -> bool:
    """Words that are an actor's name elsewhere: “is” the verb, the Syrian Coalition, “the government” of Turkey."""
    word = sentence.word(hit.first)
    if hit.first == hit.last and word == "is":
        return not sentence.exact(hit.first, hit.last).isupper()
    if hit.meaning == "global-coalition" and sentence.word(hit.first - 1) in _NOT_A_COALITION:
        return True
    if word == "army" and sentence.word(hit.first - 1) in (
        "free",
        "turkish",
        "us",
        "lebanese",
        "iraqi",
        "islam",
        "national",
    ):
        return True
    return sentence.word(hit.last + 1) in (
        "held",
        "controlled",
        "controled",
        "backed",
        "affiliated",
        "linked",
        "occupied",
    )


def _rule_of(sentence: Sentence, hit: Hit[str]) -> str:
    """The rule by which an actor did it; "" if nothing says so."""
    if _is_arabic(sentence, hit):
        return _arabic_rule(sentence, hit)
    before = [sentence.word(hit.first - step) for step in range(1, _REACH + 1)]
    after = [sentence.word(hit.last + step) for step in range(1, 8)]
    if rule := _blame(before, after):
        return rule
    if "by" in before[:3] and _tells_attack(sentence, hit.first):
        return "actor_by"
    return "" if _is_target(before, after) else _acts(sentence, hit, after)


def _blame(before: Sequence[str], after: Sequence[str]) -> str:
    is_claimed = "claimed" in before and "by" in before[:2]
    if is_claimed or not CLAIMS.isdisjoint(after[:2]):
        return "actor_claims"
    return "" if BLAMES.isdisjoint(before) else "actor_blamed"


def _is_target(before: Sequence[str], after: Sequence[str]) -> bool:
    is_of_others = not HELD_BY.isdisjoint(after[:2]) and after[0] not in _FIGHTING
    return is_of_others or not _TARGETED.isdisjoint(before[:2])


def _acts(sentence: Sentence, hit: Hit[str], after: Sequence[str]) -> str:
    """“Russian air strikes”, “government forces shelled”: what follows the name, with little between."""
    for step, word in enumerate(after):
        if word in ATTACK_NOUNS and step < 5:
            return "actor_before_weapon"
        if word in ATTACK_VERBS:
            return "" if after[step - 1 : step] in (["were"], ["was"], ["been"]) else "actor_strikes"
        if word not in _BETWEEN and not _is_number(sentence, hit.last + 1 + step):
            break
    return ""


def _is_number(sentence: Sentence, place: int) -> bool:
    return place < len(sentence.words) and sentence.words[place].value is not None


def _tells_attack(sentence: Sentence, stop: int) -> bool:
    near = range(max(0, stop - 14), stop)
    return any(not (ATTACK_NOUNS | ATTACK_VERBS).isdisjoint(sentence.forms(place)) for place in near)


def _is_arabic(sentence: Sentence, hit: Hit[str]) -> bool:
    return "\u0600" <= sentence.word(hit.first)[:1] <= "\u06ff"


def _arabic_rule(sentence: Sentence, hit: Hit[str]) -> str:
    """Arabic has the verb and the noun before the actor: قصفت قوات النظام, غارات روسية."""
    if not _LED_BY.isdisjoint(sentence.forms(hit.first - 1)):
        return "actor_by"
    for step in range(1, _REACH + 1):
        forms = sentence.forms(hit.first - step)
        rule = next((rule for rule, names in _ARABIC_RULES if not names.isdisjoint(forms)), None)
        if rule is not None and (rule or step == 1):
            return rule
        if _BETWEEN.isdisjoint(forms) and step > 1:
            break
    is_before = any(not ATTACK_VERBS.isdisjoint(sentence.forms(hit.last + step)) for step in (1, 2))
    return "actor_strikes" if is_before else ""


_ARABIC_RULES = (
    ("actor_blamed", BLAMES),
    ("", _TARGETED),
    ("actor_strikes", ATTACK_VERBS),
    ("actor_before_weapon", ATTACK_NOUNS),
)


def _is_alternative(sentence: Sentence, one: Hit[str], other: Hit[str]) -> bool:
    """“Either A or B”: nothing but “or” and what belongs to the names between them."""
    between = [sentence.word(place) for place in range(one.last + 1, other.first)]
    return len(between) <= 4 and ("or" in between or "أو" in between or "او" in between)
