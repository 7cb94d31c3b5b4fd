import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.gettext = (text) => text;
const { Arrivals } = await import("../../static/js/upload/arrivals.js");

const file = (name, status, fields = {}) => ({ name, status, id: null, reason: "", archive: null, ...fields });

function answering(answers) {
  const asked = [];
  const get = async (url) => {
    asked.push(url);
    if (answers[url] instanceof Error) throw answers[url];
    return answers[url];
  };
  return { asked, api: { get } };
}

const COUNTS = { added: 1, duplicate: 0, refused: 3 };

test("what was refused is read page by page, with what ZIPs held of it, and once", async () => {
  const { asked, api } = answering({
    "/files/?status=refused&page_size=1000": { results: [file("a.txt", "refused", { reason: "No image." }), file("b.zip", "added", { archive: 7 })], next: "/more/" },
    "/more/": { results: [file("c.txt", "refused")], next: null },
    "/api/archives/7/": { results: [file("in.png", "added"), file("in.txt", "refused")] },
  });
  const arrivals = new Arrivals({ counts: COUNTS, files: "/files/" }, api);
  await arrivals.read("refused");
  await arrivals.read("refused");
  assert.deepEqual(arrivals.items.map(({ path, reason }) => [path, reason]), [["a.txt", "No image."], ["b.zip › in.txt", ""], ["c.txt", ""]]);
  assert.equal(asked.length, 3);
});

test("a ZIP of its own lists its members", async () => {
  const { api } = answering({ "/zip/": { results: [file("in.png", "added"), file("in.txt", "refused")] } });
  const arrivals = new Arrivals({ counts: COUNTS, archive: "/zip/" }, api);
  await arrivals.read("added");
  assert.deepEqual(arrivals.items.map((item) => item.path), ["in.png"]);
});

test("what could not be read is read again, and nothing of it twice", async () => {
  const answers = { "/files/?status=refused&page_size=1000": { results: [file("a.txt", "refused")], next: "/more/" }, "/more/": new Error("away") };
  const { api } = answering(answers);
  const arrivals = new Arrivals({ counts: COUNTS, files: "/files/" }, api);
  await assert.rejects(arrivals.read("refused"), /away/);
  answers["/more/"] = { results: [file("b.txt", "refused")], next: null };
  await arrivals.read("refused");
  assert.deepEqual(arrivals.items.map((item) => item.path), ["a.txt", "b.txt"]);
});
