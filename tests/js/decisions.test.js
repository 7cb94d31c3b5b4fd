import assert from "node:assert/strict";
import { test } from "node:test";
import { Decisions } from "../../static/js/label/decisions.js";
import { ReviewNote } from "../../static/js/label/review_note.js";

globalThis.gettext = (text) => text;

/** Problems one after the other, as Sync tells them. */
class Questions {
  constructor(...images) {
    this.images = images;
  }

  observe(observer) {
    this.tell = () => observer({ problem: this.problem });
  }

  get problem() {
    return this.problems?.get(this.images[0]) ?? null;
  }

  begin() {
    this.problems = new Map(this.images.map((image) => [image, { image, theirs: [] }]));
    this.tell();
  }

  async waiting() {
    return [];
  }

  async resolve(image) {
    this.images = this.images.filter((each) => each !== image);
    this.tell();
  }
}

const later = () => new Promise((resolve) => setTimeout(resolve, 5));

test("each problem is asked about by itself, one after the other, until one is left for later", async () => {
  const sync = new Questions(1, 2, 3, 4);
  const asked = [];
  const answers = ["mine", "theirs", ""];
  const ask = async ({ image }) => {
    asked.push(image);
    return answers.shift();
  };
  new Decisions(/** @type {any} */ (sync), /** @type {any} */ ({}), String, /** @type {any} */ (ask), () => () => {});
  sync.begin();
  await later();
  assert.deepEqual([asked, sync.images], [[1, 2, 3], [3, 4]]);
});

test("the reviewer's comment is asked for again after a failure", async () => {
  const text = { textContent: "" };
  const element = { hidden: true, querySelector: () => text };
  const answers = [null, { results: [{ author: "rex", comment: "The left hand is missing." }] }];
  const get = async () => answers.shift() ?? assert.fail("away");
  const note = new ReviewNote(element, { get });
  await note.show({ id: 7 }, "sent_back");
  assert.equal(element.hidden, true);
  await note.show({ id: 7 }, "sent_back");
  assert.deepEqual([text.textContent, element.hidden], ["rex: The left hand is missing.", false]);
});

test("the page is held until the answer is seen, and not for as long as it takes to send it", async () => {
  const sync = new Questions(1);
  const happened = [];
  sync.resolve = async (_image, _choice, shown) => {
    happened.push("chosen");
    shown();
    await later();
    happened.push("sent");
    sync.images = [];
    sync.tell();
  };
  const holding = () => {
    happened.push("held");
    return () => happened.at(-1) === "chosen" && happened.push("free");
  };
  new Decisions(/** @type {any} */ (sync), /** @type {any} */ ({}), String, /** @type {any} */ (async () => "theirs"), /** @type {any} */ (holding));
  sync.begin();
  await new Promise((resolve) => setTimeout(resolve, 40));
  assert.deepEqual(happened, ["held", "chosen", "free", "sent"]);
});
