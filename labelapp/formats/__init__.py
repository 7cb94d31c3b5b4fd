"""One file per format, one line in ``registry.py``. Plain Python: records in, bytes out, and back."""
