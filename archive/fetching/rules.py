"""How far a fetch goes, and why it failed."""

from dataclasses import dataclass, field

from archive.page_size import LARGEST_PAGE

AGENT = "attack-reports archive"


class FetchError(Exception):
    """An address that was not fetched; the message is the reason, a clause for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`largest` is bytes of one answer as it comes, `seconds` those of the whole fetch, redirects included.
    `internal` holds the `host:port` pairs that are allowed though they are not public, as the address has them: for
    tests. `look_up_seconds` are for the name of one host. `ports` are those of public hosts. `delay` is the seconds
    between two requests to one host.
    """

    largest: int = LARGEST_PAGE
    seconds: float = 60.0
    look_up_seconds: float = 10.0
    redirects: int = 10
    ports: tuple[int, ...] = (80, 443)
    internal: frozenset[str] = field(default_factory=frozenset)
    agent: str = AGENT
    heeds_robots: bool = True
    delay: float = 2.0
