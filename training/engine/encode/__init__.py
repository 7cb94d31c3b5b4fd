"""From labels to what a loss compares a model's outputs with."""
