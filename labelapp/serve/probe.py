"""``python -m labelapp.serve.probe``: ends with 0 when the web server of this machine answers; for health checks."""

import os
import sys
import urllib.request

SECONDS = 4

if __name__ == "__main__":
    address = f"http://127.0.0.1:{os.environ.get('LABELAPP_PORT') or 8000}/healthz"
    try:
        urllib.request.urlopen(address, timeout=SECONDS).close()
    except OSError as error:
        sys.exit(f"{address}: {error}")
