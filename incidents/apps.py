"""The application of what happened: incidents, their claims and editions."""

from typing import Any

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"
    verbose_name = "Incidents"

    def ready(self) -> None:
        from archive import backing_up, stamping, verifying  # noqa: PLC0415 (models are not there before)
        from archive.intake import article_corrected, source_changed  # noqa: PLC0415
        from incidents import speaking_of  # noqa: PLC0415
        from incidents.lists import incident_alerts  # noqa: PLC0415
        from incidents.releases import keeping  # noqa: PLC0415
        from incidents.verifying import KIND, digests_after  # noqa: PLC0415

        article_corrected.connect(follow_article, dispatch_uid="incidents.follow_article")
        source_changed.connect(follow_source, dispatch_uid="incidents.follow_source")
        verifying.add_kind(KIND)
        backing_up.add_files(keeping.ROOT, keeping.stored_files)
        stamping.add_part("edition", digests_after)
        speaking_of.register()
        incident_alerts.register()


def follow_article(article: Any, fields: frozenset[str], by: Any, **kwargs: Any) -> None:
    """Who may read an article decides what lists and search may hold of the incidents that cite it."""
    from incidents.curation import refresh_citing  # noqa: PLC0415 (models are not there before)

    if fields & {"visibility", "public_from", "source", "withheld"}:
        refresh_citing(article, by=by)


def follow_source(source: Any, fields: frozenset[str], by: Any, **kwargs: Any) -> None:
    """So does what readers may read of a source's texts."""
    from incidents.curation import refresh_resting_on  # noqa: PLC0415 (models are not there before)

    if "text_policy" in fields:
        refresh_resting_on(source, by=by)
