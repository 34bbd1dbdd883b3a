"""Every factory makes a row, so that a test never fails on its material."""

import pytest
from factory.django import DjangoModelFactory

from tests.factories import archive, incidents

FACTORIES = sorted(
    {
        factory
        for module in (archive, incidents)
        for factory in vars(module).values()
        if isinstance(factory, type) and issubclass(factory, DjangoModelFactory) and not factory._meta.abstract
    },
    key=lambda factory: factory.__name__,
)
TRAITS = [{}, *({trait: True} for trait in incidents.ClaimFactory._meta.parameters)]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES)
def test_factory_makes_two_rows(factory: type[DjangoModelFactory]) -> None:
    rows = factory.create_batch(2)

    assert all(row.pk for row in rows)


@pytest.mark.django_db
@pytest.mark.parametrize("trait", TRAITS)
def test_claim_factory_makes_every_aspect(trait: dict[str, bool]) -> None:
    assert incidents.ClaimFactory(**trait).pk
