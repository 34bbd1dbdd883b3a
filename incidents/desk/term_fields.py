"""Fields that choose from a short vocabulary: one of its terms, or several."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.localisation import in_order
from incidents.models.vocabulary import Term


class TermField(forms.ModelChoiceField):
    """A short vocabulary, in both scripts, with what is proposed."""

    def __init__(self, model: type[Term], **kwargs: Any) -> None:
        super().__init__(queryset=model.every.usable(), required=False, empty_label=_("Choose …"), **kwargs)

    def label_from_instance(self, term: Any) -> str:
        return both_names(term)


class SeveralTermsField(forms.MultipleChoiceField):
    """Some of a short vocabulary, by their slugs, each with its box to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, model: type[Term], **kwargs: Any) -> None:
        terms = model.objects
        super().__init__(choices=lambda: [(term.slug, both_names(term)) for term in terms.all()], **kwargs)


def both_names(term: Any) -> str:
    name = " · ".join(dict.fromkeys(filter(None, in_order(term.name_en, term.name_ar))))
    return name if term.is_accepted else f"{name} ({term.get_standing_display()})"
