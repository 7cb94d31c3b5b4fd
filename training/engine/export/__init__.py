"""Models as files that leave the engine, and how they come back."""
