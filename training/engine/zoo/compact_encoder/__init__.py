"""A small encoder for tasks whose answers have places."""
