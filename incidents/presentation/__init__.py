"""An edition's content as a page shows it: facts in words, each with its quotes beside it."""
