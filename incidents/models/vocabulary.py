"""The common shape of a controlled vocabulary."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from archive.localisation import localised
from archive.models.base import Editable, fixed
from archive.models.naming import NameField, no_directions


class Term(Editable):
    """A term with a permanent slug and a name in English and Arabic."""

    slug = models.SlugField(max_length=80, unique=True)
    name_en = NameField("name (English)", max_length=200)
    name_ar = NameField("name (Arabic)", max_length=200, blank=True)

    class Meta(Editable.Meta):
        abstract = True
        ordering = ["name_en"]
        triggers = [*Editable.Meta.triggers, fixed("slug")]
        constraints = [no_directions("name_en", "name_ar", name="%(class)s_names_without_directions")]

    def __str__(self) -> str:
        return self.name_en

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return localised(self.name_en, self.name_ar)


class Aliased(models.Model):
    """Has other names than the official ones, in any script, for search and autocomplete."""

    aliases = ArrayField(NameField(max_length=200), default=list, blank=True)

    class Meta:
        abstract = True
