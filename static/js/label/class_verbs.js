import { $$, h } from "../lib/dom.js";
import { icon } from "../lib/icon.js";

/** Beside each class at the right: to select, hide or lock all of its shapes on the image. */
export class ClassVerbs {
  #list;
  #arranging;
  #count = new Map(); // class -> ids of its shapes

  /** @param {import("./class_list.js").ClassList} list @param {import("./arranging.js").Arranging} arranging */
  constructor(list, arranging) {
    this.#list = list;
    this.#arranging = arranging;
    list.beside = (each) => this.#buttons(each);
  }

  /** @param {any[]} annotations of the image */
  show(annotations) {
    this.#count = Map.groupBy(annotations.filter((each) => each.shape !== "tag"), (each) => each.class);
    for (const group of $$("[data-class-verbs]", this.#list.element)) this.#mark(group);
  }

  #buttons({ id, name }) {
    const button = (verb, text) => h("button", { class: "btn btn-ghost btn-icon btn-small", type: "button", tabindex: "-1", dataset: { verb: `${verb}:${id}` }, title: text, "aria-label": `${text}: ${name}` });
    const group = h("div", { class: "label-class-verbs", role: "group", dataset: { classVerbs: id } }, [
      button("selectClass", gettext("Select all of this class")),
      button("hideClass", gettext("Hide or show all of this class")),
      button("lockClass", gettext("Lock or unlock all of this class")),
    ]);
    group.children[0].append(icon("square-mouse-pointer"));
    this.#mark(group);
    return group;
  }

  #mark(group) {
    const ids = (this.#count.get(Number(group.dataset.classVerbs)) ?? []).map((each) => each.id);
    const { aside } = this.#arranging;
    group.hidden = !ids.length;
    const [, hide, lock] = group.children;
    mark(hide, aside.all("hidden", ids), "eye-off", "eye");
    mark(lock, aside.all("locked", ids), "lock", "lock-open");
  }
}

function mark(button, on, yes, no) {
  if (button.getAttribute("aria-pressed") === String(on)) return;
  button.setAttribute("aria-pressed", String(on));
  button.replaceChildren(icon(on ? yes : no));
}
