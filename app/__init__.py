"""Open Floor: runs a live session in which every intervention comes from the floor."""
