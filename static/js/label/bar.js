import { onChosen } from "../lib/chosen.js";
import { $, h } from "../lib/dom.js";
import { number } from "../lib/format.js";
import { chosenQuery, shown } from "./query.js";

/** The line above the image: where one is, the image's name and status, undo and redo, order and filters. */
export class Bar {
  #element;
  #statuses;

  /** @param {HTMLElement} element @param {Record<string, string>} statuses names by value @param {URLSearchParams} query */
  constructor(element, statuses, query) {
    this.#element = element;
    this.#statuses = statuses;
    this.#fill(query);
    const [order, show] = [$("[data-order]", element), $("[data-show]", element)];
    for (const select of [order, show]) onChosen(select, () => location.assign(`?${chosenQuery(query, order.value, show.value)}`));
  }

  show(item, status, queue) {
    $("[data-position]", this.#element).textContent = item ? `${number(queue.position)} / ${number(Math.max(queue.total, queue.position))}` : "";
    const name = $("[data-name]", this.#element);
    name.textContent = item?.name ?? "";
    name.title = item?.name ?? "";
    const revisions = $("[data-revisions]", this.#element);
    revisions.hidden = !item;
    if (item) revisions.href = revisions.dataset.revisions.replace("/0/", `/${item.id}/`);
    $("[data-status]", this.#element).replaceChildren(...(status ? [h("span", { class: `pill pill-${status}` }, this.#statuses[status] ?? status)] : []));
  }

  /** @param {import("../store/history.js").History} history @param {number} [image] whose steps are meant */
  history(history, image) {
    $("[data-undo]", this.#element).disabled = !history.canUndo(image);
    $("[data-redo]", this.#element).disabled = !history.canRedo(image);
  }

  #fill(query) {
    $("[data-order]", this.#element).value = query.get("order") ?? "name";
    $("[data-show]", this.#element).value = shown(query);
  }
}
