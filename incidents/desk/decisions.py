"""The forms of the page on which an administrator decides on a proposed term, each on the term as it was shown."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive import spellings
from archive.admin.guarding import VERSION, SeenForm
from archive.localisation import localised
from archive.models import Editable, User
from archive.typed_numbers import typed_numbers
from incidents import deciding
from incidents.errors import LikelyDuplicateError
from incidents.models import Actor
from incidents.models.choices import ACTOR_KINDS
from incidents.models.vocabulary import Term

LABELS = {
    "name_en": _("Name (English)"),
    "name_ar": _("Name (Arabic)"),
    "plural_en": _("Plural (English)"),
    "plural_ar": _("Plural (Arabic)"),
}
NAMES = tuple(LABELS)


class DecisionForm(SeenForm, forms.Form):
    """``act`` does it and returns what to tell; it raises the errors of the services."""

    act_name: str

    def __init__(self, *args: Any, term: Any, **kwargs: Any) -> None:
        self.term = term
        super().__init__(*args, **{"label_suffix": "", "auto_id": f"{self.act_name}_%s", **kwargs})

    @property
    def guarded(self) -> Editable:
        row: Editable = self.term
        return row

    def act(self, *, by: User) -> str:
        raise NotImplementedError

    def ask(self, refusal: LikelyDuplicateError) -> None:
        """Say which ones have a like name."""
        self.add_error(None, str(refusal))


class AcceptForm(DecisionForm):
    """The names that readers will see, as they were proposed until somebody writes better ones."""

    act_name = "accept"
    looked_at = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        self.like: Sequence[Term] = []
        columns = [name for name in NAMES if hasattr(term, name)]
        super().__init__(*args, term=term, initial={name: getattr(term, name) for name in columns}, **kwargs)
        for name in columns:
            field = forms.CharField(label=LABELS[name], required=name.endswith("_en"), max_length=200)
            field.widget.attrs["dir"] = "auto"
            self.fields[name] = field
        if isinstance(term, Actor):
            self.fields["kind"] = forms.ChoiceField(label=gettext("It is"), choices=ACTOR_KINDS, initial=term.kind)

    def act(self, *, by: User) -> str:
        given = {name: value for name, value in self.cleaned_data.items() if name in (*NAMES, "kind")}
        besides = typed_numbers(self.cleaned_data["looked_at"])
        term = deciding.accept(self.term, by=by, seen=self.cleaned_data[VERSION], besides=besides, **given)
        told = gettext("“%(term)s” is accepted: readers meet it once an incident that names it is published.")
        return told % {"term": term}

    def ask(self, refusal: LikelyDuplicateError) -> None:
        super().ask(refusal)
        self.like = refusal.found


class MergeForm(DecisionForm):
    """Which of the accepted terms is meant."""

    act_name = "merge"

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, term=term, **kwargs)
        into = forms.ModelChoiceField(
            type(term).objects.all(), label=gettext("It is the same as"), empty_label=gettext("Choose …")
        )
        self.fields["into"] = into

    def act(self, *, by: User) -> str:
        other = deciding.merge(self.term, by=by, seen=self.cleaned_data[VERSION], into=self.cleaned_data["into"])
        told = gettext("“%(term)s” is merged into “%(other)s”: the claims that named it name that one.")
        return told % {"term": self.term, "other": other}


class RefuseForm(DecisionForm):
    act_name = "refuse"
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Editors read it when they propose the same again. It is not public."),
    )

    def act(self, *, by: User) -> str:
        deciding.refuse(self.term, by=by, seen=self.cleaned_data[VERSION], reason=self.cleaned_data["reason"])
        return gettext("“%(term)s” is refused.") % {"term": self.term}


FORMS: dict[str, type[DecisionForm]] = {form.act_name: form for form in (AcceptForm, MergeForm, RefuseForm)}


class AcceptSpellingForm(DecisionForm):
    act_name = "accept"

    def act(self, *, by: User) -> str:
        spellings.accept(self.term, by=by, seen=self.cleaned_data[VERSION])
        told = gettext("“%(name)s” is remembered: %(place)s is found by it.")
        return told % {"name": self.term.name, "place": localised(self.term.place.label_en, self.term.place.label_ar)}


class RefuseSpellingForm(RefuseForm):
    def act(self, *, by: User) -> str:
        given = self.cleaned_data
        spellings.refuse(self.term, by=by, seen=given[VERSION], reason=given["reason"])
        return gettext("“%(term)s” is refused.") % {"term": self.term.name}


SPELLING_FORMS: dict[str, type[DecisionForm]] = {
    form.act_name: form for form in (AcceptSpellingForm, RefuseSpellingForm)
}
