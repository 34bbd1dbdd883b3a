"""What pure modules of incidents say in English, for whoever reads it; see `archive.reading_back`."""
