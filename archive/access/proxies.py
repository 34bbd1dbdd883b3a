"""Where a request really comes from: what proxies say is believed of those alone that the settings name."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
SOCKET = "unix"  # a proxy that connects through a Unix socket has no address
SITE_PREFIX = 64  # bits of an IPv6 address that one subscriber has to himself: RFC 6177


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies that are trusted: addresses and networks, and whether whoever comes through a Unix socket is one."""

    networks: tuple[Network, ...] = ()
    has_socket: bool = False

    @classmethod
    def read(cls, values: Iterable[str]) -> "Proxies":
        """Read ``unix``, addresses and networks (``10.0.0.0/8``); raises ValueError naming what is none of them."""
        names = list(values)
        networks = []
        for name in names:
            if name != SOCKET:
                try:
                    networks.append(ip_network(name))
                except ValueError as error:
                    raise ValueError(
                        f"{name!r} is neither an address, nor a network, nor {SOCKET!r} ({error})"
                    ) from error
        return cls(tuple(networks), SOCKET in names)

    def trust(self, address: Address | None) -> bool:
        """Whether a peer is one of the proxies; None is one without an address."""
        if address is None:
            return self.has_socket
        return any(address in network for network in self.networks if network.version == address.version)


def client_address(peer: str, forwarded: str, proxies: Proxies) -> Address | None:
    """Return who speaks to the outermost trusted proxy, or to us; None where that has no address.

    ``peer`` is who connected, ``forwarded`` the header X-Forwarded-For: each proxy appends whom it spoke to, so it is
    read from the right, and only as far as trusted proxies wrote it. What a client puts there itself is never reached.
    """
    client = read_address(peer)
    for entry in reversed(forwarded.split(",")) if forwarded else ():
        if not proxies.trust(client):
            break
        said = read_address(entry)
        if said is None:
            break
        client = said
    return client


def read_address(text: str) -> Address | None:
    """Read an address with or without a port; one of IPv4 in IPv6 is that of IPv4. None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def subscriber(address: Address) -> str:
    """The address by which somebody is known: of IPv6 the first of its /64, of which one has all."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, SITE_PREFIX), strict=False).network_address)
