"""What the address of a CSV file may say beside the parameters of its list: how it is written."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.lists.parameter_fields import OneOfField, distinct

BOM = "bom"
MARK = "\ufeff"
CHOICES = [("no", gettext_lazy("no")), ("yes", gettext_lazy("yes"))]
MARK_FIELD = OneOfField(choices=CHOICES, required=False)


@dataclass(frozen=True)
class CsvOptions:
    """The options among ``given``; `rest` are the parameters of the list, `problems` what cannot be read.

    `bom=yes` begins the file with a byte order mark, by which Excel knows UTF-8.
    """

    given: QueryDict

    @cached_property
    def rest(self) -> QueryDict:
        params = self.given.copy()
        params.pop(BOM, None)
        return params

    @property
    def is_marked(self) -> bool:
        return not self.problems and self._value() == "yes"

    @cached_property
    def problems(self) -> dict[str, list[str]]:
        try:
            self._value()
        except ValidationError as error:
            return {BOM: list(error.messages)}
        return {}

    def _value(self) -> str:
        values = distinct(self.given.getlist(BOM)) or [""]
        if len(values) > 1:
            raise ValidationError(_("This can be given only once."))
        return str(MARK_FIELD.clean(values[0]))
