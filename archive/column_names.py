"""What the editors' side calls columns, kinds of rows and applications, in the language of whoever reads it.

Django makes these names of the code, or a model gives them; all are English, and so are migrations. Here they are
listed once, and `put` lets Django show them in translation: see ADR 0046.
"""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

COLUMNS = frozenset(
    {
        *(gettext_noop("everybody needs a second factor"), gettext_noop("updated at"), gettext_noop("created at")),
        *(gettext_noop("created by"), gettext_noop("lock version"), gettext_noop("place"), gettext_noop("reason")),
        gettext_noop("readers learn only the district"),
        *(gettext_noop("shown as (English)"), gettext_noop("shown as (Arabic)"), gettext_noop("P-code")),
        *(gettext_noop("level"), gettext_noop("name (English)"), gettext_noop("name (Arabic)"), gettext_noop("parent")),
        *(gettext_noop("lat"), gettext_noop("lon"), gettext_noop("preferred in the gazetteer (English)")),
        *(gettext_noop("preferred in the gazetteer (Arabic)"), gettext_noop("as most reports write it (English)")),
        *(gettext_noop("as most reports write it (Arabic)"), gettext_noop("chosen by editors (English)")),
        *(gettext_noop("chosen by editors (Arabic)"), gettext_noop("label en"), gettext_noop("label ar")),
        *(gettext_noop("name"), gettext_noop("script"), gettext_noop("language"), gettext_noop("source")),
        *(gettext_noop("quality"), gettext_noop("is official"), gettext_noop("public id"), gettext_noop("title")),
        *(gettext_noop("address"), gettext_noop("authors"), gettext_noop("published on"), gettext_noop("visibility")),
        *(gettext_noop("embargoed until"), gettext_noop("metadata origin"), gettext_noop("withheld")),
        *(gettext_noop("article"), gettext_noop("size"), gettext_noop("media type"), gettext_noop("encoding")),
        *(gettext_noop("method"), gettext_noop("file name"), gettext_noop("captured at"), gettext_noop("slug")),
        *(gettext_noop("kind"), gettext_noop("text policy"), gettext_noop("homepage"), gettext_noop("licence")),
        *(gettext_noop("internal note"), gettext_noop("aliases"), gettext_noop("facility type")),
        *(gettext_noop("readers see its identifiers"), gettext_noop("code"), gettext_noop("scope")),
        *(gettext_noop("status"), gettext_noop("working title"), gettext_noop("merged into")),
        *(gettext_noop("withdrawn or merged at"), gettext_noop("public reason"), gettext_noop("standing")),
        *(gettext_noop("decided at"), gettext_noop("decided by"), gettext_noop("reason of the decision")),
        *(gettext_noop("plural (English)"), gettext_noop("plural (Arabic)"), gettext_noop("actor")),
        *(gettext_noop("incident"), gettext_noop("position"), gettext_noop("sentence (English)")),
        *(gettext_noop("sentence (Arabic)"), gettext_noop("cited"), gettext_noop("passages"), gettext_noop("value")),
        *(gettext_noop("scheme"), gettext_noop("ended at"), gettext_noop("why it no longer holds")),
        *(gettext_noop("aspect"), gettext_noop("stance"), gettext_noop("rank"), gettext_noop("speaker")),
        *(gettext_noop("passage"), gettext_noop("editor's judgement"), gettext_noop("reasoning")),
        *(gettext_noop("date (EDTF)"), gettext_noop("part of day"), gettext_noop("local time")),
        *(gettext_noop("place precision"), gettext_noop("facility"), gettext_noop("one of these")),
        *(gettext_noop("weapon"), gettext_noop("at least"), gettext_noop("at most"), gettext_noop("group")),
        *(gettext_noop("damage"), gettext_noop("removed or replaced at"), gettext_noop("why it ended")),
        *(gettext_noop("superseded by"), gettext_noop("until"), gettext_noop("about that time")),
        *(gettext_noop("latitude"), gettext_noop("longitude"), gettext_noop("known to within metres")),
        *(gettext_noop("reference"), gettext_noop("spoken of"), gettext_noop("key"), gettext_noop("number")),
        *(gettext_noop("assigned to"), gettext_noop("state"), gettext_noop("corrected in version")),
        *(gettext_noop("part"), gettext_noop("text (English)"), gettext_noop("text (Arabic)")),
        *(gettext_noop("public answer (English)"), gettext_noop("public answer (Arabic)")),
        *(gettext_noop("how they belong together"), gettext_noop("other incident"), gettext_noop("cited words")),
        gettext_noop("public reason (Arabic)"),
        *(gettext_noop("answered at"), gettext_noop("answered by"), gettext_noop("problem"), gettext_noop("proposal")),
        *(gettext_noop("email"), gettext_noop("report"), gettext_noop("at"), gettext_noop("digest")),
        # of tasks, which administrators look at
        *(gettext_noop("enqueued at"), gettext_noop("started at"), gettext_noop("finished at")),
        *(gettext_noop("args kwargs"), gettext_noop("priority"), gettext_noop("task path"), gettext_noop("worker id")),
        *(gettext_noop("queue name"), gettext_noop("backend name"), gettext_noop("run after")),
        *(gettext_noop("return value"), gettext_noop("exception class path"), gettext_noop("traceback")),
    }
)
HELP = frozenset(
    {
        gettext_noop(
            "Who has none sets one up before going on, also who is signed in now. OTP_REQUIRED=yes in the environment "
            "demands it whatever is chosen here."
        ),
        gettext_noop("Where it is written so: a style guide, a report, the people who live there."),
        gettext_noop("ISO 15924: Latn, Arab, …"),
        gettext_noop("official, exact, alias, …"),
        gettext_noop("BCP 47: en, ar, …"),
        gettext_noop("bytes"),
        gettext_noop("Of a range; before the first: next day."),
        gettext_noop("WGS 84"),
        gettext_noop("Why it is embargoed or withheld. Never shown to readers."),
        gettext_noop(
            "The day (UTC) on which it becomes public by itself. Without one, until somebody lifts the embargo."
        ),
        gettext_noop(
            "What readers may see and search. Cited passages only: they find texts by single words, by phrases what is "
            "cited. Reference only: by title and cited passages."
        ),
        gettext_noop("Under which its texts are shown, if any."),
        gettext_noop("The address of one record there, with {} where its identifier stands; may be empty."),
        gettext_noop("For editors, until there are facts to make a title of."),
        gettext_noop("The actor it speaks for."),
        gettext_noop("Why, where no passage says it. Public."),
        gettext_noop("Readers see it."),
        gettext_noop("How the value was worked out of the words. Public."),
    }
)
# Kinds of rows: one, and many.
KINDS = {
    "sign-in": (pgettext_lazy("one", "sign-in"), gettext_lazy("sign-in")),
    "source": (pgettext_lazy("one", "source"), gettext_lazy("sources")),
    "article": (pgettext_lazy("one", "article"), gettext_lazy("articles")),
    "place": (pgettext_lazy("one", "place"), gettext_lazy("places")),
    "reported error": (pgettext_lazy("one", "reported error"), gettext_lazy("reported errors")),
    "text about the archive": (
        pgettext_lazy("one", "text about the archive"),
        gettext_lazy("texts about the archive"),
    ),
    "place name": (pgettext_lazy("one", "place name"), gettext_lazy("place names")),
    "name that readers see": (pgettext_lazy("one", "name that readers see"), gettext_lazy("names that readers see")),
    "capture": (pgettext_lazy("one", "capture"), gettext_lazy("captures")),
    "spelling of a place": (pgettext_lazy("one", "spelling of a place"), gettext_lazy("spellings of places")),
    "user": (pgettext_lazy("one", "user"), gettext_lazy("users")),
    "actor": (pgettext_lazy("one", "actor"), gettext_lazy("actors")),
    "weapon": (pgettext_lazy("one", "weapon"), gettext_lazy("weapons")),
    "speaker": (pgettext_lazy("one", "speaker"), gettext_lazy("speakers")),
    "facility type": (pgettext_lazy("one", "facility type"), gettext_lazy("facility types")),
    "facility": (pgettext_lazy("one", "facility"), gettext_lazy("facilities")),
    "incident": (pgettext_lazy("one", "incident"), gettext_lazy("incidents")),
    "summary sentence": (pgettext_lazy("one", "summary sentence"), gettext_lazy("summary sentences")),
    "claim": (pgettext_lazy("one", "claim"), gettext_lazy("claims")),
    "identifier scheme": (pgettext_lazy("one", "identifier scheme"), gettext_lazy("identifier schemes")),
    "incident identifier": (pgettext_lazy("one", "incident identifier"), gettext_lazy("incident identifiers")),
    "link between incidents": (
        pgettext_lazy("one", "link between incidents"),
        gettext_lazy("links between incidents"),
    ),
    "Task Result": (pgettext_lazy("one", "Task Result"), gettext_lazy("Task Results")),
}
APPLICATIONS = {
    "archive": gettext_lazy("Archive"),
    "incidents": gettext_lazy("Incidents"),
    "axes": gettext_lazy("Sign-ins"),
    "django_tasks_database": gettext_lazy("Tasks"),
}


def put() -> None:
    """Let the names of every model be read in translation; what the code and migrations call them stays."""
    for model in apps.get_models(include_auto_created=True):
        named: Any = model._meta
        if (kind := KINDS.get(str(named.verbose_name))) is not None:
            named.verbose_name, named.verbose_name_plural = kind
        for field in (*named.local_fields, *named.local_many_to_many):
            translate(field, "verbose_name", COLUMNS)
            translate(field, "help_text", HELP)
    for label, name in APPLICATIONS.items():
        apps.get_app_config(label).verbose_name = name


def translate(field: Any, attribute: str, known: frozenset[str]) -> None:
    english = getattr(field, attribute)
    if isinstance(english, str) and english in known:
        setattr(field, attribute, gettext_lazy(english))
