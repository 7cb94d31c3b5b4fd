import assert from "node:assert/strict";
import { test } from "node:test";
import { differencesIn } from "../../static/js/classes/class_difference.js";
import { onImages, usageText } from "../../static/js/classes/usage.js";

globalThis.gettext = (text) => text;
globalThis.ngettext = (one, many, count) => (count === 1 ? one : many);
globalThis.interpolate = (format, values, named) =>
  named ? format.replace(/%\((\w+)\)s/g, (_match, name) => values[name]) : format.replace(/%s/g, () => String(values.shift()));

const FUR = { name: "fur", type: "select", options: ["red"] };
const of = (mine, theirs) => differencesIn({ field: "attributes", mine, theirs }).map((line) => Object.values(line).join(" | "));

test("attributes of the same name tell what differs in them", () => {
  assert.deepEqual(of([FUR], [{ ...FUR, options: ["red", "grey"], required: true }]), ["fur, options | red | red, grey", "fur, required | no | yes"]);
  assert.deepEqual(of([{ name: "age", type: "number", min: 0 }], [{ name: "age", type: "number" }]), ["age, least | 0 | –"]);
  assert.deepEqual(of([{ name: "old", type: "checkbox", default: false }], [{ name: "old", type: "text" }]), ["old, kind | Yes or no | Text", "old, default | no | –"]);
});

test("an attribute that one lacks, and another order, are told too", () => {
  const note = { name: "note", type: "text" };
  assert.deepEqual(of([FUR], [FUR, note]), ["note | – | Text"]);
  assert.deepEqual(of([FUR, note], [note, FUR]), ["Order of the attributes | fur, note | note, fur"]);
});

test("fields and shapes are named in words", () => {
  assert.deepEqual(differencesIn({ field: "shapes", mine: [], theirs: ["tag", "rotated_box"] }), [{ what: "Shapes", mine: "every shape", theirs: "whole image, rotated box" }]);
  assert.deepEqual(differencesIn({ field: "key", mine: "", theirs: "c" }), [{ what: "Key", mine: "–", theirs: "c" }]);
});

test("what a class has is one sentence, with one and with many", () => {
  assert.equal(onImages(1, 1), "1 annotation on 1 image");
  assert.equal(usageText({ annotations: 2, images: 1, suggestions: 1 }), "2 annotations on 1 image, 1 suggestion");
});
