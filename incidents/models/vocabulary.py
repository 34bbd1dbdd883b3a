"""The common shape of a controlled vocabulary."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from archive.localisation import localised
from archive.models.base import Editable
from archive.models.name_field import NameField, no_directions
from archive.models.proposable import Proposable, decided
from incidents.querysets import AcceptedTerms, TermQuerySet


def keep_slug() -> pgtrigger.Trigger:
    """Return the trigger that refuses another slug: but for one that is only proposed, whose slug nobody knows yet."""
    return pgtrigger.Trigger(
        name="keep_slug",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="IF NEW.slug IS DISTINCT FROM OLD.slug AND OLD.standing <> 'proposed' THEN "
        "RAISE EXCEPTION 'slug of % never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END IF; "
        "RETURN NEW;",
    )


def merge_into_standing() -> pgtrigger.Trigger:
    """Return the trigger that refuses to merge a row into one that is merged itself: so merges never go in a circle."""
    return pgtrigger.Trigger(
        name="merge_into_standing",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        declare=[("stands", "boolean")],
        func="""
            IF NEW.merged_into_id IS NULL OR NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN
                RETURN NEW;
            END IF;
            EXECUTE format('SELECT merged_into_id IS NULL AND id <> $2 FROM %I WHERE id = $1 FOR SHARE', TG_TABLE_NAME)
                INTO stands USING NEW.merged_into_id, NEW.id;
            IF NOT stands THEN
                RAISE EXCEPTION '% is merged into one that is merged itself', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Term(Proposable, Editable):
    """A term with a permanent slug and a name in English and Arabic.

    ``objects`` has the accepted ones, the only ones that readers ever meet; ``every`` has also those that editors
    proposed. A claim of a draft may name one that is proposed, an edition never.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name_en = NameField("name (English)", max_length=200)
    name_ar = NameField("name (Arabic)", max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_here"
    )

    objects = AcceptedTerms()
    every = TermQuerySet.as_manager()

    class Meta(Editable.Meta):
        abstract = True
        default_manager_name = "every"
        ordering = ["name_en"]
        triggers = [*Editable.Meta.triggers, *Proposable.Meta.triggers, keep_slug(), merge_into_standing()]
        constraints = [
            no_directions("name_en", "name_ar", name="%(class)s_names_without_directions"),
            *decided("%(class)s"),
            models.CheckConstraint(
                condition=Q(standing="merged", merged_into__isnull=False, decided_at__isnull=False)
                | (~Q(standing="merged") & Q(merged_into__isnull=True)),
                name="%(class)s_merged_into_another",
            ),
        ]

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
