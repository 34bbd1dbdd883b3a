"""A refusal of the services, said beside the field that it is about."""

from django import forms
from django.utils.translation import gettext as _

from archive.passages import PassageError
from incidents.desk.duplicate_question import DuplicateQuestionForm
from incidents.errors import (
    CurationError,
    DuplicateClaimError,
    InvalidError,
    LikelyDuplicateError,
    LikelySameError,
    RefusedTermError,
)
from incidents.proposals import kind_of

FIELDS = {"passage": "quote", "latitude": "point", "longitude": "point"}


def show_refusal(form: forms.Form, refusal: PassageError | CurationError) -> None:
    """Add what was refused to the form, which keeps everything that was entered."""
    if isinstance(refusal, InvalidError):
        for name, message in refusal.errors.items():
            field = FIELDS.get(name, name)
            form.add_error(field if field in form.fields else None, message)
    elif isinstance(refusal, PassageError):
        form.add_error("quote" if "quote" in form.fields else None, str(refusal))
        if hasattr(form, "forget_positions"):
            form.forget_positions()
    elif isinstance(refusal, LikelyDuplicateError) and isinstance(form, DuplicateQuestionForm):
        form.ask(refusal)
    elif isinstance(refusal, LikelySameError) and hasattr(form, "ask_same_attack"):
        form.ask_same_attack(refusal)
    elif isinstance(refusal, RefusedTermError) and isinstance(form, DuplicateQuestionForm):
        form.add_error(form.named_new(kind_of(refusal.term)), str(refusal))
    elif isinstance(refusal, DuplicateClaimError):
        advice = _("Change something, or select other words.")
        form.add_error(None, f"{refusal} ({refusal.claim}). {advice}")
    else:
        form.add_error(None, str(refusal))
