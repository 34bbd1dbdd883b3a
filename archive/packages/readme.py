"""The README of a package: what is in it, and how to check it with tools that everybody has."""

TEXT = """\
{title}
{address}

This folder holds evidence kept by {site} ({home}). You can check all of it without
that site and without its software. The same state of the archive gives the same bytes.

WHAT IS IN IT
{contents}
  data/articles/<id>/report.json   each report: publisher, address, date; every copy and text of it with its SHA-256
  data/articles/<id>/copies/       copies as they were received, named by their SHA-256. Open them with care: they
                                   are what others wrote. Where a report's "file" is null, the copy is not let out;
                                   "not_let_out" says why, and its SHA-256 stands there all the same.
  data/articles/<id>/texts/        the readable texts drawn from the copies (UTF-8)
  data/articles/<id>/custody/      the log of custody: one file for each event, and its SHA-256 is the event's hash.
                                   Its lines: number, time, event, report, copy, text, role of who acted, a digest
                                   that stands for who it was, details, hash of the event before in the whole archive.
                                   Where words of the report are withheld, lines that tell of them are left out.
  data/passages/                   the quoted passages as W3C Web Annotations: start and end count Unicode
                                   characters of the text from 0; the end is not part of the passage
  manifest-sha256.txt              the SHA-256 of every file in data/
  tagmanifest-sha256.txt           the SHA-256 of the files beside it, this one among them

HOW TO CHECK IT
1. That no file has changed since the package was made. In this folder, on Linux or a Mac (there: shasum -a 256 -c):
     sha256sum -c manifest-sha256.txt
     sha256sum -c tagmanifest-sha256.txt
   Each line must end in OK. This is a BagIt bag (RFC 8493), so this does the same, with nothing left over or missing:
     pip install bagit
     bagit.py --validate .
2. That the copies and texts are those of the archive. Their SHA-256 stands in report.json, on the page of the
   report ("Copies and texts"), and in the name of each copy:
     sha256sum data/articles/*/copies/* data/articles/*/texts/*
   Likewise for the log of custody, whose hashes stand under "custody" in report.json:
     sha256sum data/articles/*/custody/*
3. That a quote stands where it is said to stand. Take the start and end of a passage, and its text:
     python3 -c "print(open('TEXT', encoding='utf-8', newline='').read()[START:END])"
{more}
WHAT IT DOES NOT SHOW
A manifest shows that nothing changed since the package was made. It does not show who made it, nor when: keep a note
of where and on what day you downloaded it. {stamps}
"""
STAMPS = "Time-stamps show that what they cover was there by a certain day (step {number})."
NO_STAMPS = "It holds no time-stamps of a third party."


FIRST_STEPS = 3  # of TEXT


def readme(*, title: str, address: str, site: str, home: str, contents: str, more: str = "", stamps: str = "") -> bytes:
    """Return the README; ``contents`` are lines on what is in it besides reports, ``more`` is a further step.

    ``stamps`` is the step that checks time-stamps, with ``{number}`` for its place; empty where there are none.
    """
    number = FIRST_STEPS + bool(more) + 1
    lines = {"title": title, "address": address, "site": site, "home": home, "contents": contents}
    more += stamps.replace("{number}", str(number))
    return TEXT.format(**lines, more=more, stamps=STAMPS.format(number=number) if stamps else NO_STAMPS).encode()
