"""The reports that a record cites, and its summary with the passages of each sentence."""

from dataclasses import dataclass

from archive.localisation import localised
from archive.read_by_key import ReadByKey
from incidents.presentation import fact_wording
from incidents.presentation.quotes import Quote, quote_of
from incidents.record.parts import TermNames
from incidents.record.whole import IncidentRecord


@dataclass(frozen=True, slots=True)
class Report(ReadByKey):
    """An article that the record cites; without a title where readers may not see it (any more)."""

    article: str
    title: str
    url: str
    outlet: str
    source: TermNames | None
    published: str
    language: str
    passages: int


@dataclass(frozen=True, slots=True)
class Sentence(ReadByKey):
    """One sentence of the editors' summary with its quotes, each under its number in the whole summary."""

    text: str
    quotes: list[tuple[int, Quote]]


@dataclass(frozen=True, slots=True)
class KnownAs(ReadByKey):
    """What another data set calls it; ``url`` is where that has it, or empty."""

    data_set: str
    value: str
    url: str


def known_as(content: IncidentRecord) -> list[KnownAs]:
    return [
        KnownAs(fact_wording.name(one) or one["scheme"], one["value"], one["url"] or "")
        for one in content.get("identifiers") or []
    ]


def cited_reports(content: IncidentRecord) -> list[Report]:
    """Return the reports by date of publication, those without one last."""
    made = [
        Report(
            article=article_id,
            title=article.get("title") or "",
            url=article.get("url") or "",
            outlet=fact_wording.name(article.get("source")),
            source=article.get("source"),
            published=article.get("published") or "",
            language=article.get("language") or "",
            passages=sum(passage.get("article") == article_id for passage in content["passages"].values()),
        )
        for article_id, article in content["articles"].items()
    ]
    return sorted(made, key=lambda report: (report.published or "9999", report.outlet))


def summary_sentences(content: IncidentRecord) -> list[Sentence]:
    """Return the summary; its passages are numbered from 1 in the order in which they are first cited."""
    numbers: dict[str, int] = {}
    sentences = []
    for sentence in content.get("summary") or []:
        text = localised(sentence.get("text_en") or "", sentence.get("text_ar") or "")
        cited = [
            (numbers.setdefault(passage, len(numbers) + 1), quote_of(content, passage))
            for passage in sentence.get("passages") or []
        ]
        sentences.append(Sentence(text, cited))
    return sentences
