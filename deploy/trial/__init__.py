"""The parts of `deploy/try_installation`: a clean Debian, the page that is followed, and who uses the site."""
