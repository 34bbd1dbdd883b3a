"""What the archive is made of: pinned versions and hashes, licences, bill of materials, known flaws."""
