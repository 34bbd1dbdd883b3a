"""The evidence package of an article."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archive.packages import article_package
from archive.packages.bag import Bag
from archive.packages.sending import send
from archive.views.citation_files import published_article


@require_safe
def article_package_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Give all that readers may have of an article as a BagIt bag."""
    article = published_article(public_id)

    def fill(bag: Bag) -> None:  # reads the article once more, within the state that all else is read in
        article_package.fill(bag, published_article(public_id))

    return send(request, f"article-{article.public_id}", fill)
