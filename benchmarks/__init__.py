"""What Cairn costs, measured against something that everybody can run: `make bench`."""
