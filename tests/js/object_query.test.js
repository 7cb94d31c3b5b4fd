import assert from "node:assert/strict";
import test from "node:test";

import { queryOf } from "../../static/js/label/object_query.js";

const classes = new Map([[1, { name: "Car" }], [2, { name: "traffic light" }]]);
const shapes = [
  { id: "a", class: 1, shape: "box", geometry: { box: [0, 0, 20, 30] }, source: "auto", score: 0.7, attributes: { colour: "Dark red", doors: 4 }, occluded: true },
  { id: "b", class: 2, shape: "polygon", geometry: { rings: [[[0, 0], [10, 0], [0, 10]]] }, source: "manual", score: null, attributes: { broken: true }, group: 3, z_order: -1 },
  { id: "c", class: 1, shape: "polyline", geometry: { points: [[5, 5], [15, 5]] }, attributes: {} },
];
const aside = { hidden: new Set(["c"]), locked: new Set(["b"]) };

function found(text) {
  const { wanted, problem } = queryOf(text);
  assert.equal(problem, null, text);
  return shapes.filter((each) => wanted(each, { classes, aside })).map((each) => each.id).join("");
}

test("all parts of a query must be true", () => {
  const expected = {
    "": "abc", car: "ac", "class:car area>500": "a", "area<=50": "bc", "width=10": "bc", "source:auto occluded:yes": "a",
    "occluded:no": "bc", RED: "a", 'class:"traffic light"': "b", '"dark red"': "a", "traffic": "b", "group:3": "b", grouped: "", "grouped:yes": "b",
    "-class:car": "b", "-red": "bc", "hidden:yes": "c", "locked:no": "ac", "z<0": "b", "score>0.5": "a", "score!=0.7": "bc",
    "colour:red": "a", "colour=red": "", 'colour="dark red"': "a", "doors>3": "a", "broken:yes": "b", "class!=car": "b", "shape:poly": "bc",
    "class:": "abc", "x>=5": "c",
  };
  for (const [text, ids] of Object.entries(expected)) assert.equal(found(text), ids, text);
});

test("what cannot be understood is named", () => {
  for (const text of ["area>many", "occluded:perhaps", "class>car"]) assert.equal(queryOf(`car ${text}`).problem, text);
});

test("ten thousand shapes are looked through at once", () => {
  const many = Array.from({ length: 10_000 }, (_each, place) => ({ ...shapes[place % 3], id: String(place) }));
  const { wanted } = queryOf("class:car area>500 source:auto occluded:yes");
  const began = performance.now();
  assert.equal(many.filter((each) => wanted(each, { classes, aside })).length, 3334);
  assert.ok(performance.now() - began < 200);
});
