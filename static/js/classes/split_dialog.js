import { api } from "../api/client.js";
import { shapeName, sourceName, valueText } from "../lib/annotation_words.js";
import { $$, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { same } from "../lib/stable_json.js";
import { onImages } from "./usage.js";
import { problem, verbDialog } from "./verb_dialog.js";

const STATUSES = {
  new: () => gettext("New"),
  in_progress: () => gettext("In progress"),
  labelled: () => gettext("Labelled"),
  approved: () => gettext("Approved"),
  sent_back: () => gettext("Sent back"),
};
const SPLITS = { train: () => gettext("Train"), validation: () => gettext("Validation"), test: () => gettext("Test"), none: () => gettext("No split") };
const PAUSE_MS = 250;

/**
 * Move some annotations of a class to a new one: those with a shape, source or value, on images that fit filters.
 * @returns {Promise<any>} the change, or null
 */
export async function splitDialog(labelClass, address) {
  const usage = await api.get(`${address}usage/`);
  const name = h("input", { class: "input", maxlength: 200, autocomplete: "off", autofocus: true });
  const search = h("input", { class: "input", type: "search", autocomplete: "off", dataset: { filter: "search" } });
  const choose = (label, kind, key, choices) => choices.length > 0 && h("label", { class: "field" }, [
    h("span", { class: "label" }, label),
    h("select", { class: "select", dataset: { [kind]: key } }, [h("option", { value: "" }, gettext("Any")), choices.map(([value, text]) => h("option", { value }, text))]),
  ]);
  const named = (names) => Object.entries(names).map(([value, text]) => [value, text()]);
  const withCount = (text, count) => interpolate(gettext("%(what)s (%(count)s)"), { what: text, count: number(count) }, true);
  const counted = (counts, nameOf) => Object.entries(counts).map(([value, count]) => [value, withCount(nameOf(value), count)]);
  const form = h("div", { class: "stack" }, [
    h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Name of the new class")), name]),
    h("fieldset", { class: "split-choices" }, [
      h("legend", { class: "label" }, gettext("What goes to it")),
      choose(gettext("Shape"), "list", "shapes", counted(usage.shapes, shapeName)),
      choose(gettext("Source"), "list", "sources", counted(usage.sources, sourceName)),
      ...usage.attributes.filter((each) => each.options.length).map((each) =>
        choose(each.name, "attribute", each.name, each.options.map(({ value, count }) => [JSON.stringify(value), withCount(valueText(value), count)]))),
      h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Image name holds")), search]),
      choose(gettext("Status"), "filter", "status", named(STATUSES)),
      choose(gettext("Split"), "filter", "split", named(SPLITS)),
    ]),
  ]);
  const asked = verbDialog({
    title: interpolate(gettext("Split a class off “%s”"), [labelClass.name]),
    body: form,
    verb: gettext("Split off"),
    send: () => api.post(`${address}split/`, { name: name.value.trim(), ...choices(form) }),
  });
  let timer;
  let count = 0; // of what is chosen now; 0 until it is known
  const ready = () => asked.ready(Boolean(count && name.value.trim()));
  const look = async () => {
    const given = choices(form);
    try {
      const told = await api.post(`${address}split/preview/`, given);
      if (!same(given, choices(form))) return;
      count = told.annotations;
      asked.tell(h("p", null, count ? interpolate(ngettext("%s moves to the new class.", "%s move to the new class.", count), [onImages(count, told.images)]) : gettext("No annotation fits.")));
    } catch (error) {
      if (same(given, choices(form))) asked.tell(problem(error));
    }
    ready();
  };
  on(form, "input", (event) => {
    if (event.target === name) return ready();
    count = 0;
    ready();
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
    return undefined;
  });
  look();
  return asked.open();
}

function choices(form) {
  const filled = (selector) => $$(selector, form).filter((each) => each.value.trim());
  return {
    filters: Object.fromEntries(filled("[data-filter]").map((each) => [each.dataset.filter, each.value.trim()])),
    attributes: Object.fromEntries(filled("[data-attribute]").map((each) => [each.dataset.attribute, JSON.parse(each.value)])),
    ...Object.fromEntries(filled("[data-list]").map((each) => [each.dataset.list, [each.value]])),
  };
}
