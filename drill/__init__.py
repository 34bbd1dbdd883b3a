"""An archive is lost and comes back: `make drill`. Long, so no part of the tests, which have a short form of it."""
