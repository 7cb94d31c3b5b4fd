import assert from "node:assert/strict";
import { test } from "node:test";

const workers = [];
const canvas = { getContext: () => ({ drawImage() {}, putImageData() {}, getImageData: (_x, _y, width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) }) };
Object.assign(globalThis, {
  gettext: (text) => text,
  document: { createElement: () => ({ ...canvas, setAttribute() {}, replaceChildren() {}, style: { setProperty() {} } }) },
  Image: class { naturalWidth = 2; naturalHeight = 2; async decode() {} },
  ImageData: class { constructor(width, height) { this.data = new Uint8ClampedArray(width * height * 4); } },
  OffscreenCanvas: class { getContext = canvas.getContext; },
  Worker: class {
    constructor() { workers.push(this); }
    postMessage(asked) { this.asked = asked; }
    terminate() { this.ended = true; }
  },
});
const { Superpixels } = await import("../../static/js/canvas/smart/superpixels.js");

const asked = () => new Promise((resolve) => setTimeout(resolve, 5));

test("a worker that breaks down is said, and the next asking has another one", async () => {
  const pieces = new Superpixels(/** @type {any} */ ({ append() {} }), "worker.js");
  const item = { display: "a.webp", width: 2, height: 2 };
  const first = pieces.part(item, 8);
  await asked();
  workers[0].onerror();
  await assert.rejects(first, /could not be parted/);
  const second = pieces.part(item, 8);
  await asked();
  workers[1].onmessage({ data: { turn: workers[1].asked.turn, labels: new Int32Array(4) } });
  await second;
  assert.deepEqual([workers.length, workers[0].ended, pieces.labels?.length], [2, true, 4]);
});
