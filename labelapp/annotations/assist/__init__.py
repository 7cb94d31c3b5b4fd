"""Smart tools without a model: OpenCV proposes shapes, in a process of its own.

The site asks ``Assistant``; its child runs ``child.py``, which gets pixels from the decoder and never a file. One tool
a file, one line each in ``registry``. What the child runs imports only its like, relatively: the child is started
without the rest of the site, as the package ``assist``.
"""
