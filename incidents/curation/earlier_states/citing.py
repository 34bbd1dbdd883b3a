"""Whether an incident may cite again what it cited: readers may not see some of it since."""

from django.utils.translation import gettext as _

from archive import withheld
from archive.models import Passage
from archive.terms import Visibility


def not_citable(passage: Passage) -> str:
    """Why a passage is not cited anew: what readers may not see of its report."""
    text = passage.text_version
    if text.article.visibility == Visibility.WITHHELD:
        return _("The report “%(title)s” is withheld since.") % {"title": withheld.shown_article(text.article).title}
    found = withheld.spans_of(text.text, text.article.withheld) if text.article.withheld else []
    if any(span.start < passage.end and passage.start < span.end for span in found):
        return _("Words of its passage are withheld since.")
    return ""
