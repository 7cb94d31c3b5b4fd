"""Names of the members of ZIP files."""

import zipfile

UTF8_NAME = 0x800


def name_of(member: zipfile.ZipInfo) -> str:
    """Some systems write UTF-8 names without saying so, which Python then reads as an old code page."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode()
    except UnicodeError:
        return member.filename
