"""Figures of quality: arrays in, dataclass or number out, nothing else; each is checked against scikit-learn."""
