"""Which published records cite a passage: readers see only passages that one does."""

from archive import addresses
from archive.models import Citation, Passage
from archive.search import index_cited
from incidents.models import Edition, Incident
from incidents.record.redaction import redacted
from incidents.record.whole import IncidentRecord
from incidents.terms import Status


def cite(incident: Incident) -> None:
    """Write the citations of an incident again from all its editions; a withdrawn or unpublished one has none.

    A passage of older editions only, or of a merged incident, is cited but not currently.
    """
    articles = articles_cited_in(incident)
    write_citations(incident)
    index_cited(articles | articles_cited_in(incident))


def articles_cited_in(incident: Incident) -> set[int]:
    cited = Citation.objects.filter(record=incident.code).order_by()
    return set(cited.values_list("passage__text_version__article", flat=True))


def write_citations(incident: Incident) -> None:
    contents = [edition.content for edition in incident.editions.order_by("number")]
    if not contents or incident.status not in (Status.PUBLISHED, Status.MERGED):
        Citation.objects.filter(record=incident.code).delete()
        return
    newest = contents[-1]
    shown = redacted(newest)
    current = newest["passages"] if incident.status == Status.PUBLISHED else {}
    wanted = {public_id: content for content in contents for public_id in content["passages"]}
    passages = Passage.objects.filter(public_id__in=wanted).values_list("public_id", "pk")
    Citation.objects.bulk_create(
        [
            Citation(
                passage_id=pk,
                record=incident.code,
                path=addresses.template("incident").format(incident.code),
                title_en=shown["title_en"],
                title_ar=shown["title_ar"],
                aspects=aspects(wanted[public_id], public_id),
                is_current=public_id in current,
            )
            for public_id, pk in passages
        ],
        update_conflicts=True,
        unique_fields=["passage", "record"],
        update_fields=["path", "title_en", "title_ar", "aspects", "is_current"],
    )


def aspects(content: IncidentRecord, passage: str) -> list[str]:
    """What a passage supports in a record, once each, the summary last."""
    found: list[str] = [claim["aspect"] for claim in content["claims"] if claim["passage"] == passage]
    found += ["summary" for sentence in content["summary"] if passage in sentence["passages"]]
    return list(dict.fromkeys(found))


def latest(incident: Incident) -> Edition | None:
    """The current edition, if the incident was ever published."""
    return incident.editions.order_by("-number").first()
