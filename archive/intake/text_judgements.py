"""What editors say of texts: that a page is an article or is none, and that an earlier text is to be the current one.

Rows are added, nothing is changed: the last word counts, and any of them can be said again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext

from archive import copies, custody, following
from archive.intake.aftermath import index
from archive.intake.services import one_at_a_time
from archive.intake.text_corrections import StaleTextError
from archive.locking import acting
from archive.models import TextChoice, TextJudgement, TextVersion, User
from archive.terms import CustodyAct, NotAnArticle, values
from archive.text_standing import standing
from archive.texts_in_time import current_texts

ARTICLE = "article"  # what the log says of a page that is one
LONGEST_REASON = 2_000  # code points


class TextJudgementError(Exception):
    """A word that cannot be taken; the message says why, to the editor."""


class StaleJudgementError(TextJudgementError):
    """Somebody else judged the text since it was shown: ``last``."""

    def __init__(self, last: TextJudgement) -> None:
        told = {
            "who": last.created_by.shown_name if last.created_by else gettext("Somebody"),
            "kind": last.get_flag_display(),
            "reason": last.reason,
        }
        said = (
            gettext(
                "%(who)s said meanwhile that it is no article (%(kind)s): “%(reason)s”. Look again before you decide."
            )
            if last.flag
            else gettext("%(who)s said meanwhile that it is an article: “%(reason)s”. Look again before you decide.")
        )
        super().__init__(said % told)
        self.last = last


def judge_text(text: TextVersion, *, flag: str, reason: str, by: User, seen: str) -> TextJudgement:
    """Say what the page of a text is: one of `NotAnArticle`, or an article (an empty ``flag``), and why.

    ``seen`` is `Standing.last` as the editor was shown it. Which text is the current one may change by it. Raises
    `TextJudgementError`, and `StaleJudgementError` when somebody was faster: nothing is stored then.
    """
    why = _reason(reason)
    if flag not in ("", *values(NotAnArticle)):
        raise TextJudgementError(gettext("Choose what the page is."))
    with _deciding(text, by):
        now = standing(text)
        if now.judgement is not None and now.last != seen:
            raise StaleJudgementError(now.judgement)
        if now.flag == flag:
            raise TextJudgementError(gettext("That is what is said of it already."))
        made = TextJudgement.objects.create(text_version=text, flag=flag, reason=why, created_by=by)
        _follow(text)
        copies.note_copies(list(copies.without_sketch().filter(capture=text.capture_id)))
        custody.append(
            [custody.event(CustodyAct.TEXT_JUDGED, by=by, text=text, number=text.number, kind=flag or ARTICLE)]
        )
    return made


def choose_text(text: TextVersion, *, reason: str, by: User, seen: int) -> TextChoice:
    """Make a text the current one again, until a later copy comes in, it is corrected, or another is chosen.

    ``seen`` is the number of the text that was the current one when the editor looked. Passages are looked for in the
    chosen text. Raises `TextJudgementError`, and `StaleTextError` where another text is the current one meanwhile.
    """
    why = _reason(reason)
    with _deciding(text, by):
        current = current_texts([text.article_id])[0]
        if current.number != seen:
            raise StaleTextError(current)
        if current.pk == text.pk:
            raise TextJudgementError(gettext("It is the current text already."))
        if standing(text).flag and not standing(current).flag:
            raise TextJudgementError(gettext("Its page is said to be no article. If it is one, say so first."))
        made = TextChoice.objects.create(text_version=text, reason=why, created_by=by)
        if current_texts([text.article_id])[0].pk != text.pk:
            told = gettext("Text %(number)s stays: its copy says that it was taken later than today.")
            raise TextJudgementError(told % {"number": current.number})
        _follow(text)
        custody.append([custody.event(CustodyAct.TEXT_CHOSEN, by=by, text=text, number=text.number)])
    return made


def _reason(reason: str) -> str:
    why = reason.strip()
    if not why:
        raise TextJudgementError(gettext("Say why: the next editor will want to know."))
    if "\0" in why or len(why) > LONGEST_REASON:
        told = gettext("A reason has at most %(number)s characters, all of them to be read.")
        raise TextJudgementError(told % {"number": f"{LONGEST_REASON:,}"})
    return why


@contextmanager
def _deciding(text: TextVersion, by: User) -> Iterator[None]:
    """One transaction in which nobody else changes what the texts of an article are: imports and corrections wait."""
    if not by.has_perm("archive.change_article"):
        raise PermissionDenied(gettext("You may not change articles."))
    with acting(by):
        one_at_a_time()
        yield


def _follow(text: TextVersion) -> None:
    """Let lists and search read the text that is the current one now, and look for passages in it."""
    index([text.article_id])
    following.follow([text.article_id])
