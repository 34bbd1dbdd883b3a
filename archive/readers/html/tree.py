"""From characters to a tree of elements that is safe to read: within limits, without what a browser does not show."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

LARGEST = 12_000_000  # code points of a page
MOST_TAGS = 150_000
DEEPEST = 200  # elements in one another; the parser itself ends at 256
UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "head",
        "link",
        "meta",
        "base",
        "select",
        "datalist",
        "input",
        "textarea",
        "button",
        "map",
        "dialog",
        "frameset",
        "noframes",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "center",
    ]
)
# Marks around captions while the text is drawn; a page's own are taken out first.
BEGIN, END = "\ue000", "\ue001"
AGAIN = "\ue002"  # on a paragraph that says what the one before says: the extractor would drop it
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])(?:wp-)?caption(?:-text)?(?:$|[\s_-])|photo-?caption|image-?caption", re.I)
_TAG = re.compile(r"<[a-zA-Z/!?]")


class UnreadablePageError(ValueError):
    """Why a page cannot be read, as a clause."""


def parse(page: str) -> HtmlElement:
    """The tree of a page. Raises `UnreadablePageError` for one beyond the limits or without any element."""
    if len(page) > LARGEST:
        raise UnreadablePageError(f"the page is longer than {LARGEST:,} characters")
    if sum(1 for _ in _TAG.finditer(page)) > MOST_TAGS:
        raise UnreadablePageError(f"the page has more than {MOST_TAGS:,} tags")
    page = re.sub(f"[{BEGIN}{END}{AGAIN}\x00-\x08\x0b\x0c\x0e-\x1f]", "", page)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadablePageError("the page has no elements that can be read") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log) or _depth(tree) > DEEPEST:
        raise UnreadablePageError(f"the page has more than {DEEPEST} elements in one another")
    return tree


def without_unseen(tree: HtmlElement) -> None:
    """Take out what a browser does not show: scripts, forms' fields, hidden elements. Text behind them stays."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if (element.tag in UNSEEN and element.tag != "head") or is_hidden(element):
            element.drop_tree()


def is_hidden(element: HtmlElement) -> bool:
    """Whether the page itself says that an element is not shown."""
    if element.tag in ("body", "html", "meta", "link"):
        return False
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def prepare(tree: HtmlElement) -> None:
    """Let the extractor see what it would pass over: captions (marked), times within sentences, text in bare `div`s."""
    for element in list(tree.iter("figcaption", "p", "div", "span", "dd")):
        if element.tag == "figcaption" or (
            _CAPTION_CLASS.search(element.get("class", "")) and not _has_blocks(element)
        ):
            _mark_caption(element)
    for element in list(tree.iter("figure", "picture")):
        element.tag = "div"
    for element in list(tree.iter("time", "label")):
        element.drop_tag()
    body = tree.find("body")
    letters = len(body.text_content()) if body is not None else 0
    for form in list(tree.iter("form")):
        if len(form.text_content()) > letters / 2:  # the whole page is one form
            form.tag = "div"
    for div in list(tree.iter("div")):
        if not _has_blocks(div) and div.text_content().strip():
            div.tag = "p"
    _tell_apart(tree)


def _tell_apart(tree: HtmlElement) -> None:
    """Mark every second of paragraphs in a row that say the same: what an outlet printed twice stays there twice."""
    before, is_marked = "", False
    for paragraph in tree.iter("p"):
        words = " ".join(paragraph.text_content().split())
        is_marked = bool(words) and words == before and not is_marked
        before = words
        if is_marked:
            last = paragraph[-1] if len(paragraph) else None
            if last is None:
                paragraph.text = (paragraph.text or "").rstrip() + AGAIN
            else:
                last.tail = (last.tail or "").rstrip() + AGAIN


def _mark_caption(element: HtmlElement) -> None:
    words = " ".join(visible_words(element).split())
    if len(words) < 3 or BEGIN in words:
        return
    tail = element.tail
    element.clear()
    element.tail = tail
    element.tag = "p"
    element.text = f"{BEGIN}{words}{END}"


def visible_words(element: HtmlElement) -> str:
    """All text within an element, with a space between blocks."""
    return "".join(
        f" {part} " if is_block else part
        for part, is_block in ((text, text.getparent().tag in BLOCKS) for text in element.xpath(".//text()"))
    )


def _has_blocks(element: HtmlElement) -> bool:
    return any(child.tag in BLOCKS for child in element.iterdescendants(etree.Element))


def _depth(tree: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
