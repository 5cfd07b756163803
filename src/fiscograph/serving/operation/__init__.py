"""What runs the server: the release of the moment, its measures, its log, its edge."""
