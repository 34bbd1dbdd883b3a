"""The form by which readers report an error. No cookie goes with it, so nothing of a reader's can be misused by it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.models.reported_errors import LONGEST_WORDS
from archive.reported_errors.subjects import Subject
from archive.text import normalise
from archive.web.reader_forms import ReaderForm

SALT = "archive.reported_errors"


class WordsField(forms.CharField):
    """Words in the archive's normal form, so that what counts as a character is the same everywhere."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(normalise(str(value)) if value else "") or ""


class ErrorForm(ReaderForm):
    """``subject`` is what the error is in."""

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

    def __init__(self, subject: Subject, *args: Any, **kwargs: Any) -> None:
        super().__init__(f"{SALT} {subject.spoken_of} {subject.key}", *args, **kwargs)
