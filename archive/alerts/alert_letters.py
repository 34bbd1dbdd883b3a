"""The mails of an alert: what changed, and that it can go on no longer."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, ngettext

from archive import addresses
from archive.alerts.kinds import FollowedList, News, Told, kind_of
from archive.alerts.letters import Block, Letter
from archive.alerts.sealing import word_of_end
from archive.localisation import grouped
from archive.models import Alert


def news_letter(alert: Alert, followed: FollowedList, news: News, end: datetime) -> Letter:
    """Tell what changed."""
    number = news.number
    said = ngettext("%(number)s is new or has changed:", "%(number)s are new or have changed:", number)
    blocks = [Block(followed.title, lines=(said % {"number": grouped(number)},)), *map(block, news.told)]
    if (left := number - len(news.told)) > 0:
        more = ngettext("and %(number)s more", "and %(number)s more", left) % {"number": grouped(left)}
        blocks.append(Block(more, url=list_address(alert, is_more=True)))
    return letter(alert, followed.title, blocks, end)


def ended_letter(alert: Alert, followed: FollowedList, end: datetime) -> Letter:
    """Say, once, that the list can no longer be read, and that the alert ends with it."""
    said = gettext(
        "You followed a list of this archive by e-mail. The list can no longer be read as you asked for it, so this is "
        "the last mail; your address is deleted."
    )
    again = gettext("Mend the list here, and follow it again if you like:")
    blocks = [Block(said), *(Block(problem) for problem in followed.problems), Block(again, url=list_address(alert))]
    return letter(alert, gettext("Your alert has ended"), blocks, end)


def letter(alert: Alert, subject: str, blocks: list[Block], end: datetime) -> Letter:
    ends_at = addresses.whole_in("end_alert", word_of_end(alert.reference), language=alert.language)
    why = gettext("You get this mail because you confirmed that you follow this list:")
    return Letter(
        subject=subject,
        blocks=tuple(blocks),
        foot=(
            Block(why, url=list_address(alert)),
            Block(gettext("Stop these mails. Your address is then deleted:"), url=ends_at),
            Block(gettext("Answers to this mail are not read.")),
        ),
        told=f"{alert.reference} {end:%Y-%m-%d}",
        ends_at=ends_at,
    )


def block(told: Told) -> Block:
    return Block(title=told.title, what=told.what, lines=told.lines, url=settings.SITE_URL + told.path)


def list_address(alert: Alert, *, is_more: bool = False) -> str:
    """Return the address of the list; with ``is_more`` of what changed since the day of the last mail."""
    kind = kind_of(alert.kind)
    assert kind is not None
    query = kind.more(alert.query, alert.told_until) if is_more and alert.told_until else alert.query
    path = addresses.whole_in(kind.page, language=alert.language)
    return f"{path}?{query}" if query else path
