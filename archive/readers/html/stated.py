"""What a page states about itself: JSON-LD and meta tags where they are sound, then what stands in the page."""

import copy
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement

from archive.readers.metadata import one_line, read_language, read_url
from archive.readers.published import read_date

ARTICLE = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
LARGEST_JSON = 500_000  # characters of one script
DEEPEST_JSON = 6
SENTENCES = ("p", "li", "dd", "blockquote", "h2", "h3")
TOLD = ("script", "table", "aside", "footer", "nav", "cite", *SENTENCES)
LONGEST_DATELINE = 12  # words of a line that says when a report was published, and little else
FEW_WORDS = 3  # a headline of fewer says little without the outlet's name beside it
TITLES = ("dc.title", "dcterms.title", "dcterm:title", "dc:title", "og:title", "weibo:article:title", "parsely-title")
LATER_TITLES = ("title", "twitter:title", "headline")
DATES = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued",
         "dcterms.created", "dc.date", "pubdate", "publish-date", "publication_date", "sailthru.date",
         "cxenseparse:recs:publishtime")  # fmt: skip
UPDATES = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")
AUTHORS = (
    "author",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "dcterm:creator",
    "article:author",
    "parsely-author",
    "byl",
)
SITES = ("og:site_name", "application-name", "dc.publisher", "twitter:site_name")
_BY = re.compile(r"^\s*(?:by|von|par|por|written by|بقلم|كتب|كتبت|إعداد)\s*:?\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|\-–—:»·•]\s+")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[A-Za-z]")
WRITTEN_IN_ARABIC = ("ar", "fa", "ur", "ku", "ckb", "ps", "sd", "ug", "az", "arz", "apc")


class Stated:
    """The metadata of one page; `html` is its tree before anything was taken out of it."""

    def __init__(self, html: HtmlElement, address: str, today: date | None = None) -> None:
        self.html, self.address = html, address
        self.latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
        self.meta = _meta(html)
        self.objects = list(_json_ld(html))
        self.page_title = one_line(html.findtext(".//head/title") or html.findtext(".//title") or "", 500)
        self.headings = [line for h1 in list(html.iter("h1"))[:5] if (line := one_line(h1.text_content(), 500))]
        self.article = self._article()

    def values(self, text: str) -> dict[str, Any]:
        """By the names of `archive.readers.record.METADATA`, what is stated soundly; `text` is that of the page."""
        source = self.source()
        return {
            "title": self.title(source),
            "source": source,
            "published": self.published(),
            "language": self.language(text),
            "url": self.url(),
            "authors": self.authors(),
        }

    def title(self, source: str) -> str:
        """The headline: JSON-LD's, a meta tag's, the page's title without the outlet's name, or its only `h1`."""
        headline = one_line(self.article.get("headline") or self.article.get("name") or "", 500)
        if headline and not headline.endswith(("…", "...")):
            return headline
        meta = next((line for name in (*TITLES, *LATER_TITLES) if (line := self._line(name))), "")
        title = meta or self.page_title
        if len(self.headings) == 1 and not meta:
            heading = self.headings[0]
            if not title or (len(_words(heading)) >= FEW_WORDS and _is_part(heading, title)):
                return heading
        return _without_site(title, source or self._line("og:site_name"), self.address)

    def source(self) -> str:
        """The outlet's name, from the publisher of the article or from the name of the site."""
        publisher = _name(self.article.get("publisher"))
        site = next((line for name in SITES if (line := self._line(name))), "")
        site = site or next((n for o in self.objects if "WebSite" in _types(o) and (n := _name(o))), "")
        return one_line(site or publisher, 200)

    def published(self) -> str:
        """The day of publication, ISO 8601, "" if it is not stated and not to be seen in the page."""
        stated = [
            self.article.get("datePublished"),
            *(self.meta.get(name) for name in DATES),
            self._itemprop("datePublished"),
        ]
        return next((day for value in stated if (day := self._sound(value))), "") or self._seen()

    def updated(self) -> str:
        """The time of the last change as the page states it, ISO 8601, "" if none."""
        stated = [
            self.article.get("dateModified"),
            *(self.meta.get(name) for name in UPDATES),
            self._itemprop("dateModified"),
        ]
        for value in stated:
            if self._sound(value):
                line = str(value).strip()
                return line if re.fullmatch(r"\d{4}-\d\d-\d\d[T ][0-9:.+\-Z ]{4,25}", line) else self._sound(value)
        return ""

    def authors(self) -> list[str]:
        """Names of people or bodies in the byline, without "By"."""
        named = self.article.get("author") or self.article.get("creator")
        names = [_name(one) for one in (named if isinstance(named, list) else [named])]
        names = [name for name in names if name]
        if not names:
            names = [n for key in AUTHORS if (n := self._line(key)) and "://" not in n and not n.startswith("@")][:1]
        if not names:
            found = self.html.xpath("//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')]")[:20]
            lines = (one_line(element.text_content(), 101) for element in found)
            names = [line for line in lines if line and len(line) <= 100][:1]
        return list(dict.fromkeys(_BY.sub("", name) for name in names if "://" not in name))

    def language(self, text: str) -> str:
        """What the page says it is in, unless its script says otherwise."""
        body = self.html.find("body")
        stated = [self.html.get("lang"), self.html.get("{http://www.w3.org/XML/1998/namespace}lang"),
                  body.get("lang") if body is not None else "", self.article.get("inLanguage"),
                  self.meta.get("og:locale"), self.meta.get("content-language"), self.meta.get("language")]  # fmt: skip
        code = next(
            (c for s in stated if isinstance(s, str) and s.strip() and (c := read_language(s.split(",")[0]))), ""
        )
        sample = text[:20_000]
        arabic, latin = len(_ARABIC.findall(sample)), len(_LATIN.findall(sample))
        is_arabic = code.split("-")[0] in WRITTEN_IN_ARABIC
        if code and ((arabic > 2 * latin and not is_arabic) or (latin > 2 * arabic and code.split("-")[0] == "ar")):
            return ""
        return code

    def url(self) -> str:
        """The canonical address if it is of the same site as the one that the page came from; else that one."""
        links = self.html.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
        offered = [*links[:3], self.meta.get("og:url", ""), str(self.article.get("url") or "")]
        for one in offered:
            try:
                address = read_url(urljoin(self.address, one.strip())) if one and one.strip() else ""
                if address and self._is_sound_address(address):
                    return address
            except ValueError:
                continue
        return self.address

    def _is_sound_address(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.path in ("", "/") and not parts.query:
            return False  # the front page
        return not self.address or _site(address) == _site(self.address)

    def _article(self) -> dict[str, Any]:
        """The JSON-LD of the article that this page is: one whose headline shares words with the page's title."""
        found = [o for o in self.objects if any(ARTICLE.search(kind) for kind in _types(o))]
        seen = {w for line in (self.page_title, self._line("og:title"), *self.headings) for w in _words(line)}
        for one in found:
            words = _words(str(one.get("headline") or one.get("name") or ""))
            if (not words and len(found) == 1) or len(words & seen) * 2 >= len(words) > 0:
                return one
        return {}

    def _seen(self) -> str:
        """A day that is to be seen in the address or the marks of the page; never guessed from its words."""
        try:
            page = copy.deepcopy(self.html)
            for element in list(page.iter(*TOLD)):  # days of what is told, and what was judged above
                if element.tag not in SENTENCES or len(element.text_content().split()) > LONGEST_DATELINE:
                    element.drop_tree()
            html = etree.tostring(page, encoding="unicode", method="html")[:2_000_000]
            found = find_date(html, extensive_search=False, original_date=True, url=self.address or None)
        except (ValueError, TypeError, etree.LxmlError, AttributeError):
            return ""
        return self._sound(found)

    def _sound(self, value: Any) -> str:
        """A stated day that can be one: not before the web, not in the future."""
        day = read_date(str(value)) if isinstance(value, str) and value.strip() else ""
        return day if len(day) == 10 and day[:4] >= "1990" and day <= self.latest.isoformat() else ""

    def _line(self, name: str) -> str:
        return one_line(self.meta.get(name, ""), 500)

    def _itemprop(self, name: str) -> str:
        for element in self.html.xpath(f"//*[@itemprop='{name}']")[:3]:
            if value := element.get("content") or element.get("datetime"):
                return str(value)
        return ""


def _meta(html: HtmlElement) -> dict[str, str]:
    """The first value of each name; several names may stand in one attribute."""
    found: dict[str, str] = {}
    for meta in list(html.iter("meta"))[:2_000]:
        content = (meta.get("content") or "").strip()
        names = next((v for key in ("property", "name", "itemprop", "http-equiv") if (v := meta.get(key))), "")
        for name in names.split():
            if content:
                found.setdefault(name.lower(), content[:5_000])
    return found


def _json_ld(html: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in html.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")[:50]:
        text = (script.text or "").strip().removeprefix("<![CDATA[").removesuffix("]]>")
        if not text or len(text) > LARGEST_JSON:
            continue
        try:
            yield from _objects(json.loads(text, strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST_JSON:
        return
    if isinstance(value, list):
        for one in value[:200]:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _name(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        value = value.get("name")
    value = value[0] if isinstance(value, list) and value else value
    return one_line(value, 200) if isinstance(value, str) else ""


def _words(line: str) -> set[str]:
    return set(re.findall(r"\w+", line.casefold()))


def _is_part(heading: str, title: str) -> bool:
    return heading.casefold() in title.casefold()


def _without_site(title: str, site: str, address: str) -> str:
    """The title without the outlet's name before or behind it."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    last = _words(parts[-1])
    if not site and len(last) <= 2 and len(_words(title)) - len(last) > 4 and len(parts) == 2:
        return parts[0].strip()
    names = {re.sub(r"\W", "", name.casefold()) for name in (site, _site(address)) if name}
    for part, rest in ((parts[-1], title[: title.rfind(parts[-1])]), (parts[0], title[len(parts[0]) :])):
        if re.sub(r"\W", "", part.casefold()) in names:
            return rest if len(_words(rest := rest.strip(" |-–—:»·•"))) >= FEW_WORDS else title
    return title


def _site(address: str) -> str:
    host = (urlsplit(address).hostname or "").lower().rstrip(".")
    for prefix in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(prefix)
    return host
