"""The evidence package of an incident: its current edition, what it cites, and how to check it all."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from archive import addresses
from archive.citing import FORMATS
from archive.models import Article
from archive.packages import vouching
from archive.packages.article_package import about
from archive.packages.bag import Bag
from archive.packages.packed_reports import add_passages, add_report, pretty, public_passages
from archive.packages.readme import readme
from incidents.formats import edition_document
from incidents.formats.record_citations import reference
from incidents.models import Edition
from incidents.presentation.fact_sections import sections
from incidents.presentation.reports import cited_reports, summary_sentences
from incidents.record.redaction import redacted
from incidents.record.whole import IncidentRecord
from incidents.record.writing import canonical

CONTENTS = """\
  data/record.en.html, record.ar.html   the record, version {version}, to read in any browser: no scripts, no network
  data/record.json                 the same as data, with its permalink
  data/record.canonical.json       the same, just as its SHA-256 is worked out ({whole})
  data/citation.bib, .ris          how to cite it"""
WHOLE = "here in full"
CUT = "left out here: words of it are withheld from readers today"
MORE = """\
4. That the record is the one that was published. Its SHA-256 is {sha256},
   as data/record.json says it, and {permalink} with .json in place of its last "/":
     sha256sum data/record.canonical.json
"""
MORE_CUT = """\
4. Words of this record are withheld from readers today, so its SHA-256 as published,
   {sha256}, cannot be worked out from this package.
"""


def fill(bag: Bag, edition: Edition) -> None:
    """Write an edition as readers may have it now, with the reports and passages that it cites and may still show."""
    content = redacted(edition.content)
    permalink = edition_document.permalink(content)
    is_whole = content == edition.content
    title = content["title_en"] or content["title_ar"]
    contents = CONTENTS.format(version=content["version"], whole=WHOLE if is_whole else CUT)
    more = (MORE if is_whole else MORE_CUT).format(sha256=edition.sha256, permalink=permalink)
    told = {"title": title, "address": permalink, "site": settings.SITE_NAME, "home": addresses.whole("home")}
    add_record(bag, content, edition.sha256)
    if is_whole:
        bag.add("record.canonical.json", [canonical(edition.content)])
    cited = Article.objects.published().filter(public_id__in=content["articles"])
    for article in cited.select_related("source").order_by("public_id"):
        add_report(bag, article)
    add_passages(bag, public_passages().filter(public_id__in=content["passages"]))
    manifests, stamps = vouching.add_manifests(bag, cited, (edition.pk, edition.sha256))
    bag.tag("README.txt", readme(**told, contents=contents + manifests, more=more, stamps=stamps))
    bag.close(about(title, permalink))


def add_record(bag: Bag, content: IncidentRecord, sha256: str) -> None:
    bag.add("record.json", [pretty(edition_document.written(content, sha256))])
    with override(settings.LANGUAGE_CODE):
        for suffix in ("bib", "ris"):
            bag.add(f"citation.{suffix}", [FORMATS[suffix].write(reference(content)).encode()])
    for language, _name in settings.LANGUAGES:
        with override(language):
            bag.add(f"record.{language}.html", [render_to_string("packages/record.html", shown(content)).encode()])


def shown(content: IncidentRecord) -> dict[str, Any]:
    return {
        "content": content,
        "sections": sections(content),
        "summary": summary_sentences(content),
        "reports": cited_reports(content),
        "permalink": edition_document.permalink(content),
        "site": settings.SITE_NAME,
    }
