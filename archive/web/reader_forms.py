"""What the forms that readers send have in common: they come from a person, who took a while. No cookie is needed."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

QUICKEST = 3  # seconds, in which nobody has read the form and written something
LONGEST_OPEN = 3 * 24 * 3600  # seconds, more than any copy of the page is kept


class ReaderForm(forms.Form):
    """``salt`` is what the form is for; `opened` says when it was made, under our signature."""

    second_name = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, salt: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signing.TimestampSigner(salt=salt)

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
