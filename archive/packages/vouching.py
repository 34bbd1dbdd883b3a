"""The manifests that list what a package holds, with what time-stamp authorities said of them."""

from bisect import bisect_left
from collections.abc import Iterable

from archive.models import Article, CustodyEvent, Manifest, TimeStamp
from archive.packages.bag import Bag

CONTENTS = """
  data/manifests/                  lists of hashes that the archive made day by day, with the time-stamps of others:
                                   N.txt the list, N-1.tsq and N-1.tsr request and reply (RFC 3161)"""
STEPS = """\
5. That copies and texts were here by a certain day. Get the root certificate from the time-stamp authority itself
   (not from us); data/manifests/N.txt has the SHA-256 of each copy, text and edition:
     grep "$(sha256sum FILE | cut -d' ' -f1)" data/manifests/*.txt
     openssl ts -verify -data data/manifests/N.txt -in data/manifests/N-1.tsr -CAfile root.pem
     openssl ts -reply -in data/manifests/N-1.tsr -text
   A list without a .tsr is named by its SHA-256 in the next one, and that in the one after it.
"""


def add_manifests(bag: Bag, articles: Iterable[Article], digests: Iterable[str] = ()) -> bool:
    """Write the manifests that first list the copies and texts of articles, and those with one of ``digests``; after
    each that has no time-stamp those that follow, up to one that has. Return whether any is stamped.
    """
    known = list(Manifest.objects.order_by("number").values_list("number", "log_number"))
    stamped = sorted(set(TimeStamp.objects.values_list("manifest_id", flat=True)))
    events = CustodyEvent.objects.filter(article__in=articles).values_list("number", flat=True)
    logged = [log_number for _number, log_number in known]
    covering = {bisect_left(logged, event) for event in events}
    listed = {known[place][0] for place in covering if place < len(known)}
    for digest in digests:
        listed |= set(
            Manifest.objects.filter(content__contains=digest).order_by("number").values_list("pk", flat=True)[:1]
        )
    wanted: set[int] = set()
    for number in listed:
        after = bisect_left(stamped, number)
        until = stamped[after] if after < len(stamped) else number
        wanted |= {one for one, _log in known if number <= one <= until}
    for number in sorted(wanted):
        add_manifest(bag, Manifest.objects.get(pk=number))
    return not wanted.isdisjoint(stamped)


def add_manifest(bag: Bag, manifest: Manifest) -> None:
    bag.add(f"manifests/{manifest.number}.txt", [manifest.content.encode()])
    for place, stamp in enumerate(manifest.stamps.order_by("pk"), start=1):
        bag.add(f"manifests/{manifest.number}-{place}.tsq", [bytes(stamp.request)])
        bag.add(f"manifests/{manifest.number}-{place}.tsr", [bytes(stamp.reply)])
