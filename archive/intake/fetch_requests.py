"""Addresses that editors ask for: noted, fetched by a background task, tried again. No page waits for the web."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urldefrag

import pghistory
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from archive.capture_bytes import AwayError
from archive.fetching import FetchError, refuse_unfetchable
from archive.gazetteer.reported_spellings import refresh_reported
from archive.intake.receipts import Outcome, Receipt
from archive.intake.services import receive_all
from archive.intake.web import fetch_records, rules
from archive.models import Article, ArticleKey, FetchRequest, User
from archive.models.fetch_requests import PENDING
from archive.source_urls import UnusableUrlError, normalise
from archive.terms import CaptureMethod, FetchState, KeyScheme
from archive.text_standing import standing

MOST = 50  # addresses at once
LONGEST_MESSAGE = 1_000  # characters
NEW = (Outcome.ADDED, Outcome.NEW_CAPTURE)
READING = 240  # seconds, generously, from the answer to the article: reading, waiting for another import, writing


class UnfetchableError(ValueError):
    """An address that is refused before anybody is asked; the message is the reason, a clause for people."""


def read_address(line: str) -> str:
    """Return the address of a line as it will be fetched. Raises `UnfetchableError`."""
    try:
        address = urldefrag(line.strip()).url
        refuse_unfetchable(address, rules())
        normalise(address)
    except UnusableUrlError as error:
        raise UnfetchableError("it is not an address that an article can have") from error
    except (FetchError, ValueError) as error:
        raise UnfetchableError(str(error)) from error
    return address


def articles_of(addresses: Iterable[str]) -> dict[str, Article]:
    """Return the articles that these addresses are of already, by address."""
    keys = {address: normalise(address) for address in addresses}
    found = ArticleKey.objects.filter(scheme=KeyScheme.URL, value__in=set(keys.values())).select_related("article")
    by_key = {key.value: key.article for key in found}
    return {address: by_key[key] for address, key in keys.items() if key in by_key}


def pending_of(addresses: Iterable[str]) -> set[str]:
    """Return those of the addresses that are waiting or being fetched."""
    return set(FetchRequest.objects.filter(address__in=addresses, state__in=PENDING).values_list("address", flat=True))


def ask_for(addresses: Iterable[str], *, by: User) -> list[FetchRequest]:
    """Note the addresses and put them into the queue; one that is waiting or being fetched is left alone.

    Return the new requests. `addresses` are as `read_address` gives them.
    """
    return [made for address in addresses if (made := _ask_for(address, by)) is not None]


def _ask_for(address: str, by: User) -> FetchRequest | None:
    try:
        with transaction.atomic():
            made = FetchRequest.objects.create(address=address, asked_by=by)
            fetch_one.enqueue(made.pk, made.attempt)
    except IntegrityError:
        if not pending_of([address]):
            raise
        return None
    return made


def retryable() -> QuerySet[FetchRequest]:
    """Requests that failed, or whose worker has not been heard of for longer than a fetch can take."""
    silent_since = timezone.now() - timedelta(seconds=settings.FETCH_SECONDS + READING)
    return FetchRequest.objects.filter(Q(state=FetchState.FAILED) | Q(state__in=PENDING, changed_at__lt=silent_since))


def try_again(pk: int) -> bool:
    """Put a request into the queue again; False if it is none that can be tried again, or its address is asked for."""
    try:
        with transaction.atomic():
            changed = (
                retryable()
                .filter(pk=pk)
                .update(state=FetchState.WAITING, message="", attempt=F("attempt") + 1, changed_at=timezone.now())
            )
            if changed:
                fetch_one.enqueue(pk, FetchRequest.objects.values_list("attempt", flat=True).get(pk=pk))
    except IntegrityError:
        return False
    return bool(changed)


@task()
def fetch_one(pk: int, attempt: int) -> None:
    """Fetch what was asked for and take it in, if nobody has done so or tried again since. Run by the worker."""
    ours = FetchRequest.objects.filter(pk=pk, attempt=attempt)
    if not ours.filter(state=FetchState.WAITING).update(
        state=FetchState.FETCHING, message="", changed_at=timezone.now()
    ):
        return
    request = ours.select_related("asked_by").get()

    def say(step: str) -> None:
        ours.update(message=_printable(step), changed_at=timezone.now())

    try:
        with pghistory.context(user=request.asked_by_id):
            records = fetch_records(request.address, say=say)
            receipts = list(receive_all(records, by=request.asked_by, method=CaptureMethod.WEB))
    except AwayError as error:
        _end(ours, state=FetchState.FAILED, message=f"it cannot be kept now: {error}")
        raise
    except Exception:
        _end(
            ours,
            state=FetchState.FAILED,
            message="a fault of the archive: an administrator finds it among the task results",
        )
        raise
    _note(ours, receipts)
    if texts := [one.text_version.pk for one in receipts if one.outcome in NEW and one.text_version is not None]:
        refresh_reported(after_text=min(texts) - 1)


def _note(ours: QuerySet[FetchRequest], receipts: list[Receipt]) -> None:
    taken = [receipt for receipt in receipts if receipt.capture is not None]
    if not taken:
        reasons = [receipt.reason for receipt in receipts if receipt.reason]
        _end(ours, state=FetchState.FAILED, message=reasons[-1] if reasons else "the answer holds no page")
        return
    last = taken[-1]
    text = last.text_version
    believed = standing(text) if text is not None else None
    flag = f"Perhaps no article: {believed.reason}" if believed is not None and believed.flag else ""
    _end(ours, state=_state(last), message=flag, article=last.article, capture=last.capture)


def _state(receipt: Receipt) -> FetchState:
    if receipt.outcome is Outcome.ADDED:
        return FetchState.ADDED
    is_same = receipt.outcome is Outcome.ALREADY_THERE or (receipt.capture and receipt.capture.same_text_id)
    return FetchState.SAME if is_same else FetchState.CHANGED


def _end(ours: QuerySet[FetchRequest], *, message: str, **said: object) -> None:
    ours.filter(state=FetchState.FETCHING).update(changed_at=timezone.now(), message=_printable(message), **said)


def _printable(message: str) -> str:
    """Replace what a server has put into a message and no line of text can have."""
    return "".join(char if char.isprintable() else "\ufffd" for char in message[:LONGEST_MESSAGE])
