"""The mail that asks whether an alert is wanted: at most one a day to a mailbox, whoever asks for how many alerts."""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, override
from django_tasks import task

from archive import addresses
from archive.alerts import letters, sealing
from archive.alerts.ending import KEPT_UNCONFIRMED
from archive.alerts.kinds import kind_of
from archive.alerts.letters import Block, Letter
from archive.alerts.posting import Outcome, Post, is_configured
from archive.models import Alert
from archive.sent_forms import Limit, TooManyError, count

LIMIT = Limit("confirmation", timedelta(days=1), of_one=1, in_all=500)
TRIED_AGAIN = timedelta(minutes=20)


@task()
def send_confirmation(pk: int) -> None:
    """Send the mail that confirms an alert, together with what else waits of the same address. Run by the worker."""
    if (again := confirm_by_mail(pk)) is not None:
        send_confirmation.using(run_after=again).enqueue(pk)


def confirm_by_mail(pk: int) -> datetime | None:
    """Send it, unless it was done already; return when to try again, if that makes sense."""
    now = timezone.now()
    alert = Alert.objects.filter(pk=pk, confirmed_at=None, asked_at__gt=now - KEPT_UNCONFIRMED).first()
    if alert is None or not is_configured():
        return None
    try:
        address = sealing.unseal(alert.sealed)
    except sealing.UnsealableError:
        alert.delete()
        return None
    try:
        with transaction.atomic():
            counted = count(LIMIT, sealing.mailbox_of(address))
            words = {one: new_word(one) for one in waiting(alert)}
    except TooManyError as refusal:
        later = now + timedelta(seconds=refusal.seconds + 1)
        return later if alert.token == "" and later < alert.asked_at + KEPT_UNCONFIRMED else None
    with Post() as post, override(alert.language):
        outcome = post.send(letters.written(letter(words), address))
    if outcome is Outcome.LATER:
        counted.delete()
        return now + TRIED_AGAIN
    return None


def waiting(alert: Alert) -> list[Alert]:
    """Return what waits of the same address, locked."""
    same = Alert.objects.select_for_update().filter(digest=alert.digest, confirmed_at=None)
    return list(same.filter(asked_at__gt=timezone.now() - KEPT_UNCONFIRMED).order_by("pk"))


def new_word(alert: Alert) -> str:
    word = sealing.new_word()
    Alert.objects.filter(pk=alert.pk).update(token=sealing.digest_of_word(word))
    return word


def letter(words: dict[Alert, str]) -> Letter:
    number = len(words)
    said = gettext("Somebody, probably you, asked this archive to be told by e-mail of what changes in a list.")
    archive = Block(gettext(settings.SITE_NAME), url=addresses.whole_in("home", language=get_language() or ""))
    how = ngettext(
        "To confirm it, open this address and press the button there. The address is good for three days.",
        "To confirm, open an address and press the button there. The addresses are good for three days.",
        number,
    )
    if_not = gettext("If it was not you, do nothing: without a confirmation your address is deleted after three days.")
    return Letter(
        subject=gettext("Please confirm: alerts by e-mail"),
        blocks=(
            archive,
            Block(said),
            Block(how),
            *(asked(alert, word) for alert, word in words.items()),
            Block(if_not),
        ),
        foot=(
            Block(gettext("At most one such mail goes to an address a day.")),
            Block(gettext("This mail was sent by a program; answers to it are not read.")),
        ),
        told=" ".join(words.values()),
    )


def asked(alert: Alert, word: str) -> Block:
    kind = kind_of(alert.kind)
    query, has_words = without_words(alert.query)
    title = kind.read(query).title if kind else ""
    words = [gettext("with the words that were typed there")] if has_words else []
    url = addresses.whole_in("confirm_alert", word, language=alert.language)
    return Block(title=title, lines=(*words, str(alert.get_rhythm_display())), url=url)


def without_words(query: str) -> tuple[str, bool]:
    """Return the parameters without words that a stranger typed, and whether there were any: nobody shall use this
    archive to write to others.
    """
    pairs = parse_qsl(query)
    kept = [(name, value) for name, value in pairs if name != "q"]
    return urlencode(kept), len(kept) < len(pairs)
