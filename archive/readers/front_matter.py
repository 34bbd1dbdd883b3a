"""What a document states about itself before its text: a block between two lines of `---`, or lines like `Title: …`.

Of a block, flat `key: value` lines and lists are read, no more.
"""

import re

from archive.readers.opening import UnreadableFileError

LONGEST = 20_000  # code points of a block

# Names that generators of sites use, and what they hold. Others, such as tags and layouts, are not metadata of ours.
KEYS = {
    "title": ("title", "headline"),
    "published": ("published", "date", "pubdate", "publish_date", "published_at", "date_published"),
    "url": ("url", "source_url", "original_url", "canonical", "canonical_url", "link", "permalink"),
    "source": ("source", "publisher", "outlet", "site", "site_name", "publication"),
    "language": ("language", "lang", "locale"),
    "authors": ("authors", "author", "by", "byline"),
}
_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\r?\n)??---[ \t]*(?:\r?\n|$)", re.DOTALL)
_BEGINS = re.compile(r"\ufeff?---[ \t]*\r?\n\s*[A-Za-z][\w-]*[ \t]*:(?:\s|$)")
# Of lines without white space at their end: what two patterns in a row may take makes a long line slow.
_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_COMMENT = re.compile(r"(?<!\s)\s+#.*$")
_LIST_IN_LIST = re.compile(r"\[\s*\[\s*\[")
_ESCAPE = re.compile(r'\\(["\\/])')


def split(document: str) -> tuple[dict[str, object], str]:
    """Return the metadata that the front matter states, by our names, and the document without it.

    Raises `UnreadableFileError` for front matter that is longer than `LONGEST` or holds lists in lists in lists.
    """
    block = _BLOCK.match(document[: LONGEST + 10])
    is_cut = block is None or block.end() > LONGEST
    if is_cut and _BEGINS.match(document) and _BLOCK.match(document):
        raise UnreadableFileError(f"its front matter is longer than {LONGEST:,} characters")
    if block is None:
        return {}, document
    found = _values(block.group(1) or "")
    if not found:
        return {}, document  # two rules of a text that begins with one, not front matter
    return _named(found), document[block.end() :]


def head_lines(document: str) -> dict[str, object]:
    """Return the metadata of a plain text that begins with lines like `Title: …`, closed by a blank line.

    All of them must have names of `KEYS`, and one must name the title, the address or the source: a list of the
    place, day and victims of an attack is not metadata.
    """
    head = document[: 2 * LONGEST].removeprefix("\ufeff").replace("\r\n", "\n").lstrip("\n").partition("\n\n")[0]
    lines = [_LINE.fullmatch(line.rstrip(" \t")) for line in head[:5_000].split("\n")]
    known = {key for keys in KEYS.values() for key in keys}
    if len(lines) < 2 or not all(line and line[2] and line[1].lower() in known for line in lines):
        return {}
    stated = _named(_values(head))
    return stated if stated["title"] or stated["url"] or stated["source"] else {}


def _named(found: dict[str, object]) -> dict[str, object]:
    stated = {name: next((found[key] for key in keys if found.get(key)), None) for name, keys in KEYS.items()}
    if _is_url(stated["source"]) and not _is_url(stated["url"]):
        stated["url"], stated["source"] = stated["source"], None
    if not _is_url(stated["url"]):
        stated["url"] = None  # a path on the site's own server
    return stated


def _values(block: str) -> dict[str, object]:
    values: dict[str, object] = {}
    key = ""
    for line in map(str.rstrip, block.replace("\r\n", "\n").split("\n")):
        if found := _LINE.fullmatch(line):
            key = found[1].lower()
            values[key] = _scalar(found[2] or "")
        elif key and (item := _ITEM.fullmatch(line)):
            listed = values[key]
            if not isinstance(listed, list):
                listed = values[key] = []
            listed.append(_scalar(item[1]))
    return values


def _scalar(text: str) -> object:
    if text.startswith("[") and text.endswith("]"):
        if _LIST_IN_LIST.match(text):
            raise UnreadableFileError("its front matter holds lists in lists in lists")
        return [_plain(part.strip()) for part in text[1:-1].split(",") if part.strip()]
    return _plain(text)


def _plain(text: str) -> str:
    """A value without its quotation marks or the comment behind it."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return _ESCAPE.sub(r"\1", text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return "" if text in ("|", ">", "~", "null") else _COMMENT.sub("", text)


def _is_url(value: object) -> bool:
    return isinstance(value, str) and value.lower().startswith(("http://", "https://"))
