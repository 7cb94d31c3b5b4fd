"""The training loop: one step on any backend, stages, checkpoints, events."""
