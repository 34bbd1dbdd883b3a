"""The public fields of an article: columns of `articles.csv`, keys of JSON Lines and the API."""

from django.utils.translation import gettext_lazy as _

from archive.fields import Field

ARTICLE = (
    Field(
        name="id",
        kind="string",
        is_required=True,
        description=_("The permanent identifier of the article in the archive."),
        example="k3v9d0fr",
    ),
    Field(
        name="permalink",
        kind="string",
        is_required=True,
        description=_("The address of its page in the archive."),
        example="https://archive.example/articles/k3v9d0fr/",
    ),
    Field(name="title", kind="string", is_required=True, description=_("Its title, as published.")),
    Field(name="url", kind="string", description=_("Its address at its publisher.")),
    Field(name="source", kind="string", description=_("The slug of the source that published it.")),
    Field(name="source_name_en", kind="string", description=_("The name of the source in English.")),
    Field(name="source_name_ar", kind="string", description=_("The name of the source in Arabic.")),
    Field(
        name="published",
        kind="date",
        description=_("The day on which it was published, as its source gives it."),
        example="2019-11-28",
    ),
    Field(name="language", kind="string", description=_("Its language (BCP 47)."), example="ar"),
    Field(name="authors", kind="string", description=_("Its authors, as published.")),
    Field(
        name="places",
        kind="list",
        description=_("The P-codes of the places that its newest text mentions, and of the units that they lie in."),
        example=["C4068", "SY", "SY07"],
    ),
    Field(
        name="incidents",
        kind="list",
        description=_("The codes of the incidents whose current edition cites it."),
    ),
)
