"""Addresses of archive: readers' pages, once in each language."""

from django.urls import URLPattern, path

from archive.views import (
    alert_pages,
    article_list,
    article_page,
    capture_page,
    correction_pages,
    error_form,
    manifest_pages,
    passage_page,
    place_suggestions,
    text_changes_page,
)

urlpatterns: list[URLPattern] = [
    path("articles/", article_list.articles, name="articles"),
    path("articles.xlsx", article_list.articles_xlsx, name="articles_xlsx"),
    path("articles/<slug:public_id>/", article_page.article, name="article"),
    path("articles/<slug:public_id>/text/<int:number>/", article_page.article_text, name="article_text"),
    path("articles/<slug:public_id>/changes/", text_changes_page.article_changes, name="article_changes"),
    path("passages/<slug:public_id>/", passage_page.passage, name="passage"),
    path("captures/<slug:sha256>/", capture_page.capture, name="capture"),
    path("manifests/", manifest_pages.manifests, name="manifests"),
    path("corrections/", correction_pages.corrections, name="corrections"),
    path("corrections/report/", error_form.report, name="report_error"),
    path("corrections/report/passage/<slug:key>/", error_form.report, {"kind": "passage"}, name="report_passage_error"),
    path("corrections/report/<slug:kind>/<slug:key>/", error_form.report, name="report_error"),
    path("corrections/report/<slug:kind>/<slug:key>/<int:number>/", error_form.report, name="report_error"),
    path("corrections/<slug:reference>/", correction_pages.correction, name="correction"),
    path("alerts/asked/", alert_pages.asked, name="alert_asked"),
    path("alerts/follow/<slug:followed>/", alert_pages.follow, name="follow"),
    path("alerts/confirm/<slug:word>/", alert_pages.confirm, name="confirm_alert"),
    path("alerts/end/<slug:word>/", alert_pages.end, name="end_alert"),
    path("places.json", place_suggestions.places, name="places"),
]
