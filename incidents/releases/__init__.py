"""Dated releases of the data set: made once, never changed, told as long as the archive stands.

What has been withheld since a release was made closes it: it stays listed, and can no longer be downloaded
(docs/adr/0056-releases.md).
"""
