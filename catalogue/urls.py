"""Public addresses of the catalogue. An address of a record never changes; see ``links``."""

from django.urls import path

from catalogue.views import (
    agents,
    browse,
    citations,
    documents,
    events,
    exports,
    home,
    images,
    publications,
    references,
    repositories,
    search,
    units,
)

app_name = "catalogue"
urlpatterns = [
    path("", home.home, name="home"),
    path("robots.txt", home.robots, name="robots"),
    path("search/", search.search, name="search"),
    path("resolve/", references.resolve, name="resolve"),
    path("documents/", browse.documents, name="documents"),
    path("documents/<slug:identifier>/", documents.detail, name="document"),
    path("documents/<slug:identifier>/cite/", citations.cite, name="cite"),
    path("documents/<slug:identifier>/export/<slug:slug>/", exports.document, name="export"),
    path("units/", browse.units, name="units"),
    path("units/<slug:identifier>/", units.detail, name="unit"),
    path("units/<slug:identifier>/images/", images.of_unit, name="unit-images"),
    path("witnesses/<slug:identifier>/images/", images.of_witness, name="witness-images"),
    path("images/<slug:identifier>/", images.detail, name="image"),
    path("images/<slug:identifier>/<slug:size>.jpg", images.file, name="image-file"),
    path("agents/", browse.agents, name="agents"),
    path("agents/<slug:identifier>/", agents.detail, name="agent"),
    path("publications/", browse.publications, name="publications"),
    path("publications/<slug:identifier>/", publications.detail, name="publication"),
    path("events/", browse.events, name="events"),
    path("events/<slug:identifier>/", events.detail, name="event"),
    path("repositories/", repositories.index, name="repositories"),
    path("repositories/<slug:code>/", repositories.detail, name="repository"),
]
