"""One script per claim about speed and scores; each prints one JSON object a line."""
