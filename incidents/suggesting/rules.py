"""The rules by which suggestions are made, each with a sentence for editors."""

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    "date_written": "The date is written in the text, with its year.",
    "date_from_publication": "The day is worked out from the day on which the report was published.",
    "date_of_statement": "The words date a statement: the attack was on that day or on the day before.",
    "date_of_report": "No day is named: the report prints its own, and tells of that day or of the day before.",
    "place_of_attack": "The sentence tells of an attack and puts it at this place.",
    "place_of_report": "No place of an attack is named nearer: it is the place that the report is about.",
    "facility_on_record": "The name is that of a facility on record.",
    "facility_named": "A name stands beside the word for a kind of facility, in a sentence that tells of an attack.",
    "facility_kind": "The word for a kind of facility, without a name, is what a sentence says was struck.",
    "actor_before_weapon": "The name stands before what struck, as in “Russian air strikes”.",
    "actor_strikes": "The name is the subject of a verb of attack.",
    "actor_by": "The name follows “by” after a word of attack.",
    "actor_blamed": "Somebody blames the attack on the name.",
    "actor_claims": "The name claims responsibility.",
    "actor_one_of": "The words name several of whom one did it: “either … or”.",
    "actor_denies": "Somebody denies that the name took part.",
    "weapon_named": "The word for a weapon stands in a sentence that tells of an attack.",
    "weapon_of_actor": "“Bombing” by forces that have aircraft is taken as an air strike, if nothing else is named.",
    "count_with_verb": "The number stands beside a word for killing, dying or wounding.",
    "count_of_list": "The number continues a list of killed or wounded.",
    "count_part": "The number is a part of the one before it: “including”, “among them”.",
    "count_sum": "People are told together who are counted one by one: “a woman and her two children”.",
    "count_vague": "“Dozens” or “several” is taken as no fewer than the word allows.",
    "count_nobody": "The words say that nobody was killed or wounded.",
    "mention": "The place is named, but no attack is said to have been there.",
    "mention_of_containing": "The unit in which the place named beside it lies.",
}
"""Rule → why a suggestion was made."""
