"""Addresses of incidents: readers' pages, once in each language."""

from django.urls import URLPattern, path

from incidents.views import (
    about,
    actor_pages,
    charts,
    data,
    embeds,
    facility_pages,
    home,
    incident_list,
    pictures,
    place_pages,
    record_pages,
    source_pages,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("incidents/", incident_list.incidents, name="incidents"),
    path("incidents/<slug:code>/", record_pages.incident, name="incident"),
    path("incidents/<slug:code>/v<int:number>/", record_pages.edition, name="edition"),
    path("incidents/<slug:code>/changes/", record_pages.changes, name="changes"),
    path("embed/incidents/<slug:code>/", embeds.embed_incident, name="embed_incident"),
    path("embed/incidents/<slug:code>/v<int:number>/", embeds.embed_edition, name="embed_edition"),
    path("embed/charts/", embeds.embed_charts, name="embed_charts"),
    path("embed/map/", embeds.embed_map, name="embed_map"),
    path("incidents.xlsx", incident_list.incidents_xlsx, name="incidents_xlsx"),
    path("map/", pictures.town_map, name="map"),
    path("timeline/", pictures.timeline, name="timeline"),
    path("charts/", charts.chart, name="charts"),
    path("charts.svg", charts.chart_svg, name="charts_svg"),
    path("charts.png", charts.chart_png, name="charts_png"),
    path("charts.csv", charts.chart_csv, name="charts_csv"),
    path("towns/", place_pages.towns, name="towns"),
    path("towns/<slug:pcode>/", place_pages.town, name="town"),
    path("facilities/", facility_pages.facilities, name="facilities"),
    path("facilities/<slug:public_id>/", facility_pages.facility, name="facility"),
    path("actors/", actor_pages.actors, name="actors"),
    path("actors/<slug:slug>/", actor_pages.actor, name="actor"),
    path("sources/", source_pages.sources, name="sources"),
    path("sources/<slug:slug>/", source_pages.source, name="source"),
    path("about/", about.about, name="about"),
    path("about/method/", about.method, name="method"),
    path("about/glossary/", about.glossary, name="glossary"),
    path("about/data/", data.data, name="data"),
]
