"""Who publishes."""

from django.db import models
from django.urls import reverse

from archive.localisation import localised
from archive.models.base import Editable, fixed, tracked
from archive.models.choices import SOURCE_KINDS, TEXT_POLICIES
from archive.models.name_field import NameField, no_directions
from archive.models.visibility import followed_by_rows
from archive.source_urls import OF_THE_WEB
from archive.terms import SourceKind, TextPolicy, values


@tracked
class Source(Editable):
    """A news outlet, an NGO, an official body, a data set, or our own demonstration texts."""

    slug = models.SlugField(max_length=80, unique=True)
    name_en = NameField("name (English)", max_length=200)
    name_ar = NameField("name (Arabic)", max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=SOURCE_KINDS, default=SourceKind.OUTLET.value)
    text_policy = models.CharField(
        max_length=20,
        choices=TEXT_POLICIES,
        default=TextPolicy.PASSAGES.value,
        help_text="What readers may see and search. Cited passages only: they find texts by single words, by phrases "
        "what is cited. Reference only: by title and cited passages.",
    )
    homepage = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True, help_text="Under which its texts are shown, if any.")
    note = models.TextField("internal note", blank=True)

    class Meta(Editable.Meta):
        abstract = False
        ordering = ["name_en"]
        triggers = [*Editable.Meta.triggers, fixed("slug"), followed_by_rows("source_id", "text_policy")]
        constraints = [
            models.UniqueConstraint(fields=["name_en"], name="source_name_en_unique"),
            no_directions("name_en", "name_ar", name="source_names_without_directions"),
            models.CheckConstraint(
                condition=models.Q(homepage="") | models.Q(homepage__iregex=OF_THE_WEB),
                name="source_homepage_of_the_web",
            ),
            models.CheckConstraint(
                condition=models.Q(text_policy__in=values(TextPolicy)), name="source_text_policy_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=values(SourceKind)),
                name="source_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return localised(self.name_en, self.name_ar)
