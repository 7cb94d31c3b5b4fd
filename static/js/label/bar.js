import { $, h, on } from "../lib/dom.js";
import { number } from "../lib/format.js";

/** The line above the image: where one is, the image's name and status, undo and redo, order and filters. */
export class Bar {
  #element;
  #statuses;

  /** @param {HTMLElement} element @param {Record<string, string>} statuses names by value @param {URLSearchParams} query */
  constructor(element, statuses, query) {
    this.#element = element;
    this.#statuses = statuses;
    this.#fill(query);
    on(element, "change", "[data-order], [data-show]", () => location.assign(this.#address(query)));
  }

  show(item, status, queue) {
    $("[data-position]", this.#element).textContent = item ? `${number(queue.position)} / ${number(Math.max(queue.total, queue.position))}` : "";
    const name = $("[data-name]", this.#element);
    name.textContent = item?.name ?? "";
    name.title = item?.name ?? "";
    $("[data-status]", this.#element).replaceChildren(...(status ? [h("span", { class: `pill pill-${status}` }, this.#statuses[status] ?? status)] : []));
  }

  history({ canUndo, canRedo }) {
    $("[data-undo]", this.#element).disabled = !canUndo;
    $("[data-redo]", this.#element).disabled = !canRedo;
  }

  #fill(query) {
    $("[data-order]", this.#element).value = query.get("order") ?? "name";
    $("[data-show]", this.#element).value = shown(query);
  }

  #address(query) {
    const next = new URLSearchParams(query);
    for (const name of ["order", "seed", "suggested"]) next.delete(name);
    if (shown(query) !== "custom") next.delete("status");
    const order = $("[data-order]", this.#element).value;
    if (order !== "name") next.set("order", order);
    const show = $("[data-show]", this.#element).value;
    if (show === "suggested") next.set("suggested", "1");
    else for (const status of SHOWN[show] ?? []) next.append("status", status);
    return `?${next}`;
  }
}

const SHOWN = {
  unlabelled: ["new", "in_progress", "sent_back"],
  labelled: ["labelled"],
  sent_back: ["sent_back"],
  approved: ["approved"],
};

function shown(query) {
  if (query.get("suggested")) return "suggested";
  const statuses = query.getAll("status");
  if (!statuses.length) return "all";
  const same = ([, values]) => values.length === statuses.length && values.every((each) => statuses.includes(each));
  return Object.entries(SHOWN).find(same)?.[0] ?? "custom";
}
