"""The values of a facet as HTML. Not a template: a page has hundreds, and a template takes ten times as long."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.lists.facets import Value


def facet_values(values: Iterable[Value]) -> SafeString:
    """Write values as a list of links; those that are on say so. A number whose list is another has its own link."""
    remove, only = (escape(text) for text in (_("(on: remove this filter)"), _("(list only this one)")))
    cross = f'<span aria-hidden="true"> ×</span><span class="visually-hidden"> {remove}</span>'
    return SafeString(f"<ul>{''.join(item(one, cross, only) for one in values)}</ul>")


def item(value: Value, cross: str, only: str) -> str:
    opening = f'<li class="depth-{value.depth}"><a href="?{escape(value.query)}"'
    label = f"<bdi>{escape(value.label)}</bdi>"
    tally = f'<data class="tally" value="{value.total}">{escape(value.tally)}</data>'
    if value.alone != value.query:
        tally = f'<a href="?{escape(value.alone)}">{tally}<span class="visually-hidden"> {only}</span></a>'
    link = f'{opening} class="on">{label}{cross}</a>' if value.is_on else f"{opening}>{label}</a>"
    return f"{link} {tally}</li>"
