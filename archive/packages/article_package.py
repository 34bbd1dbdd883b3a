"""The evidence package of one article."""

from django.conf import settings

from archive import addresses
from archive.articles.article_citations import as_published
from archive.citing import FORMATS
from archive.models import Article
from archive.packages import vouching
from archive.packages.bag import Bag
from archive.packages.packed_reports import add_passages, add_report, public_passages
from archive.packages.readme import readme
from archive.texts_in_time import latest_first

CONTENTS = "  data/citation.bib, .ris             how to cite the report"


def fill(bag: Bag, article: Article) -> None:
    """Write all that readers may have of a public article, which comes with its source."""
    address = addresses.whole("article", article.public_id)
    newest = latest_first(article.texts.select_related("capture").defer("text")).first()
    for suffix in ("bib", "ris"):
        bag.add(f"citation.{suffix}", [FORMATS[suffix].write(as_published(article, newest)).encode()])
    add_report(bag, article)
    add_passages(bag, public_passages().filter(text_version__article=article))
    manifests, stamps = vouching.add_manifests(bag, [article])
    told = {"title": article.title, "address": address, "site": settings.SITE_NAME, "home": addresses.whole("home")}
    bag.tag("README.txt", readme(**told, contents=CONTENTS + manifests, stamps=stamps))
    bag.close(about(article.title, address))


def about(title: str, address: str) -> dict[str, str]:
    """Return what `bag-info.txt` says: no day of making, which would differ from one download to the next."""
    return {
        "Source-Organization": settings.SITE_NAME,
        "External-Description": title,
        "External-Identifier": address,
    }
