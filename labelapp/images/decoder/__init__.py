"""Decoding behind a wall: the only place where pixels of uploaded files are read.

The site asks ``Pool``; its children run ``child.py``, which knows Pillow and nothing of Django. Modules here import
each other relatively only: a child is started without the rest of the site, as the package ``decoder``.
"""
