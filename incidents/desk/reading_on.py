"""From one article to the next: what is unread, and what was read and says nothing that belongs here."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from archive import work
from archive.models import Article
from archive.texts_in_time import current_text
from archive.work import WorkError
from incidents.desk.claim_pages import render_page
from incidents.desk.permission import editors_only
from incidents.desk.views import REFUSED, editor


class NothingForm(forms.Form):
    """``seen`` is the sha256 of the text that was read."""

    reason = forms.CharField(
        label=_("Why nothing of it belongs here"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Colleagues read it; readers never do."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)


@require_GET
@editors_only("incidents.add_claim")
def next_article(request: HttpRequest) -> HttpResponse:
    """Go to the desk with what the editor is to read next, after the article ``?after=``."""
    before = Article.objects.filter(public_id=request.GET.get("after", "").replace("\0", "")).first()
    found = work.next_unread(editor(request), after=before)
    if found is None:
        messages.success(request, gettext("No other article is unread."))
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(reverse("desk:article", args=[found.public_id]))


@require_http_methods(["GET", "POST"])
@editors_only("incidents.add_claim")
def nothing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that nothing of an article belongs here, and go on to the next; or take that back (``act=after_all``)."""
    article = get_object_or_404(Article.objects.select_related("source"), public_id=public_id)
    desk = reverse("desk:article", args=[article.public_id])
    text = current_text(article)
    form = NothingForm(request.POST or None, initial={"seen": text.sha256 if text else ""})
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("act") == "after_all":
                work.read_after_all(article, by=editor(request))
                messages.success(request, gettext("It is unread again."))
                return HttpResponseRedirect(desk)
            if form.is_valid():
                given = form.cleaned_data
                work.read_in_vain(article, by=editor(request), reason=given["reason"], seen=given["seen"])
                messages.success(
                    request, gettext("Nothing here: %(title)s. This is the next.") % {"title": article.title}
                )
                return HttpResponseRedirect(f"{reverse('desk:next')}?after={article.public_id}")
        except WorkError as refusal:
            form.is_valid()
            form.add_error(None, str(refusal))
        status = REFUSED
    context = {
        "title": gettext("Nothing here: %(title)s") % {"title": article.title},
        "article": article,
        "form": form,
        "desk": desk,
    }
    return render_page(request, "incidents/desk/nothing.html", context, status)
