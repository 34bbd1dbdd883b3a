"""What is written to readers: as plain text, and as sober HTML that says the same in the right direction.

No picture, no link that tells who followed it; one link alone is the reader's own, that which ends the alert.
"""

from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, get_language_bidi, gettext

LONGEST_SUBJECT = 150  # characters


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that is said: ``what`` happened, a ``title``, lines below it, and an address."""

    title: str = ""
    what: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""

    @property
    def text(self) -> str:
        title = f"{self.what}: {self.title}" if self.what else self.title
        return "\n".join(line for line in (title, *self.lines, self.url) if line)


@dataclass(frozen=True, slots=True)
class Letter:
    """``ends_at`` is where its alert ends, empty where there is none yet; ``told`` tells letters apart."""

    subject: str
    blocks: tuple[Block, ...]
    foot: tuple[Block, ...]
    told: str
    ends_at: str = ""


def written(letter: Letter, to: str) -> EmailMultiAlternatives:
    """Write a letter in the language that is active. The same letter has the same Message-ID whenever it is written."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    name = gettext(settings.SITE_NAME)
    digest = salted_hmac("archive.alerts.letter", f"{letter.told} {to}", algorithm="sha256").hexdigest()[:32]
    headers = {
        "Message-ID": f"<{digest}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": get_language() or "en",
        "List-Id": f"<alerts.{host}>",
    }
    if letter.ends_at:
        headers |= {"List-Unsubscribe": f"<{letter.ends_at}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    text = "\n\n".join(block.text for block in letter.blocks)
    foot = "\n\n".join(block.text for block in letter.foot)
    message = EmailMultiAlternatives(
        subject=one_line(letter.subject),
        body=f"{text}\n\n-- \n{foot}\n",
        from_email=formataddr((one_line(name), settings.EMAIL_FROM)),
        to=[to],
        headers=headers,
    )
    direction = "rtl" if get_language_bidi() else "ltr"
    context = {"letter": letter, "language": get_language(), "direction": direction}
    message.attach_alternative(render_to_string("archive/letter.html", context), "text/html")
    return message


def one_line(text: str) -> str:
    """Return a text as a header can have it: in one line, of bearable length."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"
