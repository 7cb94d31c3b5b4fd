import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, TileGrid } from "../../static/js/canvas/tile_grid.js";
import { TileStore } from "../../static/js/canvas/tile_store.js";
import { pyramidOf } from "../../static/js/canvas/pyramid.js";

const grid = new TileGrid({ tile: 512, levels: [[30000, 20000], [15000, 10000], [7500, 5000], [3750, 2500], [1875, 1250], [938, 625], [469, 313]] });
const names = (tiles) => tiles.map(nameOf).sort();
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("the level has about as many pixels as the screen, and never far fewer", () => {
  assert.deepEqual([4, 1, 0.7, 0.5, 0.3, 0.25, 0.001].map((scale) => grid.levelFor(scale)), [0, 0, 0, 1, 1, 2, 6]);
});

test("a part of the image is shown by the tiles that touch it, those in its middle first", () => {
  const tiles = grid.within(0, { left: 500, top: 0, width: 1100, height: 600 });
  assert.deepEqual(names(tiles), ["0/0/0", "0/0/1", "0/1/0", "0/1/1", "0/2/0", "0/2/1", "0/3/0", "0/3/1"]);
  assert.deepEqual([tiles[0].column, tiles.at(-1).row], [2, 1]);
  assert.deepEqual(names(grid.within(6, { left: -900, top: -900, width: 90000, height: 90000 })), ["6/0/0"]);
});

test("tiles at the edge end with the image", () => {
  assert.deepEqual(grid.boundsOf({ level: 1, column: 29, row: 19 }), [29696, 19456, 30000, 20000]);
});

test("the part of a coarser tile that shows the same is known", () => {
  assert.deepEqual(grid.above({ level: 0, column: 7, row: 2 }, 2), { above: { level: 2, column: 1, row: 0 }, x: 384, y: 256, size: 128 });
});

function store() {
  const asked = [];
  const made = new TileStore((tile, signal) => new Promise((resolve, reject) => {
    asked.push({ name: nameOf(tile), come: () => resolve({ name: nameOf(tile), close() {} }), fail: () => reject(new Error("500")) });
    signal.addEventListener("abort", () => reject(new Error("aborted")));
  }), () => {});
  return { made, asked };
}
const tile = (column) => ({ level: 0, column, row: 0 });

test("six tiles come at once, the others after them, each once", async () => {
  const { made, asked } = store();
  made.want(Array.from({ length: 8 }, (_none, column) => tile(column)));
  assert.equal(asked.length, 6);
  asked[0].come();
  await settled();
  assert.equal(asked.length, 7);
  assert.equal(made.get(tile(0)).name, "0/0/0");
  made.want(Array.from({ length: 8 }, (_none, column) => tile(column)));
  assert.equal(asked.length, 7);
});

test("what is not wanted any more makes way for what is", async () => {
  const { made, asked } = store();
  made.want([1, 2, 3, 4, 5, 6].map(tile));
  made.want([6, 7, 8].map(tile));
  await settled();
  assert.deepEqual(asked.slice(6).map((each) => each.name), ["0/7/0", "0/8/0"]);
});

test("a tile that could not be had does not stop the others", async () => {
  const { made, asked } = store();
  made.want(Array.from({ length: 8 }, (_none, column) => tile(column)));
  asked[0].fail();
  await settled();
  assert.deepEqual([asked.length, made.get(tile(0))], [7, undefined]);
});

test("only so many tiles are kept, those that were looked at last", async () => {
  const { made, asked } = store();
  for (let column = 0; column < 260; column += 1) {
    made.want([tile(column)]);
    asked.at(-1).come();
    await settled();
    made.get(tile(0));
  }
  assert.equal(made.size, 220);
  assert.ok(made.get(tile(0)) && made.get(tile(259)) && !made.get(tile(1)));
});

test("whoever waits for tiles goes on waiting while the connection is away, and hears why there will be none", async () => {
  globalThis.gettext = (text) => text;
  const answers = [Promise.reject(new TypeError("Failed to fetch")), { status: "failed", error: "It is progressive." }];
  globalThis.fetch = /** @type {any} */ (async () => {
    const body = JSON.stringify(await answers.shift());
    return { ok: true, status: 200, text: async () => body };
  });
  await assert.rejects(pyramidOf(7, () => {}, () => true), { message: "It is progressive." });
});
