import io

import pytest

from labelapp.formats.errors import Errors, UnreadableFile
from labelapp.formats.registry import FORMATS, detect

TF_OD = b"filename,width,height,class,xmin,ymin,xmax,ymax"


def rows_and_errors(content: bytes, name: str = ""):
    errors = Errors()
    stream = io.BytesIO(content)
    format = FORMATS[name] if name else detect(stream)
    return list(format.read(stream, errors)), errors


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"filename,class", "csv-classification"),
        (b"image;label", "csv-classification"),
        (b"Filename\tClass", "csv-classification"),
        (TF_OD, "csv-boxes"),
        (b'"image","xmin","ymin","xmax","ymax","label"', "csv-boxes"),
        (b"filename,class,shape,geometry", "csv"),
        (b"\xef\xbb\xbffilename,class", "csv-classification"),
    ],
)
def test_the_format_is_known_by_its_header(header, name):
    assert detect(io.BytesIO(header + b"\r\n")).name == name


def test_semicolons_byte_order_mark_and_carriage_returns_are_understood():
    rows, errors = rows_and_errors("\ufefffilename;class\r\nä.png;cat\r\n\r\nb.png;dog".encode())
    assert [(row.line, row.image.name, row.annotation.label_class) for row in rows] == [
        (2, "ä.png", "cat"), (4, "b.png", "dog"),
    ]  # fmt: skip
    assert errors.count == 0


def test_lines_are_counted_through_quoted_line_ends():
    rows, _errors = rows_and_errors(b'filename,class\n"a\nb.png",cat\nc.png,dog\n')
    assert [row.line for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"\xff\xfef\x00i\x00", "UTF-16"),
        (b"PK\x03\x04xx", "damaged"),
        ("filename,class\nä,b".encode("latin-1"), "UTF-8"),
        (b"filename,class,class\n", "twice"),
        (b"a,b\n1,2\n", "no known format"),
        (b"filename,clas\na,b\n", "clas"),
        (b"filename,cell_type,xmin,xmax,ymin,ymax\n", "cell_type"),
        (b"filename,width,height,class,xmin,ymin,xmax\n", "ymax"),
        (b'filename,class\n"a,b\n', "quotes"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, said):
    with pytest.raises(UnreadableFile) as problem:
        rows_and_errors(content)
    assert said in problem.value.message.format(**problem.value.values)


def test_a_wrong_column_is_named_with_the_nearest_name():
    with pytest.raises(UnreadableFile) as problem:
        rows_and_errors(b"filename,clas,note\na,b,c\n")
    assert problem.value.column == "clas"
    assert problem.value.message.format(**problem.value.values) == (
        "There is no column “class”. If “clas” is it, rename it to “class”."
    )


def test_bad_rows_are_named_by_line_and_column_and_the_others_are_read():
    lines = [
        "a.png,10,10,cat,1,1,5,5", "a.png,10,10,cat,x,1,5,5", "a.png,10,10,cat,6,1,5,5", "a.png,10,10",
        ",1,1,cat,1,1,2,2", "a.png,1,1,,1,1,2,2",
    ]  # fmt: skip
    content = TF_OD + b"\n" + "\n".join(lines).encode()
    rows, errors = rows_and_errors(content)
    assert [row.line for row in rows] == [2]
    assert [(each.line, each.column) for each in errors.first] == [
        (3, "xmin"), (4, "xmax"), (5, ""), (6, "filename"), (7, "class"),
    ]  # fmt: skip
    for each in errors.first:
        assert each.message.format(**each.values)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a.png,cat,box,{,,,,,", "geometry"),
        ("a.png,cat,box,[],,,,,", "geometry"),
        ("a.png,cat,box,,,,,,", "box_x"),
        ("a.png,cat,mask,,!!,,,,", "mask"),
        ("a.png,cat,tag,,,robot,,,", "source"),
        ("a.png,cat,tag,,,,high,,", "score"),
        ("a.png,cat,tag,,,,,yesterday,", "created_at"),
        ("a.png,cat,tag,,,,,,17", "annotation_id"),
        ("a.png,,box,,,,,,", "class"),
    ],
)
def test_every_column_of_the_complete_csv_is_checked(row, column):
    header = b"filename,class,shape,geometry,mask,source,score,created_at,annotation_id\n"
    rows, errors = rows_and_errors(header + row.encode())
    assert not rows
    assert (errors.first[0].line, errors.first[0].column) == (2, column)


def test_a_hand_made_file_needs_few_columns():
    rows, errors = rows_and_errors(
        b"filename,class,box_x,box_y,box_w,box_h,shape\na.png,cat,1,2,3,4,\nb.png,dog,,,,,\n"
    )
    assert errors.count == 0
    assert [(row.annotation.shape, row.annotation.geometry) for row in rows] == [
        ("box", {"box": [1.0, 2.0, 3.0, 4.0]}), ("tag", {}),
    ]  # fmt: skip


def test_only_the_first_errors_are_kept_but_all_are_counted():
    content = b"filename,class\n" + b"a\n" * 1500
    _rows, errors = rows_and_errors(content)
    assert (len(errors.first), errors.count) == (1000, 1500)
