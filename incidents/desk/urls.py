"""Addresses of the reading desk, below the admin's."""

from django.urls import path

from incidents.desk import (
    claim_pages,
    comments,
    facility_places,
    followed_passages,
    json_views,
    merging_names,
    near_copies,
    pairs,
    parting_names,
    proposed_terms,
    reading_on,
    removing,
    suggestion_answers,
    views,
)

app_name = "desk"
urlpatterns = [
    path("find/<slug:kind>/", json_views.find, name="find"),
    path("date/", json_views.date, name="date"),
    path("claims/<slug:public_id>/", claim_pages.change, name="claim"),
    path("claims/<slug:public_id>/rank/", claim_pages.rank, name="rank"),
    path("claims/<slug:public_id>/remove/", removing.remove, name="remove"),
    path("incidents/<slug:code>/remove/", removing.remove_several, name="remove_several"),
    path("incidents/<slug:code>/judgement/", claim_pages.judge, name="judgement"),
    path("incidents/<slug:code>/comments/", comments.comments, name="comments"),
    path("next/", reading_on.next_article, name="next"),
    path("terms/", proposed_terms.work_list, name="terms"),
    path("terms/spelling/<int:pk>/", proposed_terms.decide_spelling, name="spelling"),
    path("terms/<slug:kind>/<int:pk>/", proposed_terms.decide, name="term"),
    path("names/<slug:kind>/<int:pk>/merge/", merging_names.merge, name="merge_names"),
    path("names/merges/<int:pk>/", parting_names.undo, name="part_names"),
    path("facilities/<int:pk>/place/", facility_places.place, name="facility_place"),
    path("pairs/", pairs.work_list, name="pairs"),
    path("pairs/<int:pk>/", pairs.decide, name="pair"),
    path("passages/", followed_passages.work_list, name="passages"),
    path("passages/<int:pk>/", followed_passages.decide, name="passage"),
    path("<slug:public_id>/copies/<slug:other>/", near_copies.compare, name="copy"),
    path("<slug:public_id>/nothing/", reading_on.nothing, name="nothing"),
    path("<slug:public_id>/changes/", followed_passages.changes, name="changes"),
    path("<slug:public_id>/suggestions/", suggestion_answers.answer, name="suggestions"),
    path("<slug:public_id>/", views.article, name="article"),
]
