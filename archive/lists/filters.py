"""What every list of the site takes in its address. Nothing is ignored silently."""

import copy
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Self

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from archive import dates, search
from archive.lists import cursors, paging
from archive.lists.columns import Columns
from archive.lists.conditions import Condition
from archive.lists.integers import Rows
from archive.lists.parameter_fields import (
    DayField,
    OneOfField,
    WordsField,
    distinct,
    legible_params,
    shown,
    written_otherwise,
)
from archive.lists.towns import TownField

YES_NO = [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]
ORDERS = [  # of every list
    ("newest", gettext_lazy("newest first")),
    ("oldest", gettext_lazy("oldest first")),
    ("relevance", gettext_lazy("best match first")),
]


class Parameter(django_filters.Filter):
    """A parameter read by a form field; what it selects, its FilterSet says.

    Nothing of a request is in it, so that its copies share its field, which each form copies.
    """

    def __init__(self, field_class: type[forms.Field], **kwargs: Any) -> None:
        self.field_class = field_class
        super().__init__(**kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        self.field  # noqa: B018 (made once, for all copies)
        return copy.copy(self)


class ListFilters(django_filters.FilterSet):
    """The parameters of one list. `errors` names those that cannot be read, and then `qs` is empty.

    A trailing underscore in a declared name is not part of the parameter (`from_` reads `from`). Values are cleaned,
    whatever bytes were sent; `unknown` lists parameters that the list does not have.
    """

    #: Parameters that say how to show the set, not what is in it.
    presentation: tuple[str, ...] = ("order", "after")
    orders: Mapping[str, paging.Order]
    #: Values that hold in place of what was read: see `with_values`.
    instead: Mapping[str, Any] = {}

    q = Parameter(WordsField, label=gettext_lazy("Words"))
    expand = Parameter(OneOfField, label=gettext_lazy("Other spellings of places"), choices=YES_NO)
    from_ = Parameter(DayField, label=pgettext_lazy("date", "From"))
    to = Parameter(DayField, label=pgettext_lazy("date", "To"), is_end=True)
    town = Parameter(TownField, label=gettext_lazy("Place"))
    after = Parameter(forms.CharField, label=gettext_lazy("Page"), widget=forms.HiddenInput)

    @classmethod
    @cache
    def form_class(cls) -> type[forms.Form]:
        """The form of a list, made once; what it reads is in the copies of its fields that each request has."""
        fields = {name: one.field for name, one in cls.base_filters.items()}
        return type(f"{cls.__name__}Form", (cls._meta.form,), fields)

    def get_form_class(self) -> type[forms.Form]:
        return self.form_class()

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        return {name.rstrip("_"): one for name, one in super().get_filters().items()}

    def __init__(self, data: QueryDict, queryset: QuerySet) -> None:
        data = legible_params(data)
        self.unknown = [name for name in data if name not in self.base_filters]
        super().__init__(data, queryset)

    @cached_property
    def problems(self) -> dict[str, list[str]]:
        """Parameter → what is wrong with it; empty when all can be read."""
        found = {name: [str(message) for message in messages] for name, messages in self.form.errors.items()}
        for name in self.base_filters:
            if not self.is_repeatable(name) and len(distinct(self.data.getlist(name))) > 1:
                found.setdefault(name, []).append(_("This can be given only once."))
        for name, check in self.checks():
            if name not in found and (message := check()):
                found[name] = [message]
        for name, messages in found.items():
            if name not in self.form.errors:
                self.form.add_error(name, [ValidationError(message) for message in messages])
        return found

    def checks(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """What is looked at once the values are read: a parameter, and what says what is wrong with it."""
        yield "q", self.check_words
        yield "to", self.check_dates
        yield "after", self.check_cursor

    def check_words(self) -> str:
        return self.query.problem

    def check_dates(self) -> str:
        first, last = self.value("from"), self.value("to")
        return _("The end lies before the beginning.") if first and last and last < first else ""

    def check_cursor(self) -> str:
        try:
            self.position  # noqa: B018 (reads the cursor)
        except cursors.CursorError:
            return _("This address of a page is damaged, or of a list in another order: begin at the first page.")
        return ""

    def is_repeatable(self, name: str) -> bool:
        return isinstance(self.form.fields[name], forms.MultipleChoiceField)

    def value(self, name: str) -> Any:
        """What a parameter was read as; None where it is missing or unreadable."""
        if name in self.instead:
            return self.instead[name]
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    @cached_property
    def query(self) -> search.Query:
        """The words that are searched for."""
        return search.parse(self.value("q") or "", expand=self.value("expand") != "no")

    @cached_property
    def is_ranked(self) -> bool:
        """Whether the list is ordered by relevance: asked for, and there are words to rank by."""
        return self.value("order") == "relevance" and not self.query.is_empty

    @cached_property
    def order(self) -> paging.Order:
        name = self.value("order") or next(iter(self.orders))
        return self.orders.get(name) or next(iter(self.orders.values()))

    @cached_property
    def position(self) -> Any:
        """Where the page begins: a `paging.Position`, a number of rows when ranked, None for the first page."""
        cursor = str(self.instead.get("after", self.data.get("after")) or "").strip()
        if not cursor:
            return None
        return paging.read_ranked(cursor) if self.is_ranked else self.order.read_cursor(cursor)

    def without(self, *names: str) -> Self:
        """The same filters as if these parameters had not been given."""
        return self.with_values(**{name: self.default(name) for name in names})

    def with_values(self, **values: Any) -> Self:
        """The same filters with other values; only for parameters that were read without a problem."""
        other = copy.copy(self)
        other.instead = {**self.instead, **values}
        gone = ["conditions", "_qs", "order", "is_ranked", "position"]
        gone += ["query"] if values.keys() & {"q", "expand"} else []
        for name in gone:
            other.__dict__.pop(name, None)
        return other

    def read_as(self, values: Mapping[str, Any], *, query: search.Query) -> Self:
        """The same filters, every parameter read as these values and the words as this query: nothing is checked."""
        other = self.with_values(**values)
        other.__dict__ |= {"query": query, "problems": {}}
        return other

    def default(self, name: str) -> Any:
        """What holds where a parameter is not given."""
        return getattr(self.base_filters[name].field, "default", None)

    @property
    def qs(self) -> QuerySet:
        """The set, in no order; empty while a parameter cannot be read."""
        if not hasattr(self, "_qs"):
            readable = self.visible.filter(*(condition.q for condition in self.conditions.values()))
            self._qs = self.queryset.none() if self.problems else self.query.filter(readable)
        return self._qs

    @property
    def visible(self) -> QuerySet:
        """All rows of the table that the list may show: where every list begins, whatever else it asks.

        Rows are asked for it once more when they are shown: what is in memory may be older than the row itself.
        """
        raise NotImplementedError

    def rows(self, columns: Columns) -> Rows:
        """Which rows of the table are in the set: what each condition lets through."""
        every = columns.rows(self.visible)
        for condition in self.conditions.values():
            every &= self.meeting(condition, columns)
        for rows, is_excluded in self.query.parts(self.queryset):
            every = every - columns.rows(rows) if is_excluded else every & columns.rows(rows)
        return every

    def meeting(self, condition: Condition, columns: Columns) -> Rows:
        """Which rows meet a condition: as the columns tell, else as the database does."""
        found = condition.rows(columns)
        return columns.rows(self.queryset.filter(condition.q)) if found is None else found

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """What each parameter but the words asks of a row, by one name for those that are read together."""
        return dict(self.asked())

    def asked(self) -> Iterator[tuple[str, Condition]]:
        """The conditions, one by one, in any order; what readers may see at all, `visible` says."""
        raise NotImplementedError

    def active(self) -> Iterator[tuple[str, str, str]]:
        """Name, value as given, and value in words, of every parameter that was given and narrows the set."""
        for name in self.base_filters:
            if name not in self.presentation:
                for index, value in enumerate(self.given(name)):
                    yield name, value, self.in_words(name, index, value)

    def given(self, name: str) -> list[str]:
        """The values of a parameter as they came, without blanks, repetitions, and what would hold anyhow."""
        if name not in self.data:
            return []
        return [value for value in distinct(self.data.getlist(name)) if value != self.default(name)]

    def in_words(self, name: str, index: int, value: str) -> str:
        read, form_field = self.value(name), self.form.fields[name]
        if isinstance(read, list) and index < len(read):
            return str(read[index].name)
        if isinstance(form_field, OneOfField):
            return str(form_field.words.get(value, shown(value)))
        return shown(value)

    def label(self, name: str) -> str:
        return str(self.form.fields[name].label)

    def dates_read(self) -> Iterator[str]:
        """How days were read that are written otherwise than `YYYY-MM-DD`; read only where all can be read."""
        for name in ("from", "to"):
            day = self.value(name)
            other = written_otherwise(self.data.get(name, "")) if day else None
            if other:
                text, is_ambiguous = other
                read = dates.describe(dates.between(day, day), get_language() or "en")
                note = _("“%(text)s” is read as %(day)s: the day comes before the month.") if is_ambiguous else ""
                yield (note or _("“%(text)s” is read as %(day)s.")) % {"text": shown(text), "day": read}

    def notes(self) -> list[str]:
        """What a reader should know of how the parameters were read, beside what is an error."""
        found = [*self.query.notices, *self.dates_read()]
        if self.value("order") == "relevance" and self.query.is_empty:
            found.append(_("There are no words to rank by: the newest come first."))
        return [*found, *self.unknown_notes()]

    def unknown_notes(self) -> Iterator[str]:
        for name in self.unknown:
            yield _("There is no filter “%(name)s”: it was not used.") % {"name": shown(name)}
