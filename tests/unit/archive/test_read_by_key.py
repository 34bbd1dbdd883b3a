from dataclasses import dataclass

import pytest
from django.template import Context, Template

from archive.read_by_key import ReadByKey


@dataclass(frozen=True, slots=True)
class Thing(ReadByKey):
    name: str
    parts: tuple[str, ...] = ()

    @property
    def loud(self) -> str:
        return self.name.upper()


def test_templates_read_fields_and_properties_and_escape_them() -> None:
    page = Template("{{ thing.name }} {{ thing.loud }} {{ thing.parts.0 }}|{{ thing.absent }}|")

    assert page.render(Context({"thing": Thing("<b>", ("&",))})) == "&lt;b&gt; &lt;B&gt; &amp;||"


def test_what_has_keys_is_no_sequence() -> None:
    with pytest.raises(TypeError):
        iter(Thing("a"))  # type: ignore[call-overload]
