"""What editors put right in the text that was drawn from a copy: a new text beside the old one, never instead of it."""

from django.utils.translation import gettext

from archive import copies, following
from archive.intake.aftermath import find_mentions, index, note_custody, note_mentions
from archive.intake.services import one_at_a_time
from archive.locking import acting
from archive.models import TextVersion, User
from archive.text import NORMALISATION, normalise, sha256_of
from archive.text_standing import standing
from archive.texts_in_time import current_texts

EDITOR = "editor"  # the extractor of such a text
LONGEST = 1_000_000  # code points: what a form can send, whatever the script
LONGEST_WHY = 300  # code points of what `TextVersion` has as a reason


class TextCorrectionError(Exception):
    """A text that cannot be taken; the message says why, to the editor."""


class StaleTextError(Exception):
    """Another text of the article is the current one meanwhile: ``current``."""

    def __init__(self, current: TextVersion) -> None:
        super().__init__(gettext("Text %(number)s came in meanwhile.") % {"number": current.number})
        self.current = current


def correct_text(corrected: TextVersion, text: str, *, by: User | None, is_article: bool = False) -> TextVersion:
    """Store what an editor wrote as a new text of the same copy; passages on the old one stay where they are.

    ``corrected`` is the text that the editor was shown; it has to be the current one still. ``is_article`` takes away
    the flag that the page is none. Captions that stand in the new text word for word stay marked. Raises
    `StaleTextError` and `TextCorrectionError`: nothing is stored then.
    """
    words = normalise(text).strip()
    if not any(c.isalnum() for c in words):
        raise TextCorrectionError(gettext("A text needs words."))
    if len(words) > LONGEST:
        told = gettext(
            "A text has at most %(most)s characters, and this one has %(number)s. "
            "Nothing was saved; all of it is still in the form."
        )
        raise TextCorrectionError(told % {"most": f"{LONGEST:,}", "number": f"{len(words):,}"})
    if words == corrected.text:
        raise TextCorrectionError(gettext("Nothing differs from the text as it is."))
    digest = sha256_of(words)
    found = find_mentions({digest: words})
    with acting(by):
        one_at_a_time()  # two texts never get one number
        texts = TextVersion.objects.filter(article=corrected.article_id)
        current = current_texts([corrected.article_id])[0]
        if current.pk != corrected.pk:
            raise StaleTextError(current)
        if same := texts.filter(sha256=digest).first():
            told = gettext("This is text %(number)s of the article already.")
            raise TextCorrectionError(told % {"number": same.number})
        believed = standing(corrected)
        made = TextVersion.objects.create(
            article_id=corrected.article_id,
            capture_id=corrected.capture_id,
            number=texts.order_by("-number")[0].number + 1,
            text=words,
            sha256=digest,
            length=len(words),
            normalisation=NORMALISATION,
            extractor=EDITOR,
            captions=captions_in(words, corrected),
            flag="" if is_article else believed.flag,
            flag_reason="" if is_article or not believed.flag else believed.reason[:LONGEST_WHY],
            updated=corrected.updated,
            corrects=corrected,
            created_by=by,
        )
        note_mentions([made], found)
        index([made.article_id])
        following.follow([made.article_id])
        if not made.flag:
            copies.note_copies([made])
        note_custody([], [made], by=by)
    return made


def captions_in(text: str, corrected: TextVersion) -> list[list[int]]:
    """Spans of the captions that are there once in the new text, in their order."""
    spans, begin = [], 0
    for start, end in corrected.captions:
        caption = corrected.text[start:end]
        found = text.find(caption, begin)
        if found >= 0 and text.count(caption) == 1:
            begin = found + len(caption)
            spans.append([found, begin])
    return spans
