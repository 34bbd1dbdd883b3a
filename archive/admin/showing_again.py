"""To show readers again what was kept from them takes the same right as publishing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

REFUSED = _("To show readers more than they see now takes the right to publish. Ask somebody who has it.")


class ShowingAgain(admin.ModelAdmin):
    """Tells the forms of an admin whether who fills them in may publish."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.may_publish = request.user.has_perm(settings.PERMISSION_TO_PUBLISH)
        return form


def refuse_to_show_again(form: forms.ModelForm, name: str, steps: Sequence[str]) -> None:
    """Refuse a field that would show more than before, unless who sends the form may publish; the most is last."""
    before, after = form.initial.get(name), form.cleaned_data.get(name)
    is_more = form.instance.pk and before in steps and after in steps and steps.index(after) > steps.index(before)
    if is_more and not getattr(form, "may_publish", False):
        form.add_error(name, REFUSED)
