"""``python -m labelapp.serve``: the whole site on one machine, under one supervisor."""

import sys

from labelapp.serve.site import Site

if __name__ == "__main__":
    sys.exit(Site().run())
