"""The form by which readers report an error. No cookie goes with it, so nothing of a reader's can be misused by it."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.models.reported_errors import LONGEST_WORDS
from archive.reported_errors.subjects import Subject
from archive.text import normalise

SALT = "archive.reported_errors"
QUICKEST = 3  # seconds, in which nobody has read the form and written something
LONGEST_OPEN = 3 * 24 * 3600  # seconds, more than any copy of the page is kept


class WordsField(forms.CharField):
    """Words in the archive's normal form, so that what counts as a character is the same everywhere."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(normalise(str(value)) if value else "") or ""


class ErrorForm(forms.Form):
    """``subject`` is what the error is in; `opened` says when the form was made, under our signature."""

    problem = WordsField(
        label=_("What is wrong?"),
        max_length=LONGEST_WORDS,
        error_messages={"required": _("Write what is wrong.")},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("In any language. Please name nobody who could be put at risk by it."),
    )
    proposal = WordsField(
        label=_("What should it say, and how do you know? (optional)"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("A link, a document, another report, or that you saw it yourself."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address (optional)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        error_messages={"invalid": _("This is not an e-mail address. Correct it, or leave the field empty.")},
        help_text=_(
            "Only so that an editor can ask you back. It is not published and not passed on. It is deleted 30 days "
            "after the answer, or after a year without one."
        ),
    )
    second_name = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, subject: Subject, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signing.TimestampSigner(salt=f"{SALT} {subject.spoken_of} {subject.key}")

    @property
    def now(self) -> str:
        """What the field `opened` holds in a form that is shown now."""
        return str(self.signer.sign("form"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("second_name"):
            self.add_error(None, gettext("A hidden field was filled in. It is empty again: please send once more."))
        if not self.was_open():
            self.add_error(
                None, gettext("The form was sent very fast, or was open for days. Please send it once more.")
            )
        return cleaned

    def was_open(self) -> bool:
        """Whether the form is ours, and was open as long as somebody needs who writes."""
        try:
            self.signer.unsign(self.cleaned_data.get("opened") or "", max_age=LONGEST_OPEN)
        except signing.BadSignature:
            return False
        try:
            self.signer.unsign(self.cleaned_data["opened"], max_age=QUICKEST)
        except signing.SignatureExpired:
            return True
        return False
