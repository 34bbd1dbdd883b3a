"""kill −9 at random moments of what writes: an import, the loading of a curation, publications, merges, a migration.

After each, what is left is looked at as an administrator would (`verify`), then the same is run again to its end, and
the archive compared with one that nothing disturbed.
"""

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from faults import columns, jobs, pages
from faults.jobs import Job
from faults.result import Result
from faults.sites import EARLIER, Site

# A run that begins again, or looks, is told there: more rows of these are no doubles.
TOLD_BY_RUNNING = {"archive_importrun", "archive_verification"}


def undisturbed(site: Site, job: Job, *, from_elsewhere: bool) -> tuple[columns.Holding, dict[str, list[str]], float]:
    """Return what the archive holds after a run of its own, what its permalinks answer, and how long the run took."""
    with site.trial(job.begins_with) as name:
        if from_elsewhere and job.begins_with != EARLIER:
            site.ask(name, columns.count_from_elsewhere)
        running = site.begin(name, begun(job))
        running.line()
        began = time.monotonic()
        _, status = running.end()
        took = time.monotonic() - began
        if status:
            raise RuntimeError(f"{job.name} does not run: {site.told()}")
        return site.ask(name, columns.holding), site.ask(name, pages.permalinks), took


def begun(job: Job) -> Callable[[jobs.Tell], None]:
    """The job, which first tells that it begins."""

    def run(tell: jobs.Tell) -> None:
        tell(["begins", ""])
        job.run(tell)

    return run


def kill(site: Site, job: Job, tries: int, chance: random.Random) -> Result:
    """Kill a job so many times, each time a fresh one."""
    result = Result(f"kill −9 in {job.name}")
    with site.trial(job.begins_with) as name:
        before = site.ask(name, columns.holding)
    one, addresses, took = undisturbed(site, job, from_elsewhere=False)
    two, others, _ = undisturbed(site, job, from_elsewhere=True)
    same = columns.telling(one, two)
    steady = {address: answer for address, answer in addresses.items() if others.get(address) == answer}
    too_late, longest = 0, 0.0
    while result.tries < tries and too_late < 3 * tries + 3:
        with site.trial(job.begins_with) as name:
            running = site.begin(name, begun(job))
            told = [running.line()]
            time.sleep(chance.uniform(0, took))
            running.kill()
            rest, status = running.end()
            if status == 0:
                too_late += 1
                continue
            result.tries += 1
            longest = max(longest, site.wait_until_left(name))
            told += rest
            look(result, site, name, before, told, is_there=job.begins_with != EARLIER)
            _, status = site.begin(name, job.run).end()
            if status:
                result.count("wrong", [f"{job.name} cannot be run again: {site.told()}"])
                continue
            compare(result, site, name, one, same, steady)
    result.note = (
        f"at random moments of {took:.1f} s; the server lets go within {longest:.1f} s; "
        f"then run again: {len(same)} columns and {len(steady)} permalinks as undisturbed"
    )
    return result


def look(result: Result, site: Site, name: str, before: columns.Holding, told: list[Any], *, is_there: bool) -> None:
    """What is there right after: all of before, all that was acknowledged, nothing half written."""
    after = site.ask(name, columns.holding)
    result.count("lost", columns.fewer(before, after))
    if not is_there:  # the software is ahead of the tables: it is not served until migrations have gone on
        return
    result.count("lost", site.ask(name, lambda: jobs.missing(told)))
    result.count("wrong", site.ask(name, pages.findings))
    result.count("leaked", site.ask(name, pages.leaks))


def compare(
    result: Result,
    site: Site,
    name: str,
    than: columns.Holding,
    same: set[tuple[str, str]],
    steady: dict[str, list[str]],
) -> None:
    """What is there in the end, beside the archive that nothing disturbed."""
    now = site.ask(name, columns.holding)
    result.count("lost", columns.fewer(than, now))
    result.count("doubled", without(TOLD_BY_RUNNING, columns.more(than, now)))
    result.count("wrong", columns.other(than, now, same))
    result.count("wrong", site.ask(name, pages.findings))
    result.count("leaked", site.ask(name, pages.leaks))
    found = site.ask(name, pages.permalinks)
    result.count(
        "wrong", (f"{address} answers otherwise" for address in steady if found.get(address) != steady[address])
    )


def without(left_out: set[str], names: Iterator[str]) -> Iterator[str]:
    return (name for name in names if name not in left_out)
