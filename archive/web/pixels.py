"""SVG as PNG, by fonts that are named in the settings: the same picture on every machine.

One family must have the letters of both scripts. The renderer takes another font for what the first one lacks by whole
runs of text, and Arabic beside a bracket then loses letters (docs/adr/0050-charts.md).
"""

from pathlib import Path

import resvg_py
from django.conf import settings

SCALE = 2  # pixels for each unit


class NoFontError(Exception):
    """A font that pictures need is not on this machine."""


def missing_fonts() -> list[str]:
    """The files of `PICTURE_FONTS` that are not there."""
    return [name for name in settings.PICTURE_FONTS if not Path(name).is_file()]


def png(svg: str) -> bytes:
    """Draw an SVG of ours; NoFontError where its letters could not be drawn."""
    if missing := missing_fonts():
        raise NoFontError(", ".join(missing))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=SCALE,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=list(settings.PICTURE_FONTS),
            font_family=settings.PICTURE_FONT_FAMILY,
            sans_serif_family=settings.PICTURE_FONT_FAMILY,
        )
    )
