"""Addresses of incidents: readers' pages, once in each language."""

from django.urls import URLPattern, path

from incidents.views import about, actors, data, facilities, home, lists, pictures, places, records, sources

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("incidents/", lists.incidents, name="incidents"),
    path("incidents/<slug:code>/", records.incident, name="incident"),
    path("incidents/<slug:code>/v<int:number>/", records.edition, name="edition"),
    path("incidents/<slug:code>/changes/", records.changes, name="changes"),
    path("map/", pictures.town_map, name="map"),
    path("timeline/", pictures.timeline, name="timeline"),
    path("towns/", places.towns, name="towns"),
    path("towns/<slug:pcode>/", places.town, name="town"),
    path("facilities/<slug:public_id>/", facilities.facility, name="facility"),
    path("actors/", actors.actors, name="actors"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("about/", about.about, name="about"),
    path("about/method/", about.method, name="method"),
    path("about/data/", data.data, name="data"),
]
