"""The values of a facet as HTML. Not a template: a page has hundreds, and a template takes ten times as long."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.lists.facets import Value


def facet_values(values: Iterable[Value]) -> SafeString:
    """Write values as a list of links; those that are on say so."""
    remove = escape(_("(on: remove this filter)"))
    cross = f'<span aria-hidden="true"> ×</span><span class="visually-hidden"> {remove}</span>'
    return SafeString(f"<ul>{''.join(item(one, cross) for one in values)}</ul>")


def item(value: Value, cross: str) -> str:
    opening = f'<li class="depth-{value.depth}"><a href="?{escape(value.query)}"'
    label, tally = f"<bdi>{escape(value.label)}</bdi>", f'<span class="tally">{escape(value.tally)}</span></li>'
    return f'{opening} class="on">{label}{cross}</a> {tally}' if value.is_on else f"{opening}>{label}</a> {tally}"
