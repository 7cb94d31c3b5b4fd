import { api } from "../api/client.js";
import { $$, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";
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
  const counted = (counts) => Object.entries(counts).map(([value, count]) => [value, `${value.replace("_", " ")} (${number(count)})`]);
  const form = h("div", { class: "stack" }, [
    h("label", { class: "field" }, [h("span", { class: "label" }, gettext("Name of the new class")), name]),
    h("fieldset", { class: "split-choices" }, [
      h("legend", { class: "label" }, gettext("What goes to it")),
      choose(gettext("Shape"), "list", "shapes", counted(usage.shapes)),
      choose(gettext("Source"), "list", "sources", counted(usage.sources)),
      ...usage.attributes.filter((each) => each.options.length).map((each) =>
        choose(each.name, "attribute", each.name, each.options.map(({ value, count }) => [JSON.stringify(value), `${shown(value)} (${number(count)})`]))),
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
  let count = 0;
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const given = choices(form);
      try {
        const told = await api.post(`${address}split/preview/`, given);
        if (JSON.stringify(given) !== JSON.stringify(choices(form))) return;
        count = told.annotations;
        asked.tell(h("p", null, count ? interpolate(gettext("%s annotations on %s images move to the new class."), [number(count), number(told.images)]) : gettext("No annotation fits.")));
      } catch (error) {
        count = 0;
        asked.tell(problem(error));
      }
      asked.ready(Boolean(count && name.value.trim()));
    }, PAUSE_MS);
  };
  on(form, "input", look);
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

function shown(value) {
  if (typeof value === "boolean") return value ? gettext("yes") : gettext("no");
  return value;
}
