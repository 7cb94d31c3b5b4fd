import io
import json

import pytest

from labelapp.formats import json_stream
from labelapp.formats.errors import UnreadableFile
from labelapp.formats.json_stream import JsonObject


def items(text: str) -> list:
    return [(each.path, each.value, each.line) for each in JsonObject(io.BytesIO(text.encode())).items()]


def test_values_and_the_values_of_lists_come_with_their_lines():
    assert items('{"a": 1,\n "b": [\n  {"c": [1]},\n  2],\n "d": []}') == [
        ("a", 1, 1), ("b[0]", {"c": [1]}, 3), ("b[1]", 2, 4), ("d", [], 5),
    ]  # fmt: skip


@pytest.mark.parametrize("block", [1, 2, 3, 7])
def test_where_the_blocks_are_cut_makes_no_difference(monkeypatch, block):
    value = {
        "n": [-12.5e-3, 123456789, True, None, 'é "\\\n \u2028'],
        "s": "x" * 50,
        "l": [[], {}, [[1, [2]]], "\\u00e9"],
    }
    text = json.dumps(value, indent=1)
    whole = items(text)
    monkeypatch.setattr(json_stream, "BLOCK", block)
    assert items(text) == whole
    assert items("\ufeff  " + text) == whole


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"a": [1,\n2,\n}', 3, "no JSON"),
        ('{"a": [\n{"b": 1,}\n]}', 2, "no JSON"),
        ('{"a": [\n{"b": 1}\n', 3, "cut off"),
        ('{"a": "xyz', 1, "no JSON"),
        ('{"a": [\n\nNaN]}', 3, "NaN is no number"),
        ('{"a": [\n{"b":\n-Infinity}]}', 3, "-Infinity"),
        ('{"a": 1}\n}', 2, "Remove it"),
        ('{"a": 1 "b": 2}', 1, "“,” is needed"),
        ("{1: 2}", 1, "name in quotes"),
        ("[1]", 1, "“{” is needed"),
        ("", 1, "cut off"),
        ('{"a": ' + "[" * 100_000 + "}", 1, "nested too deep"),
        ('{"a": ' + "9" * 5000 + "}", 1, "no JSON"),
    ],
)
def test_what_is_no_json_is_named_by_its_line(text, line, words):
    with pytest.raises(UnreadableFile) as problem:
        items(text)
    assert problem.value.line == line
    assert words in problem.value.message.format(**problem.value.values)


def test_text_of_another_encoding_is_refused():
    with pytest.raises(UnreadableFile, match="not UTF-8"):
        list(JsonObject(io.BytesIO('{"a": "é"}'.encode("latin-1"))).items())


def test_a_value_without_an_end_is_not_read_into_memory_for_ever(monkeypatch):
    monkeypatch.setattr(json_stream, "LONGEST", 5_000_000)
    with pytest.raises(UnreadableFile, match="longer than"):
        items('{"a": "' + "x" * 20_000_000)
