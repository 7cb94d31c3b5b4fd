import assert from "node:assert/strict";
import { test } from "node:test";

import { fromDrop, fromHandles } from "../../static/js/upload/collect.js";
import { overlap, unchosen } from "../../static/js/upload/overlap.js";
import { StagedFiles } from "../../static/js/upload/staged_files.js";

globalThis.gettext = (text) => text;

const source = (path, size = 4, modified = 5) => ({ path, size, modified });

test("two files of one name are both kept, the same file again is not", () => {
  const staged = new StagedFiles();
  assert.equal(staged.choose([source("IMG_0001.jpg"), source("IMG_0002.jpg")], []), 0);
  assert.equal(staged.choose([source("IMG_0001.jpg", 9), source("IMG_0002.jpg")], []), 1);
  assert.deepEqual(staged.sources.map((each) => each.size), [4, 4, 9]);
});

test("handles are kept while they lead to all that was chosen", () => {
  const staged = new StagedFiles();
  staged.choose([source("a.png")], ["A"]);
  staged.choose([source("a.png")], ["A"]);
  staged.choose([source("b.png")], ["B"]);
  assert.deepEqual(staged.handles, ["A", "B"]);
  staged.choose([source("c.png")], []);
  staged.choose([source("d.png")], ["D"]);
  assert.deepEqual(staged.handles, []);
});

test("what is chosen while others are on their way waits, and both are there when they come back", () => {
  const staged = new StagedFiles();
  staged.choose([source("a.png")], []);
  const taken = staged.take();
  staged.choose([source("b.png")], []);
  assert.deepEqual(staged.sources.map((each) => each.path), ["b.png"]);
  staged.putBack(taken);
  assert.deepEqual(staged.sources.map((each) => each.path), ["a.png", "b.png"]);
});

const broken = { files: 3, size_bytes: 12, arrived: 1 };
const files = ["1.png", "2.png", "3.png"].map((path) => source(path));
const arrived = new Map([[files[0], { status: "added" }]]);

test("only the very files of an upload go on with it unasked", () => {
  assert.equal(overlap(broken, files, arrived), "all");
  assert.equal(overlap({ ...broken, arrived: 0 }, files, new Map([[files[0], { status: "partial" }]])), "all");
  assert.equal(overlap(broken, files.slice(0, 2), arrived), "some");
  assert.equal(overlap(broken, [...files, source("4.png")], arrived), "some");
  assert.equal(overlap({ ...broken, arrived: 2 }, files, arrived), "some");
  assert.equal(overlap(broken, files, new Map()), "none");
  assert.equal(overlap(broken, [source("other.png")], new Map()), "none");
});

test("an upload is short of the files that nobody has chosen again", () => {
  assert.equal(unchosen(broken, files, arrived), 0);
  assert.equal(unchosen(broken, files.slice(1), new Map()), 0);
  assert.equal(unchosen(broken, files.slice(0, 2), arrived), 1);
  assert.equal(unchosen(broken, [...files, source("4.png")], arrived), 0);
});

const fileHandle = (name, problem) => ({
  kind: "file", name,
  getFile: async () => { if (problem) throw new DOMException("", problem); return new File(["x"], name); },
});

/** A folder as the browser gives it; `broken` ends its list with an error. */
const folderHandle = (name, inside, cut = false) => ({
  kind: "directory", name,
  async *values() { yield* inside; if (cut) throw new DOMException("", "NotReadableError"); },
});

test("files and folders that cannot be read are told by their paths, and the others come", async () => {
  const locked = folderHandle("locked", [fileHandle("c.png")], true);
  const root = folderHandle("set", [fileHandle("a.png"), fileHandle("b.png", "NotReadableError"), fileHandle(".DS_Store", "NotReadableError"), locked]);
  const { sources, failures } = await fromHandles([root, fileHandle("gone.png", "NotFoundError")]);
  assert.deepEqual(sources.map((each) => each.path), ["set/a.png", "set/locked/c.png"]);
  assert.deepEqual(failures.map((each) => each.path), ["set/b.png", "set/locked", "gone.png"]);
  assert.ok(failures.every((each) => each.reason));
});

/** As old browsers give what is dropped: entries, and their lists in parts. */
const fileEntry = (path, fails = false) => ({ isFile: true, fullPath: path, file: (ok, no) => (fails ? no(new Error()) : ok(new File(["x"], path))) });
const folderEntry = (path, parts) => ({ isFile: false, fullPath: path, createReader: () => ({ readEntries: (ok, no) => { const part = parts.shift() ?? []; if (part === "broken") no(new Error()); else ok(part); } }) });

test("a folder whose list breaks off is told, and what came before it is kept", async () => {
  const entry = folderEntry("/set", [[fileEntry("/set/a.png"), fileEntry("/set/b.png", true)], "broken"]);
  const transfer = /** @type {any} */ ({ items: [{ kind: "file", webkitGetAsEntry: () => entry }], files: [] });
  const { sources, failures, handles } = await fromDrop(transfer);
  assert.deepEqual([sources.map((each) => each.path), failures.map((each) => each.path), handles], [["set/a.png"], ["set/b.png", "set"], []]);
});
