"""Pages of documents, and of the site itself."""
