"""What may be seen of incidents. Readers start from `PublishedIncidentQuerySet.published` alone."""

from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.db import models

from archive.terms import Standing
from incidents.terms import CLOSED, LinkKind, State


class IncidentQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Incidents that editors still work on: neither withdrawn nor merged."""
        return self.exclude(status__in=CLOSED)


class TermQuerySet(models.QuerySet):
    def usable(self) -> Self:
        """Terms that claims may name: the accepted ones, and those that wait for a decision."""
        return self.filter(standing__in=(Standing.ACCEPTED, Standing.PROPOSED))


class AcceptedTerms(models.Manager.from_queryset(TermQuerySet)):  # type: ignore[misc]
    """The terms that readers may see."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(standing=Standing.ACCEPTED)


class FacilityQuerySet(models.QuerySet):
    def unmerged(self) -> Self:
        """Facilities that are not another one: those that claims may name."""
        return self.filter(merged_into=None)


class ClaimQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Claims that count: neither removed nor replaced by another."""
        return self.filter(ended_at=None)

    def with_evidence(self) -> Self:
        """Fetch what a claim's line on a page shows, in one query."""
        return self.select_related(
            "speaker",
            "passage__text_version__article__source",
            "place",
            "facility__place",
            "facility__facility_type",
            "facility_type",
            "actor",
            "weapon",
        )


class StandingClaims(models.Manager.from_queryset(ClaimQuerySet)):  # type: ignore[misc]
    """The claims that everything but history reads: those that stand."""

    def get_queryset(self) -> models.QuerySet:
        queryset: ClaimQuerySet = super().get_queryset()
        return queryset.standing()


class IdentifierQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def shown(self) -> Self:
        """Those that readers see: they stand, and are of a data set and not of a file of ours."""
        return self.standing().filter(scheme__is_public=True).select_related("scheme")


class LinkQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def of(self, pks: Collection[int]) -> Self:
        """Links from or to any of these incidents."""
        return self.filter(models.Q(one__in=pks) | models.Q(other__in=pks))

    def telling_apart(self) -> Self:
        """Those that say that two are not the same attack."""
        return self.standing().filter(kind=LinkKind.DIFFERENT_FROM)


class PublishedIncidentQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What readers may see: neither withdrawn nor merged. Drafts have no row at all."""
        return self.filter(state=State.PUBLISHED)

    def changed_since(self, moment: datetime) -> Self:
        """What was published, withdrawn or merged since; the rows say which (``state``). For those who keep a copy."""
        return self.filter(changed_at__gte=moment)


class LikelyPairQuerySet(models.QuerySet):
    def to_decide(self) -> Self:
        """Pairs that nobody has decided on: no verdict and no link that tells them apart, neither merged nor withdrawn.

        The likeliest first.
        """
        apart = self.model._default_manager.filter(told_apart("earlier", "later") | told_apart("later", "earlier"))
        undecided = self.filter(verdict=None).exclude(pk__in=apart.order_by().values("pk"))
        return undecided.exclude(earlier__status__in=CLOSED).exclude(later__status__in=CLOSED).order_by("-score", "pk")

    def with_incidents(self) -> Self:
        return self.select_related("earlier__row", "later__row", "verdict__created_by")


def told_apart(one: str, other: str) -> models.Q:
    """Pairs of which a link from ``one`` says that it is not the same attack as ``other``."""
    link = f"{one}__links_to"
    return models.Q(
        **{f"{link}__other": models.F(other), f"{link}__kind": LinkKind.DIFFERENT_FROM, f"{link}__ended_at": None}
    )
