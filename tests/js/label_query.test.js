import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenQuery, shown } from "../../static/js/label/query.js";

const query = (text) => new URLSearchParams(text);

test("the choices of the page are recognised, and any other filter is one of its own", () => {
  const expected = {
    "": "all",
    "order=random&seed=3": "all",
    "status=sent_back&status=new&status=in_progress": "unlabelled",
    "status=approved&order=id": "approved",
    "suggested=1": "suggested",
    "status=new&status=approved": "custom",
    "status=labelled&class=3": "custom",
    "suggested=1&status=new": "custom",
    "comments=open": "commented",
    "comments=resolved": "custom",
    "assignment=3": "all",
    "assignment=3&status=approved": "approved",
    "search=cat": "custom",
    "split=test": "custom",
  };
  for (const [text, name] of Object.entries(expected)) assert.equal(shown(query(text)), name, text);
});

test("a filter of its own is left by choosing another, and stays where only the order is changed", () => {
  const custom = query("status=new&status=approved&class=3&order=random&seed=3");
  assert.equal(String(chosenQuery(custom, "random", "all")), "order=random");
  assert.equal(String(chosenQuery(custom, "name", "labelled")), "status=labelled");
  assert.equal(String(chosenQuery(custom, "name", "suggested")), "suggested=1");
  assert.equal(String(chosenQuery(custom, "name", "commented")), "comments=open");
  assert.equal(String(chosenQuery(query("assignment=3&status=new"), "id", "labelled")), "assignment=3&order=id&status=labelled");
  assert.equal(String(chosenQuery(custom, "id", "custom")), "status=new&status=approved&class=3&order=id");
});
