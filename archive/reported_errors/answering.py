"""What editors do with an error that was reported: give it to somebody, answer it, forget who reported it."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks import task

from archive.locking import acting, lock_row
from archive.models import ReportedError, ReportedWords, ReporterAddress, SentForm, User
from archive.reported_errors.subjects import find
from archive.terms import ErrorState, Spoken

KEPT_AFTER_ANSWER = timedelta(days=30)
KEPT_UNANSWERED = timedelta(days=365)
FORMS_COUNTED = timedelta(days=1)  # no form of readers is counted longer
PUBLIC = (ErrorState.ACCEPTED, ErrorState.DECLINED)


class AnswerError(Exception):
    """Something that cannot be answered so; ``errors`` says what to do, by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


def answer(
    report: ReportedError,
    *,
    by: User,
    seen: int,
    state: str,
    answer_en: str = "",
    answer_ar: str = "",
    mended_in: int | None = None,
) -> ReportedError:
    """Answer in public, or take an answer back (``open``). Raises `AnswerError`, or `StaleRowError` where somebody
    changed it since ``seen``.
    """
    answers = {"answer_en": answer_en.strip(), "answer_ar": answer_ar.strip()}
    with acting(by):
        row = lock_row(ReportedError, report.pk, seen=seen)
        if errors := wrong(row, state=state, mended_in=mended_in, **answers):
            raise AnswerError(errors)
        is_open = state == ErrorState.OPEN
        row.state, row.mended_in = state, mended_in
        row.answer_en, row.answer_ar = answers["answer_en"], answers["answer_ar"]
        row.answered_at, row.answered_by = (None, None) if is_open else (timezone.now(), by)
        row.save()
        row.refresh_from_db()
        if not is_open and ReporterAddress.objects.filter(report=row).exists():
            forget_after(KEPT_AFTER_ANSWER)
    return row


def wrong(
    report: ReportedError, *, state: str, answer_en: str, answer_ar: str, mended_in: int | None
) -> dict[str, str]:
    """Return what is wrong with an answer, by field."""
    errors = {}
    has_answer = bool(answer_en.strip() or answer_ar.strip())
    if state in PUBLIC and not has_answer:
        errors["answer_en"] = gettext("Write the answer that readers see, in one language at least.")
    if state not in PUBLIC and has_answer:
        errors["state"] = gettext("Only what is accepted or not changed has a public answer: choose one, or empty it.")
    if mended_in is not None:
        errors |= wrong_version(report, state, mended_in)
    address = ReporterAddress.objects.filter(report=report.pk).values_list("email", flat=True).first()
    for name, text in (("answer_en", answer_en), ("answer_ar", answer_ar)):
        if address and address.casefold() in text.casefold():
            errors[name] = gettext("The answer is public: leave out the reader's e-mail address.")
    return errors


def wrong_version(report: ReportedError, state: str, mended_in: int) -> dict[str, str]:
    if report.spoken_of != Spoken.INCIDENT or state != ErrorState.ACCEPTED:
        return {"mended_in": gettext("Only an error in an incident that is accepted is corrected in a version.")}
    if report.number is not None and mended_in <= report.number:
        said = gettext("The reader saw version %(number)s: name a later one.")
        return {"mended_in": said % {"number": report.number}}
    newest = getattr(find(report.spoken_of, report.key), "newest", None)
    if newest is not None and not 1 <= mended_in <= newest:
        return {"mended_in": gettext("The newest version is %(number)s: publish first.") % {"number": newest}}
    return {}


def assign(report: ReportedError, *, to: User | None, by: User, seen: int) -> ReportedError:
    """Give a report to somebody, or to nobody. Raises `StaleRowError`."""
    with acting(by):
        row = lock_row(ReportedError, report.pk, seen=seen)
        row.assigned_to = to
        row.save()
        row.refresh_from_db()
    return row


def forget_address(report: ReportedError) -> None:
    """Delete the e-mail address of who reported it."""
    ReporterAddress.objects.filter(report=report).delete()


def forget_words(report: ReportedError) -> None:
    """Delete what the reader wrote, where it endangers somebody, and the address with it. The answer stays."""
    forget_address(report)
    ReportedWords.objects.filter(report=report).delete()


def forget_old(now: datetime | None = None) -> int:
    """Delete the addresses of readers whose reports were answered 30 days ago, or came a year ago; return how many."""
    now = now or timezone.now()
    SentForm.objects.filter(at__lte=now - FORMS_COUNTED).delete()
    due = Q(report__answered_at__lte=now - KEPT_AFTER_ANSWER) | Q(at__lte=now - KEPT_UNANSWERED)
    deleted, _each = ReporterAddress.objects.filter(due).delete()
    return deleted


@task()
def forget_old_ones() -> None:
    forget_old()


def forget_after(delay: timedelta) -> None:
    """Let the worker delete what is old by then."""
    forget_old_ones.using(run_after=timezone.now() + delay + timedelta(minutes=1)).enqueue()
