"""Whether a page is an article. Rules that rather miss a page than flag a report: most of them ask for little text."""

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from archive.readers.html.stated import Stated
from archive.terms import NotAnArticle

HARDLY_ANY = 20  # words
SHORT = 120  # words of a page that may be a notice and no report
STUB = 250  # words up to which a text may be the beginning of one that has to be paid for
HEADLINES = 10  # links of several words that make a listing
OF_LINKS = 0.6  # of the words of a page that is one
LONG_PARAGRAPH = 40  # words outside of links, of which a listing has none

_ERROR_TITLE = re.compile(
    r"^\W*(?:error\W*)?(?:40[0134]|410|429|50[0-4])\b|"
    r"\b(?:page|article|file) (?:was |is )?(?:not found|no longer available)|"
    r"^\W*(?:not found|access denied|forbidden|service unavailable|bad gateway|internal server error|just a moment)\W*|"
    r"^\W*attention required|الصفحة غير موجودة|صفحة غير موجودة|الصفحة المطلوبة غير|لم يتم العثور على الصفحة",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\bcookies?\b|\bconsent\b|\baccept (?:all|and continue)\b|\breject all\b|\bpersonal data\b|"
    r"\bprivacy (?:policy|settings)\b|"
    r"\bour partners\b|ملفات تعريف الارتباط|ملفات الارتباط|الكوكيز|سياسة الخصوصية|أوافق|موافقة|قبول الكل",
    re.IGNORECASE,
)
# What only a notice has: a report may speak of consent and of personal data.
_ASKING = re.compile(r"cookie|accept|reject|ملفات|الكوكيز|قبول", re.IGNORECASE)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|keep) reading|"
    r"to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign in|log in|register)|"
    r"(?:this|the) (?:article|story|content) is "
    r"(?:reserved for|only (?:available )?(?:for|to)|for) (?:our )?subscribers|"
    r"already a subscriber|subscribers only|subscribe to (?:read|unlock)|"
    r"هذا المحتوى (?:مخصص )?للمشتركين|اشترك (?:الآن )?لمتابعة القراءة|لمتابعة القراءة",
    re.IGNORECASE,
)


class Flag(NamedTuple):
    """A term of `NotAnArticle` and why in a clause; both "" for an article."""

    kind: str = ""
    reason: str = ""


class Seen(NamedTuple):
    """What the rules look at: the text that was drawn, all that is visible, and how much of that is in links.

    `own` counts the words of the text that are no links' lines, `longest` those of the longest visible block.
    """

    text: str
    visible: str
    headlines: int
    share_of_links: float
    longest: int
    own: int


def look(tree: HtmlElement, text: str, blocks: list[str]) -> Seen:
    """Count what the rules need; `tree` has no hidden elements, `blocks` are all that is visible."""
    linked = headlines = 0
    of_links: set[str] = set()
    for link in tree.iter("a"):
        line = " ".join(link.text_content().split())
        of_links.add(line)
        count = words(line)
        linked += count
        headlines += count >= 4
    total = sum(words(block) for block in blocks)
    longest = max((words(block) for block in blocks if " ".join(block.split()) not in of_links), default=0)
    own = sum(words(block) for block in text.split("\n\n") if " ".join(block.split()) not in of_links)
    return Seen(text, "\n".join(blocks), headlines, linked / total if total else 0.0, longest, own)


def flag(seen: Seen, stated: Stated, status: int | None) -> Flag:  # noqa: PLR0911 - one rule after the other
    """The first of the rules that holds: error, consent, paywall, listing, hardly any text."""
    count = words(seen.text)
    if status is not None and status >= 400:
        return Flag(NotAnArticle.ERROR, f"the server answered with the status {status}")
    titles = [stated.page_title, *stated.headings]
    if count < SHORT and any(_ERROR_TITLE.search(title) for title in titles):
        return Flag(NotAnArticle.ERROR, "its title is that of an error, and it has little text")
    found = {match.casefold() for match in _CONSENT.findall(seen.text)}
    if count < SHORT and len(found) >= 2 and any(map(_ASKING.search, found)) and not stated.article:
        return Flag(NotAnArticle.CONSENT, "its text asks for consent, and it has little else")
    if count < STUB and (match := _PAYWALL.search(seen.visible)):
        return Flag(NotAnArticle.PAYWALL, f"it says “{' '.join(match[0].split())}”, and it has {count} words")
    if count < STUB and str(stated.article.get("isAccessibleForFree", "")).casefold() == "false":
        return Flag(NotAnArticle.PAYWALL, f"the page says that it is not free to read, and it has {count} words")
    if (
        not stated.article
        and stated.meta.get("og:type", "") != "article"
        and seen.headlines >= HEADLINES
        and seen.share_of_links >= OF_LINKS
        and seen.longest < LONG_PARAGRAPH
        and seen.own < LONG_PARAGRAPH
    ):
        return Flag(NotAnArticle.LISTING, f"{seen.share_of_links:.0%} of its words are links, and no paragraph is long")
    if count < HARDLY_ANY:
        return Flag(NotAnArticle.EMPTY, f"it has {count} words" if count != 1 else "it has one word")
    return Flag()


def words(text: str) -> int:
    """How many words a text has; each letter of a script without spaces is half of one."""
    dense = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]", text))
    rest = re.sub(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]", " ", text)
    return len(re.findall(r"\w+", rest)) + dense // 2
