"""``python -m labelapp.serve``: the whole site on one machine, under one supervisor."""

import sys

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit(f"LabelApp needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    from labelapp.serve.site import Site

    sys.exit(Site().run())
