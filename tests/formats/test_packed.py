import gzip
import io
import tarfile

import pytest

from labelapp.formats.errors import UnreadableFile
from labelapp.formats.packed import Limits, Packed
from tests.formats.archives import tar_of, zip_of

FILES = {"a/1.xml": "one", "./b.txt": "two", "c\\2.xml": "three", "._b.xml": "x", "__MACOSX/d.xml": "x"}
KINDS = [zip_of, tar_of, lambda files: tar_of(files, "w")]


def contents(data: bytes, limits: Limits = Limits()) -> dict[str, bytes]:  # noqa: B008
    found = Packed(io.BytesIO(data), limits).members(lambda path: path.suffix == ".xml")
    return {each.name: each.content for each in found}


@pytest.mark.parametrize("pack", KINDS)
def test_files_are_read_by_their_path_and_what_systems_leave_is_passed_over(pack):
    assert contents(pack(FILES)) == {"a/1.xml": b"one", "c/2.xml": b"three"}
    assert Packed(io.BytesIO(pack(FILES)), Limits()).names() == ["a/1.xml", "b.txt", "c/2.xml"]


@pytest.mark.parametrize("pack", KINDS)
@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(files=2), "more than 2 files"),
        (Limits(file_bytes=2**20), "larger than 1 MB"),
        (Limits(bytes=3 * 2**20), "more than 3 MB"),
    ],
)
def test_an_archive_that_unpacks_to_too_much_is_refused(pack, limits, words):
    data = pack({f"{number}.xml": bytes(2 * 2**20) for number in range(3)})
    with pytest.raises(UnreadableFile) as problem:
        contents(data, limits)
    assert words in problem.value.message.format(**problem.value.values)


def test_what_is_passed_over_in_a_tar_counts_too():
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        contents(tar_of({"a.jpg": bytes(5 * 2**20), "b.xml": "x"}), Limits(bytes=2**20))


def test_a_tar_whose_names_would_fill_the_memory_is_refused():
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 2**40
    with pytest.raises(UnreadableFile, match="longer than names"):
        contents(gzip.compress(header.tobuf(tarfile.GNU_FORMAT) + bytes(1024)))


@pytest.mark.parametrize("pack", KINDS[:2])
def test_damage_is_told_whereever_it_is(pack):
    data = pack({"a.xml": bytes(range(256)) * 100, "b.xml": "x"})
    for cut in (30, len(data) // 2):
        with pytest.raises(UnreadableFile, match="damaged"):
            contents(data[:cut])
    broken = data[:40] + bytes(20) + data[60:]
    with pytest.raises(UnreadableFile, match="damaged"):
        contents(broken)


def test_names_are_text_that_can_be_kept_whatever_their_bytes():
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding="utf-8") as archive:
        archive.addfile(tarfile.TarInfo("a\udcff.xml"), io.BytesIO())
    (name,) = contents(stream.getvalue())
    assert name == "a\ufffd.xml"


def test_names_in_utf8_are_read_as_such_also_where_the_zip_does_not_say_so():
    data = bytearray(zip_of({"é.xml": "x"}))
    for flags in (6, data.index(b"PK\x01\x02") + 8):  # of the file's own header, and of the directory's
        data[flags : flags + 2] = bytes(2)
    assert list(contents(bytes(data))) == ["é.xml"]
