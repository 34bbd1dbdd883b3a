"""Documents and places."""

import datetime
import hashlib

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from archive import models
from archive.alerts import sealing
from archive.terms import Level

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User

    username = factory.Sequence(lambda n: f"editor{n}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    name_en = factory.Sequence(lambda n: f"Source {n}")


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = models.Article

    title = factory.Sequence(lambda n: f"Report {n}")
    source = factory.SubFactory(SourceFactory)
    published_on = datetime.date(2019, 11, 28)


class ArticleKeyFactory(DjangoModelFactory):
    class Meta:
        model = models.ArticleKey

    article = factory.SubFactory(ArticleFactory)
    scheme = "url"
    value = factory.Sequence(lambda n: f"reports.example/{n}")


class CaptureBytesFactory(DjangoModelFactory):
    class Meta:
        model = models.CaptureBytes
        django_get_or_create = ("sha256",)

    data = factory.Sequence(lambda n: f"bytes {n}".encode())
    sha256 = factory.LazyAttribute(lambda row: hashlib.sha256(row.data).hexdigest())
    size = factory.LazyAttribute(lambda row: len(row.data))


class CaptureFactory(DjangoModelFactory):
    class Meta:
        model = models.Capture

    article = factory.SubFactory(ArticleFactory)
    bytes = factory.SubFactory(CaptureBytesFactory)
    size = factory.LazyAttribute(lambda row: row.bytes.size)
    media_type = "text/plain"
    method = "import"
    tool = "tests"


class TextVersionFactory(DjangoModelFactory):
    """A text of an article; the capture holds its UTF-8."""

    class Meta:
        model = models.TextVersion

    text = factory.Sequence(lambda n: f"Report {n}: shells fell on the old mill at noon. Nobody was inside.")
    article = factory.SubFactory(ArticleFactory)
    capture = factory.LazyAttribute(
        lambda row: CaptureFactory(
            article=row.article, bytes=CaptureBytesFactory(data=f"{row.article.public_id} {row.text}".encode())
        )
    )
    number = factory.LazyAttribute(lambda row: row.article.texts.count() + 1)
    sha256 = factory.LazyAttribute(lambda row: hashlib.sha256(row.text.encode()).hexdigest())
    length = factory.LazyAttribute(lambda row: len(row.text))
    normalisation = "NFC+LF/1"
    extractor = "tests"


class PassageFactory(DjangoModelFactory):
    """A span of a text: give ``exact`` (its first occurrence is taken) or ``start`` and ``end``."""

    class Meta:
        model = models.Passage
        exclude = ("whole",)

    text_version = factory.SubFactory(TextVersionFactory)
    exact = factory.LazyAttribute(lambda row: row.text_version.text[:12])
    whole = factory.LazyAttribute(lambda row: row.text_version.text)
    start = factory.LazyAttribute(lambda row: row.whole.index(row.exact))
    end = factory.LazyAttribute(lambda row: row.start + len(row.exact))
    prefix = factory.LazyAttribute(lambda row: row.whole[: row.start][-32:])
    suffix = factory.LazyAttribute(lambda row: row.whole[row.end : row.end + 32])

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        text = kwargs["text_version"].text
        return {**kwargs, "exact": text[kwargs["start"] : kwargs["end"]]}


class PlaceFactory(DjangoModelFactory):
    """A community below a country; give ``parent`` for another tree."""

    class Meta:
        model = models.Place
        django_get_or_create = ("pcode",)

    pcode = factory.Sequence(lambda n: f"C{9000 + n}")
    level = Level.COMMUNITY
    name_en = factory.Sequence(lambda n: f"Town {n}")
    name_ar = factory.Sequence(lambda n: f"بلدة {n}")
    parent = factory.LazyAttribute(lambda row: CountryFactory() if row.level else None)
    ancestors = factory.LazyAttribute(lambda row: [*row.parent.ancestors, row.parent.pk] if row.parent else [])
    lat = 35.5
    lon = 36.5


class CountryFactory(PlaceFactory):
    pcode = "SY"
    level = Level.COUNTRY
    name_en = "Syria"
    name_ar = "سوريا"
    parent = None


class PlaceLabelFactory(DjangoModelFactory):
    class Meta:
        model = models.PlaceLabel

    place = factory.SubFactory(PlaceFactory)
    label_en = "Upper Mill"
    reason = "The style guide."


class PlaceNameFactory(DjangoModelFactory):
    class Meta:
        model = models.PlaceName

    place = factory.SubFactory(PlaceFactory)
    name = factory.Sequence(lambda n: f"Spelling {n}")
    folded = factory.LazyAttribute(lambda row: row.name.casefold())
    skeleton = factory.LazyAttribute(lambda row: row.folded)
    script = "Latn"
    source = "tests"
    quality = "alias"


class MentionFactory(DjangoModelFactory):
    class Meta:
        model = models.Mention

    text_version = factory.SubFactory(TextVersionFactory)
    place = factory.SubFactory(PlaceFactory)
    start = 0
    end = 6
    exact = factory.LazyAttribute(lambda row: row.text_version.text[row.start : row.end])


class GazetteerFileFactory(DjangoModelFactory):
    class Meta:
        model = models.GazetteerFile

    name = factory.Sequence(lambda n: f"places-{n}.csv")
    sha256 = "0" * 64


class ArticleRowFactory(DjangoModelFactory):
    class Meta:
        model = models.ArticleRow

    article = factory.SubFactory(ArticleFactory)
    is_public = True
    sort_on = "2019-11-28"
    vector = ""


class ReportedErrorFactory(DjangoModelFactory):
    """An error that a reader reported of the site as a whole, with what they wrote and an address."""

    class Meta:
        model = models.ReportedError
        skip_postgeneration_save = True

    spoken_of = "archive"
    language = "en"
    words = factory.RelatedFactory("tests.factories.archive.ReportedWordsFactory", factory_related_name="report")
    address = factory.RelatedFactory("tests.factories.archive.ReporterAddressFactory", factory_related_name="report")


class ReportedWordsFactory(DjangoModelFactory):
    class Meta:
        model = models.ReportedWords

    report = factory.SubFactory(ReportedErrorFactory, words=None, address=None)
    problem = "It was the barn, not the mill."


class ReporterAddressFactory(DjangoModelFactory):
    class Meta:
        model = models.ReporterAddress

    report = factory.SubFactory(ReportedErrorFactory, words=None, address=None)
    email = "reader@barn.example"


CONFIRMING = "confirming-word"  # confirms the alerts of the factory


class AlertFactory(DjangoModelFactory):
    """A list that a reader asked to follow; ``email`` is whose."""

    class Meta:
        model = models.Alert

    class Params:
        email = "reader@barn.example"

    kind = "incidents"
    query = factory.Sequence(lambda n: f"killed_min={n}")
    language = "en"
    rhythm = "daily"
    sealed = factory.LazyAttribute(lambda made: sealing.seal(made.email))
    digest = factory.LazyAttribute(lambda made: sealing.digest_of(made.email))
    token = factory.LazyFunction(lambda: sealing.digest_of_word(CONFIRMING))


class AboutTextFactory(DjangoModelFactory):
    """One of the texts about the archive; there are no more than it has parts."""

    class Meta:
        model = models.AboutText
        django_get_or_create = ("part",)

    part = factory.Iterator(["organisation", "editors", "contact", "coverage", "selection", "gaps", "licence"])
    text_en = "The Barn Trust."
