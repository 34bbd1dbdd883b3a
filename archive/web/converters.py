"""Parts of addresses: whoever writes patterns with them imports this module, which registers them."""

from django.urls import register_converter

from archive.citing import FORMATS


class CitationForm:
    """The suffix of a citation file: `bib`, `ris`, `csl.json`."""

    regex = "|".join(suffix.replace(".", r"\.") for suffix in FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CitationForm, "citation")
