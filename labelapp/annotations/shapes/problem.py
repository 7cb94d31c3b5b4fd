class Problem(Exception):
    """A shape that cannot be stored. ``field`` is the path inside the annotation, ``message`` says how to fix it."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field, self.message = field, message
