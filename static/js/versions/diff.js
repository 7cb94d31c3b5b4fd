import { api } from "../api/client.js";
import { h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { PARTS } from "./parts.js";

const NAMES_SHOWN = 12;
const KINDS = {
  added: () => gettext("added"),
  removed: () => gettext("removed"),
  relabelled: () => gettext("relabelled"),
  moved: () => gettext("in another part"),
};

/** What changed since the version before; asked for when it is opened. */
export function diffView(url, number_) {
  const body = h("div", { class: "stack", role: "status" }, h("div", { class: "skeleton diff-skeleton" }));
  const load = async () => {
    try {
      body.replaceChildren(...content(await api.get(url)));
    } catch (error) {
      body.replaceChildren(h("p", { class: "field-error" }, error.message));
    }
  };
  const details = h("details", { class: "card diff", on: { toggle: () => load() } }, [
    h("summary", null, interpolate(gettext("Changes since version %s"), [number_])),
    body,
  ]);
  return details;
}

function content({ images, classes }) {
  const kinds = Object.entries(KINDS).map(([kind, name]) => ({ kind, name: name(), ...images[kind] }));
  if (kinds.every((each) => each.count === 0) && !Object.keys(classes).length) return [h("p", { class: "muted" }, gettext("Nothing changed."))];
  return [
    h("div", { class: "stats" }, [
      kinds.map((each) => stat(each.count, each.name)),
      stat(images.unchanged, gettext("unchanged")),
    ]),
    ...kinds.filter((each) => each.count).map(imageNames),
    Object.keys(classes).length > 0 && classChanges(classes),
  ].filter(Boolean);
}

function stat(count, label) {
  return h("div", { class: "stat" }, [h("strong", null, number(count)), h("span", null, label)]);
}

function imageNames({ name, count, first }) {
  const rest = count - Math.min(count, NAMES_SHOWN);
  return h("p", { class: "small diff-names" }, [
    h("strong", null, `${name}: `),
    first.slice(0, NAMES_SHOWN).map((each) => each.name).join(", "),
    rest > 0 && ` ${interpolate(gettext("and %s more"), [number(rest)])}`,
  ]);
}

function classChanges(classes) {
  const signed = (value) => (value ? number(value, { signDisplay: "always" }) : "–");
  return h("div", { class: "table-scroll" }, h("table", { class: "table" }, [
    h("caption", { class: "visually-hidden" }, gettext("Images per class, more or fewer")),
    h("thead", null, h("tr", null, [h("th", { scope: "col" }, gettext("Class")), PARTS.map(({ name }) => h("th", { scope: "col", class: "number" }, name()))])),
    h("tbody", null, Object.entries(classes).map(([name, change]) => h("tr", null, [
      h("th", { scope: "row", class: "class-name" }, name),
      PARTS.map(({ part }) => h("td", { class: "number" }, signed(change[part]))),
    ]))),
  ]));
}
