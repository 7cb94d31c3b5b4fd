import assert from "node:assert/strict";
import { test } from "node:test";
import { clearErrors, showError } from "../../static/js/widgets/form.js";

class Element {
  id = "";
  name = "age";
  #attributes = new Map();
  setAttribute(name, value) {
    this.#attributes.set(name, value);
  }
  getAttribute(name) {
    return this.#attributes.get(name) ?? null;
  }
  removeAttribute(name) {
    this.#attributes.delete(name);
  }
  replaceChildren() {}
  append() {}
  closest() {
    return this;
  }
}
globalThis.document = /** @type {any} */ ({ createElement: () => new Element() });

function field(described) {
  const input = new Element();
  input.id = "age";
  if (described) input.setAttribute("aria-describedby", described);
  const form = { querySelectorAll: (selector) => (selector === "[aria-invalid]" ? [input] : []) };
  return { input, form };
}

test("what is wrong with a field is said beside its help, which stays when that is mended", () => {
  const { input, form } = field("age-help");
  showError(input, "Too young.");
  showError(input, "Too old.");
  assert.equal(input.getAttribute("aria-describedby"), "age-help age-error");
  clearErrors(form);
  assert.deepEqual([input.getAttribute("aria-describedby"), input.getAttribute("aria-invalid")], ["age-help", null]);
});

test("a field without help is described by nothing once it is mended", () => {
  const { input, form } = field("");
  showError(input, "Needed.");
  assert.equal(input.getAttribute("aria-describedby"), "age-error");
  clearErrors(form);
  assert.equal(input.getAttribute("aria-describedby"), null);
});
