"""All that is drawn from one page. Pure, and without limits on time: `archive.readers.html.bounded` sets those."""

import copy
from typing import Any

from archive.readers.html.drawing import EXTRACTOR, OUR_RULES, SETTINGS, draw, draw_all, visible_blocks
from archive.readers.html.flags import flag, look
from archive.readers.html.stated import Stated
from archive.readers.html.tree import parse, prepare, without_unseen
from archive.text import normalise


def propose(page: str, address: str = "", status: int | None = None, is_piece: bool = False) -> dict[str, Any]:
    """What a page says and states, in values that JSON can hold: `text`, `captions`, `stated`, `updated`, `flag`,
    `flag_reason`, `extractor`, `settings`. Of a piece of a page, such as a cell of a table holds, all is the text.
    Raises `archive.readers.html.tree.UnreadablePageError`.
    """
    html = parse(page)
    stated = Stated(copy.deepcopy(html), address)
    without_unseen(html)
    blocks = visible_blocks(html)
    for_links = copy.deepcopy(html)
    prepare(html)
    drawn = draw_all(html) if is_piece else draw(html)
    text = drawn.text or normalise(stated.page_title)
    kind, reason = ("", "") if is_piece else flag(look(for_links, drawn.text, blocks), stated, status)
    return {
        "text": text,
        "captions": drawn.captions if drawn.text else (),
        "stated": stated.values(text),
        "updated": stated.updated(),
        "flag": str(kind),
        "flag_reason": reason,
        "extractor": EXTRACTOR,
        "settings": {**SETTINGS, "rules": OUR_RULES, "drawn_by": drawn.how},
    }


def visible_text(page: str) -> str:
    """All text that a page shows, normalised, blocks apart by an empty line. Raises `UnreadablePageError`."""
    html = parse(page)
    without_unseen(html)
    return normalise("\n\n".join(visible_blocks(html)))
