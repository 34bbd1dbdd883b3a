"""Every rule says in both languages why a suggestion was made."""

from incidents.suggesting import RULES, RULES_AR


def test_every_rule_is_told_in_both_languages() -> None:
    assert list(RULES_AR) == list(RULES)
    assert [
        rule for rule, words in RULES_AR.items() if not any("\u0600" <= letter <= "\u06ff" for letter in words)
    ] == []
