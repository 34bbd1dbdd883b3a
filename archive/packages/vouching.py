"""The manifests that list what a package holds, with what time-stamp authorities said of them."""

from bisect import bisect_left
from collections.abc import Iterable

from archive.models import Article, CustodyEvent, Manifest, TimeStamp
from archive.packages.bag import Bag

CONTENTS = """
  data/manifests/                  lists of hashes that the archive made day by day, with the time-stamps of others:
                                   N.txt the list, N-1.tsq and N-1.tsr request and reply (RFC 3161)"""
STEPS = """\
{number}. That copies and texts were here by a certain day. Get the root certificate from the time-stamp authority
   itself (not from us); data/manifests/N.txt has the SHA-256 of each copy, text and edition:
     grep "$(sha256sum FILE | cut -d' ' -f1)" data/manifests/*.txt
     openssl ts -verify -data data/manifests/N.txt -in data/manifests/N-1.tsr -CAfile root.pem
     openssl ts -reply -in data/manifests/N-1.tsr -text
   A list without a .tsr is named by its SHA-256 in the next one, and that in the one after it.
"""


def add_manifests(bag: Bag, articles: Iterable[Article], edition: tuple[int, str] | None = None) -> tuple[str, str]:
    """Write the manifests that first list the copies and texts of articles, and an edition (its key and SHA-256); after
    each that has no time-stamp those that follow, up to one that has.

    Return what the README says of them among the contents, and the step that checks stamps: empty where there are none.
    """
    known = list(Manifest.objects.order_by("number").values_list("number", "log_number"))
    stamped = sorted(set(TimeStamp.objects.values_list("manifest_id", flat=True)))
    events = CustodyEvent.objects.filter(article__in=articles).values_list("number", flat=True)
    logged = [log_number for _number, log_number in known]
    covering = {bisect_left(logged, event) for event in events}
    listed = {known[place][0] for place in covering if place < len(known)}
    if edition is not None:
        listed |= _of_edition(*edition)
    wanted: set[int] = set()
    for number in listed:
        after = bisect_left(stamped, number)
        until = stamped[after] if after < len(stamped) else number
        wanted |= {one for one, _log in known if number <= one <= until}
    for number in sorted(wanted):
        add_manifest(bag, Manifest.objects.get(pk=number))
    return CONTENTS if wanted else "", "" if wanted.isdisjoint(stamped) else STEPS


def _of_edition(key: int, digest: str) -> set[int]:
    """The manifest that lists an edition first: the first that reaches its key, or where it came late the next."""
    reaching = Manifest.objects.filter(upto__edition__gte=key).order_by("number")[:2]
    return set([one.number for one in reaching if digest in one.content][:1])


def add_manifest(bag: Bag, manifest: Manifest) -> None:
    bag.add(f"manifests/{manifest.number}.txt", [manifest.content.encode()])
    for place, stamp in enumerate(manifest.stamps.order_by("pk"), start=1):
        bag.add(f"manifests/{manifest.number}-{place}.tsq", [bytes(stamp.request)])
        bag.add(f"manifests/{manifest.number}-{place}.tsr", [bytes(stamp.reply)])
