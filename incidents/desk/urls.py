"""Addresses of the reading desk, below the admin's."""

from django.urls import path

from incidents.desk import answers, claims, removing, terms, views

app_name = "desk"
urlpatterns = [
    path("find/<slug:kind>/", answers.find, name="find"),
    path("date/", answers.date, name="date"),
    path("claims/<slug:public_id>/", claims.change, name="claim"),
    path("claims/<slug:public_id>/rank/", claims.rank, name="rank"),
    path("claims/<slug:public_id>/remove/", removing.remove, name="remove"),
    path("claims/<slug:public_id>/restore/", removing.restore, name="restore"),
    path("incidents/<slug:code>/remove/", removing.remove_several, name="remove_several"),
    path("incidents/<slug:code>/judgement/", claims.judge, name="judgement"),
    path("terms/", terms.work_list, name="terms"),
    path("terms/spelling/<int:pk>/", terms.decide_spelling, name="spelling"),
    path("terms/<slug:kind>/<int:pk>/", terms.decide, name="term"),
    path("<slug:public_id>/", views.article, name="article"),
]
