"""What templates draw of maps."""

from django import template

from incidents.lists.map.markup import sample, town_marks, town_rows
from incidents.maps import markup
from incidents.maps.outlines import Credit, outlines

register = template.Library()
register.simple_tag(markup.ground, name="map_ground")
register.simple_tag(markup.names, name="map_names")
register.simple_tag(markup.corners, name="map_corners")
register.simple_tag(town_marks)
register.simple_tag(town_rows)
register.simple_tag(sample, name="map_sample")


@register.simple_tag
def map_credits() -> list[Credit]:
    """Whose outlines are drawn."""
    return outlines().credits
