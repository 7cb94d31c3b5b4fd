import { $, $$, h } from "../lib/dom.js";
import { ApiError, firstOf } from "../api/error.js";
import { once } from "./busy.js";

/**
 * Send a form through the API: busy while it is sent, and what the API refuses stands at its field.
 * @param {HTMLFormElement} form
 * @param {(values: Record<string, any>) => Promise<void>} send gets the trimmed values, one for each name
 */
export function wireForm(form, send) {
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(/** @type {any} */ (event).submitter ?? $("[type=submit]", form), () => check(form, send));
  });
}

async function check(form, send) {
  clearErrors(form);
  if (!showMissing(form)) return;
  try {
    await send(valuesOf(form));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    showErrors(form, error);
  }
}

/** @param {HTMLFormElement} form */
export function valuesOf(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") values[name] = form.elements[name]?.type === "password" ? value : value.trim();
  }
  return values;
}

function showMissing(form) {
  const missing = $$("[required]", form).filter((input) => !input.value.trim());
  for (const input of missing) showError(input, gettext("This is needed."));
  missing[0]?.focus();
  return !missing.length;
}

function showErrors(form, error) {
  const rest = [];
  for (const [name, problems] of Object.entries(error.fields)) {
    const input = form.elements[name];
    const text = firstOf(problems);
    if (input instanceof Element) showError(input, text);
    else rest.push(name === "non_field_errors" ? text : `${name}: ${text}`);
  }
  if (!Object.keys(error.fields).length) rest.push(error.message);
  if (rest.length) {
    const place = $(".dialog-body", form) ?? form;
    place.prepend(h("p", { class: "notice notice-error", role: "alert", "data-form-error": true }, rest.join(" ")));
  }
  $("[aria-invalid=true]", form)?.focus();
}

/** @param {any} input @param {string} text */
export function showError(input, text) {
  const id = input.id || (input.id = `field-${input.name}-${Math.random().toString(36).slice(2, 7)}`);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", [...described(input), `${id}-error`].join(" "));
  (input.closest(".field") ?? input.parentElement).append(h("p", { class: "field-error", id: `${id}-error` }, text));
}

export function clearErrors(form) {
  for (const each of $$(".field-error, [data-form-error]", form)) each.remove();
  for (const input of $$("[aria-invalid]", form)) {
    input.removeAttribute("aria-invalid");
    const rest = described(input);
    if (rest.length) input.setAttribute("aria-describedby", rest.join(" "));
    else input.removeAttribute("aria-describedby");
  }
}

/** What describes a field beside what is wrong with it. */
function described(input) {
  return (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== `${input.id}-error`);
}
