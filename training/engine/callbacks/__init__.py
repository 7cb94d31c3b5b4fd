"""What watches a run from epoch to epoch and step to step."""
