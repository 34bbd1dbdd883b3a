"""The key under which the address of an article is unique.

`normalise` maps the many ways in which one page is linked to one key. The key looks like an address and is mostly one,
but it is for comparing, not for visiting: an article keeps the address it came with beside it. Nothing is fetched.

Rules, each of which keeps two different pages apart unless it says otherwise:

* `http` and `https` are one key, written `https`; ports 80 and 443 go;
* the host is lower case, in IDNA (`xn--…`), without `www.` and without a final dot; `m.` and `amp.` go only for the
  hosts in `SAME_SITE`, because elsewhere they may be another site;
* a page of a web archive or of an AMP cache stands for the page it is a copy of;
* the fragment goes, except `#!…`, which old sites used as a path; so do a final slash and a final `/amp`;
* percent-encoding as RFC 3986 §6.2.2: unreserved characters bare, the rest upper case, Unicode in NFC as UTF-8;
* parameters of `STRIPPED` and `STRIPPED_PREFIXES` go, the others are sorted by name.
"""

import posixpath
import re
import unicodedata
from typing import NoReturn
from urllib.parse import SplitResult, quote, unquote, urlsplit

MAX_LENGTH = 2000  # characters of a key

# Parameters that say how a reader came to a page, never which page it is.
STRIPPED_PREFIXES = {
    "utm_": "Google Analytics: campaign",
    "at_campaign": "AT Internet (BBC, France Médias Monde): campaign",
    "at_custom": "AT Internet: campaign",
    "at_link_": "AT Internet: kind of link",
    "at_medium": "AT Internet: campaign",
    "at_ptr_": "AT Internet: partner",
    "pk_": "Piwik: campaign",
    "piwik_": "Piwik: campaign",
    "mtm_": "Matomo: campaign",
    "matomo_": "Matomo: campaign",
    "hsa_": "HubSpot: advertisement",
    "fb_": "Facebook: action or comment through which the link was followed",
}
STRIPPED = {
    "fbclid": "Facebook: click",
    "gclid": "Google Ads: click",
    "gclsrc": "Google Ads: where the click came from",
    "dclid": "Google Display: click",
    "gbraid": "Google Ads: click in an app",
    "wbraid": "Google Ads: click from an app to the web",
    "gad_source": "Google Ads: kind of advertisement",
    "gad_campaignid": "Google Ads: campaign",
    "msclkid": "Microsoft Advertising: click",
    "yclid": "Yandex Direct: click",
    "ysclid": "Yandex Search: click",
    "twclid": "X: click",
    "ttclid": "TikTok: click",
    "igshid": "Instagram: who shared",
    "igsh": "Instagram: who shared",
    "li_fat_id": "LinkedIn: click",
    "mc_cid": "Mailchimp: campaign",
    "mc_eid": "Mailchimp: recipient",
    "mkt_tok": "Marketo: recipient",
    "vero_id": "Vero: recipient",
    "_hsenc": "HubSpot: recipient",
    "_hsmi": "HubSpot: message",
    "oly_anon_id": "Omeda: reader",
    "oly_enc_id": "Omeda: reader",
    "wickedid": "Wicked Reports: click",
    "s_cid": "Adobe Analytics: campaign",
    "icid": "Adobe Analytics: link inside the site",
    "ncid": "outlets: campaign",
    "cmpid": "outlets: campaign",
    "cmp": "The Guardian: campaign",
    "ito": "Daily Mail: where the link was shared",
    "ns_mchannel": "BBC, comScore: channel",
    "ns_source": "BBC, comScore: source",
    "ns_campaign": "BBC, comScore: campaign",
    "ns_linkname": "BBC, comScore: link",
    "ns_fee": "BBC, comScore: fee",
    "smid": "The New York Times: where the link was shared",
    "smtyp": "The New York Times: kind of share",
    "ref_src": "X: page that embedded the link",
    "ref_url": "X: page that embedded the link",
    "__twitter_impression": "X: seen in the app",
    "__s": "Drip: recipient",
    "_ga": "Google Analytics: reader carried to another domain",
    "_gl": "Google Analytics: reader carried to another domain",
    "guccounter": "Yahoo: consent page seen",
    "guce_referrer": "Yahoo: page before the consent page",
    "guce_referrer_sig": "Yahoo: page before the consent page",
    "amp": "outlets: the light edition of the same page",
    "amp_js_v": "AMP: version of its script",
    "usqp": "AMP: cache",
    "__tn__": "Facebook: kind of link",
    "__cft__": "Facebook: encrypted origin of the click",
}
LIGHT_EDITION = {("outputtype", "amp"), ("output", "amp"), ("view", "amp"), ("format", "amp")}

# Other hosts of one site, with the same paths as the main host, which is the value.
SAME_SITE = {
    "amp.theguardian.com": "theguardian.com",
    "ar.m.wikipedia.org": "ar.wikipedia.org",
    "en.m.wikipedia.org": "en.wikipedia.org",
    "m.facebook.com": "facebook.com",
    "m.youtube.com": "youtube.com",
    "mbasic.facebook.com": "facebook.com",
    "mobile.nytimes.com": "nytimes.com",
    "mobile.twitter.com": "twitter.com",
    "mobile.x.com": "twitter.com",
    "x.com": "twitter.com",
}

ARCHIVE_TODAY = ("archive.today", "archive.ph", "archive.is", "archive.fo", "archive.li", "archive.md", "archive.vn")
# What stands before the original address in the path of a copy, by the host of the copy.
_WRAPPED = (
    (r"(?:www\.)?(?:web\.|wayback\.|web-beta\.)?archive\.org", r"/web/[0-9*]+[a-z_]*/+"),
    ("|".join(map(re.escape, ARCHIVE_TODAY)), r"/(?:o/\w+/|[0-9.-]{4,24}/)"),
    (r"(?:www\.)?arquivo\.pt", r"/(?:noFrame/replay|wayback)/[0-9]+[a-z_]*/+"),
    (r"(?:[\w.-]+\.)?cdn\.ampproject\.org", r"/[cvi](?:/s)?/"),
    (r"(?:www\.)?google\.[a-z.]+", r"/amp/(?:s/)?"),
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_NON_ASCII_ESCAPES = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
# RFC 3986 unreserved, and !'()* which encoders disagree about (encodeURIComponent leaves them, others do not).
_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!'()*")


# What an address that is kept begins with, scheme and host: the database asks it too, and reads it as Python does.
OF_THE_WEB = r"^https?://[^/?#:@\\\s]"
_SLASHES = re.compile(r"^(https?:)[/\\]*", re.IGNORECASE)


class UnusableUrlError(ValueError):
    """An address that cannot be the address of a published article; the message says why."""


def normalise(url: str) -> str:
    """Return the key of `url`, at most `MAX_LENGTH` ASCII characters; `normalise(normalise(u)) == normalise(u)`.

    Raises `UnusableUrlError` for anything but an absolute http or https address with a host: other schemes
    (`javascript:`, `data:`, `file:`, …), control and direction characters, lone surrogates, passwords, impossible
    ports, and for keys and addresses that are too long.
    """
    parts = _split(url)
    while (original := _unwrap(parts)) is not None:  # a copy of a copy; each round is shorter than the one before
        parts = _split(original)
    host = _host(parts)
    query = _query(parts.query)
    fragment = "#" + _percent(parts.fragment) if parts.fragment.startswith("!") else ""
    key = f"https://{host}{_path(parts.path)}{'?' + query if query else ''}{fragment}"
    if len(key) > MAX_LENGTH:
        _refuse(url, f"is longer than {MAX_LENGTH:,} characters")
    return key


def _split(url: str) -> SplitResult:
    url = mended(url)
    if not url:
        _refuse(url, "is empty")
    if len(url) > 8 * MAX_LENGTH:
        _refuse(url, f"is longer than {8 * MAX_LENGTH:,} characters")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in "\u202a\u202b\u202c\u202d\u202e" for c in url):
        _refuse(url, "contains control characters")
    scheme = _SCHEME.match(url)
    if scheme is None or (scheme.group()[:-1].lower() not in ("http", "https") and "." in scheme.group()):
        _refuse(url, "has no scheme: it should begin with http:// or https://")
    if scheme.group().lower() not in ("http:", "https:"):
        _refuse(url, f"begins with {scheme.group()[:40]} where only http: and https: can be archived")
    head, mark, tail = url.partition("?")
    url = head.replace("\\", "/") + mark + tail
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        _refuse(url, f"cannot be read ({error})")
    if "@" in parts.netloc:
        _refuse(url, "contains a user name or a password")
    if not parts.hostname:
        _refuse(url, "has no host")
    return parts


def mended(url: str) -> str:
    """Return an address as it is kept: without what copying left at its ends, and with the two slashes that browsers
    read into `https:news.example`. One that `normalise` takes then matches `OF_THE_WEB`.
    """
    return _SLASHES.sub(r"\1//", _trim(url))


def _trim(url: str) -> str:
    """Drop the white space and the invisible format characters that copying from a text leaves at the ends."""
    invisible = {"Zs", "Zl", "Zp", "Cf"}
    start, end = 0, len(url)
    while start < end and (url[start].isspace() or unicodedata.category(url[start]) in invisible):
        start += 1
    while end > start and (url[end - 1].isspace() or unicodedata.category(url[end - 1]) in invisible):
        end -= 1
    return url[start:end]


def _unwrap(parts: SplitResult) -> str | None:
    """Return the address that a page of a web archive or AMP cache is a copy of, None for any other page."""
    host, path = (parts.hostname or "").rstrip("."), _path(parts.path)
    for hosts, prefix in _WRAPPED:
        found = re.match(prefix, path) if re.fullmatch(hosts, host) else None
        if found is None:
            continue
        inner = path[found.end() :]
        if re.match(r"https?%3A", inner, re.IGNORECASE):
            inner = unquote(inner)
        if not re.match(r"https?:", inner, re.IGNORECASE):
            if not re.match(r"[^/]+\.[^/]+", inner):
                continue
            inner = "http://" + inner
        query = f"?{parts.query}" if parts.query else ""
        return f"{inner}{query}{'#' + parts.fragment if parts.fragment else ''}"
    return None


def _host(parts: SplitResult) -> str:
    host = unquote(parts.hostname or "").rstrip(".")
    if "[" in parts.netloc:  # IPv6; urlsplit has checked it
        host = f"[{host}]"
    else:
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            _refuse(parts.geturl(), "has an impossible host name")
        if not _HOST.fullmatch(host):
            _refuse(parts.geturl(), "has an impossible host name")
        while host.startswith("www.") and host.count(".") > 1:
            host = host.removeprefix("www.")
        host = SAME_SITE.get(host, host)
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def _path(path: str) -> str:
    path = _percent(path)
    if "/." in path:
        # normpath also merges `//`, which a server may tell apart; so only where there are dots to resolve
        path = "/" + posixpath.normpath(path).lstrip("/")
    path = path.rstrip("/")
    while path.lower().endswith("/amp") and path.count("/") > 1:
        path = path[:-4].rstrip("/")
    return path or "/"


def _query(query: str) -> str:
    kept = []
    for piece in query.replace("&amp;", "&").split("&"):  # addresses are often copied out of HTML
        name, _, value = piece.partition("=")
        plain, lowered = unquote(name).lower(), value.lower()
        if not piece or plain in STRIPPED or plain.startswith(tuple(STRIPPED_PREFIXES)):
            continue
        if (plain, lowered) in LIGHT_EDITION:
            continue
        kept.append(_percent(piece.replace("+", "%20")))
    return "&".join(sorted(kept, key=lambda piece: piece.partition("=")[0]))


def _percent(text: str) -> str:
    """Write the percent-encoding of `text` in its one normal form (RFC 3986 §6.2.2, RFC 3987 §5.3.2.2)."""
    text = unicodedata.normalize("NFC", _NON_ASCII_ESCAPES.sub(_decoded, text))
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = quote(text, safe="%/:?#[]@!$&'()*+,;=~")
    return _ESCAPE.sub(_bared, text)


def _decoded(match: re.Match[str]) -> str:
    """Decode a run of escapes that is UTF-8 of visible characters; leave any other run as it is."""
    try:
        decoded = unquote(match.group(), errors="strict")
    except UnicodeDecodeError:
        return match.group()
    return decoded if decoded.isprintable() else match.group()


def _bared(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if character in _BARE else match.group().upper()


def _refuse(url: str, reason: str) -> NoReturn:
    shown = url if len(url) <= 120 else url[:119] + "…"
    raise UnusableUrlError(f"The address {shown!r} {reason}.")
