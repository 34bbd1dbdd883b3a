"""Who may be told more than others: what watches the archive from an address that `MONITORS` names."""

from django.conf import settings

from archive.access.proxies import client_address, read_address


def is_monitor(peer: str, forwarded: str) -> bool:
    """Whether a request comes from one: ``peer`` connected to us, ``forwarded`` is the header X-Forwarded-For.

    Who comes through a proxy that is not trusted could be anybody, and is none.
    """
    if forwarded and not settings.TRUSTED_PROXIES.trust(read_address(peer)):
        return False
    return bool(settings.MONITORS.trust(client_address(peer, forwarded, settings.TRUSTED_PROXIES)))
