"""How a package goes out: written to a file that has no name, then sent from there."""

import tempfile
from collections.abc import Callable
from typing import IO

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from archive.exports.snapshots import snapshot
from archive.packages.bag import Bag
from archive.web import caching

IN_MEMORY = 1_000_000  # bytes; a larger package lies on the disk while it is sent
ZIP = "application/zip"


def send(request: HttpRequest, name: str, fill: Callable[[Bag], None]) -> HttpResponseBase:
    """Return the package called ``name``: ``fill`` writes it in one state of the database, and closes it.

    No cache keeps it: what it holds may have to be withheld from one moment to the next.
    """
    response: HttpResponseBase
    if request.method == "HEAD":
        response = StreamingHttpResponse(content_type=ZIP)  # of which no length is said: it would have to be written
    else:
        response = FileResponse(written(name, fill), content_type=ZIP)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    caching.control(response, caching.NEVER)
    return response


def written(name: str, fill: Callable[[Bag], None]) -> IO[bytes]:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    bag = Bag(file, name)
    try:
        with snapshot():
            fill(bag)
        file.seek(0)
    except BaseException:
        bag.abandon()
        file.close()
        raise
    return file
