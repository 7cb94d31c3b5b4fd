import assert from "node:assert/strict";
import { test } from "node:test";

import { Sitting } from "../../static/js/label/sitting.js";
import { Store } from "../../static/js/store/store.js";

const tag = { id: "t", class: 1, shape: "tag", geometry: {} };
const box = { id: "b", class: 1, shape: "box", geometry: { box: [0, 0, 9, 9] } };

function at(...annotations) {
  const store = new Store();
  store.load(7, { status: "in_progress", annotations, suggestions: [] });
  const sitting = new Sitting({ store, oneClass: false, onDone() {} });
  sitting.image = 7;
  return { sitting, store };
}

test("an image on which shapes are is not labelled as empty, and whoever asked for it hears so", () => {
  const { sitting, store } = at(tag, box);
  assert.deepEqual([sitting.nothing(), store.status(7), store.annotations(7).length], [false, "in_progress", 2]);
  const empty = at(tag);
  assert.deepEqual([empty.sitting.nothing(), empty.store.status(7), empty.store.annotations(7)], [true, "labelled", []]);
});
