"""Losses beyond those of Keras; each takes targets and logits."""
