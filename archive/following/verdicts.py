"""What editors say of a passage that was looked for in another text: rows are added, nothing is changed."""

from django.db import connection, transaction
from django.utils.translation import gettext

from archive.models import FoundAgain, FoundVerdict, User
from archive.terms import Verdict, Whereabouts
from archive.text import anchors

# Any number, as long as no other lock of the archive has it: verdicts on one passage wait for each other.
LOCK = 731_684_021


class FollowingError(Exception):
    """A verdict that cannot be taken; the message is for the editor."""


class StaleVerdictError(FollowingError):
    """Somebody else judged the passage since it was shown."""

    def __init__(self, last: FoundVerdict) -> None:
        who = last.created_by.shown_name if last.created_by else gettext("Somebody")
        super().__init__(
            gettext("%(who)s said meanwhile that it is %(verdict)s. Look again before you decide.")
            % {"who": who, "verdict": last.get_verdict_display()}
        )
        self.last = last


@transaction.atomic
def decide(
    found: FoundAgain,
    *,
    by: User,
    verdict: str,
    seen: str,
    reason: str = "",
    span: tuple[int, int] | None = None,
    seen_sha256: str = "",
) -> FoundVerdict:
    """Say that the passage was found rightly, is not in the text, or stands at ``span`` (code points).

    ``seen`` is `Followed.last_verdict` as the editor was shown it; ``seen_sha256`` is of the text in which ``span`` was
    counted. All but a confirmation need a reason. Raises `FollowingError`, and `StaleVerdictError` when somebody was
    faster.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, found.pk % 2**31])
    last = found.verdicts.select_related("created_by").order_by("-pk").first()
    if last is not None and str(last.pk) != seen:
        raise StaleVerdictError(last)
    reason = reason.strip()
    if verdict == Verdict.CONFIRMED and found.state == Whereabouts.SEVERAL:
        raise FollowingError(gettext("The words stand in several places: say which, by selecting them."))
    if verdict != Verdict.CONFIRMED and not reason:
        raise FollowingError(gettext("Say why: the next editor will want to know."))
    start = end = None
    if verdict == Verdict.PLACED:
        start, end = _placed(found, span, seen_sha256)
    elif verdict not in (Verdict.CONFIRMED, Verdict.REJECTED):
        raise FollowingError(gettext("Choose what is to be done with it."))
    return FoundVerdict.objects.create(found=found, verdict=verdict, reason=reason, start=start, end=end, created_by=by)


def _placed(found: FoundAgain, span: tuple[int, int] | None, seen_sha256: str) -> tuple[int, int]:
    text = found.text_version
    if seen_sha256 != text.sha256:
        raise FollowingError(gettext("The text that you selected in is not this text. Select again."))
    start, end = span or (0, 0)
    if not (0 <= start < end <= text.length and text.text[start:end].strip()):
        raise FollowingError(gettext("Select the words in the text first."))
    while text.text[start].isspace():
        start += 1
    while text.text[end - 1].isspace():
        end -= 1
    return anchors.snap(text.text, start, end)
