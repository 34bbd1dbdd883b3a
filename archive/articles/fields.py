"""The public fields of an article: columns of `articles.csv`, keys of JSON Lines and the API."""

from django.utils.translation import gettext_lazy as _

from archive.fields import Field
from archive.terms import CaptureMethod, values

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

DAY_AND_TIME = Field(
    name="received_at", kind="datetime", is_required=True, description=_("When the archive received it.")
)
CAPTURE = (
    Field(name="sha256", kind="string", is_required=True, description=_("The SHA-256 of its bytes.")),
    Field(
        name="size",
        kind="integer",
        minimum=0,
        description=_("How many bytes it has; null where words of the article are withheld."),
    ),
    Field(name="media_type", kind="string", is_required=True, description=_("What the bytes are, as a media type.")),
    Field(
        name="method",
        kind="string",
        is_required=True,
        enum=tuple(values(CaptureMethod)),
        description=_("How it came: from a file, entered by an editor, or as the row of a data set."),
    ),
    Field(name="original_url", kind="string", description=_("Where the copy was taken from.")),
    Field(
        name="captured_at", kind="datetime", description=_("When it was taken from there, if that is known, in UTC.")
    ),
    DAY_AND_TIME,
)
TEXT = (
    Field(name="number", kind="integer", is_required=True, minimum=1, description=_("The number of the text.")),
    Field(name="permalink", kind="string", is_required=True, description=_("The address of its page.")),
    Field(name="sha256", kind="string", is_required=True, description=_("The SHA-256 of the text in UTF-8.")),
    Field(
        name="length",
        kind="integer",
        minimum=1,
        description=_("Its length in code points; null where words of the article are withheld."),
    ),
    Field(name="extractor", kind="string", is_required=True, description=_("What drew the text from the copy.")),
    Field(name="capture_sha256", kind="string", is_required=True, description=_("The copy that it was drawn from.")),
)
CITED = (
    Field(name="id", kind="string", is_required=True, description=_("The permanent identifier of the passage.")),
    Field(name="text", kind="integer", is_required=True, minimum=1, description=_("The number of its text.")),
    Field(name="start", kind="integer", is_required=True, minimum=0, description=_("Where it begins, in code points.")),
    Field(name="end", kind="integer", is_required=True, minimum=1, description=_("Where it ends, in code points.")),
    Field(
        name="exact",
        kind="string",
        description=_("The words; null where the archive only refers to the texts of that source."),
    ),
    Field(name="incidents", kind="list", description=_("The codes of the incidents that cite it or have cited it.")),
)
# The whole of one article, as the API gives it.
ARTICLE_DOCUMENT = (
    *ARTICLE,
    Field(
        name="captures", kind="list", items="object", fields=CAPTURE, description=_("The copies that were received.")
    ),
    Field(name="texts", kind="list", items="object", fields=TEXT, description=_("The texts drawn from them.")),
    Field(
        name="passages", kind="list", items="object", fields=CITED, description=_("The passages that incidents cite.")
    ),
)
