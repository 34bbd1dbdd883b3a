"""Facets as markup: whatever a name or an address holds stays text."""

from archive.lists.facet_markup import facet_values
from archive.lists.facets import Value


def test_names_and_queries_are_escaped() -> None:
    html = facet_values([Value('<b>"Mill" & sons</b>', 1234, 'q="><script>&town=C4068', alone="")])

    assert "<bdi>&lt;b&gt;&quot;Mill&quot; &amp; sons&lt;/b&gt;</bdi>" in html
    assert 'href="?q=&quot;&gt;&lt;script&gt;&amp;town=C4068"' in html
    assert '<data class="tally" value="1234">1,234</data>' in html


def test_value_that_is_on_says_how_to_take_it_off() -> None:
    html = facet_values([Value("Mill", 2, "", alone='q="&x', is_on=True, depth=1, possible=3)])

    assert html.startswith('<ul><li class="depth-1"><a href="?" class="on"><bdi>Mill</bdi>')
    assert "(on: remove this filter)" in html
    assert '<a href="?q=&quot;&amp;x"><data class="tally" value="5">2 + 3 possible</data>' in html


def test_no_values_are_an_empty_list() -> None:
    assert facet_values([]) == "<ul></ul>"
