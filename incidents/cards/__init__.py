"""Pictures that previews of shared addresses show: what the page is about, drawn; never a photograph."""
