import { $, $$ } from "../lib/dom.js";

/** The rows in their order. What comes from the server changes them in place: whoever types, drags or has a menu open goes on. */
export class RowList {
  #element;
  #make;
  #rows = new Map(); // id -> ClassRow
  #going = new Set();

  /** @param {HTMLElement} element @param {(labelClass: any) => import("./row.js").ClassRow} make */
  constructor(element, make) {
    this.#element = element;
    this.#make = make;
  }

  get classes() {
    return this.#ids.map((id) => this.#rows.get(id).labelClass);
  }

  get #ids() {
    return $$(":scope > [data-class]", this.#element).map((each) => Number(each.dataset.class));
  }

  /** @param {any[]} classes as the server has them @param {boolean} inOrder false: the order here is newer */
  take(classes, inOrder) {
    const ids = new Set(classes.map((each) => each.id));
    // Also the blanks of the template: an empty list is not drawn.
    for (const node of [...this.#element.childNodes]) if (!ids.has(Number(/** @type {HTMLElement} */ (node).dataset?.class))) node.remove();
    for (const id of this.#rows.keys()) if (!ids.has(id)) this.#rows.delete(id);
    for (const each of classes) {
      const known = this.#rows.get(each.id);
      if (known) known.take(each);
      else this.add(each);
    }
    if (inOrder && !$(".dragged", this.#element)) this.#sort([...ids]);
    this.mark(this.#going);
    this.#element.removeAttribute("aria-busy");
  }

  add(labelClass) {
    const row = this.#make(labelClass);
    this.#rows.set(labelClass.id, row);
    this.#element.append(row.element);
  }

  /** @param {Set<number>} going classes that are being merged or deleted */
  mark(going) {
    this.#going = going;
    for (const [id, row] of this.#rows) row.going = going.has(id);
  }

  /** @returns {number} the place that the row has now, from 1; 0 when it was the first or the last */
  move(row, step) {
    const { previousElementSibling: above, nextElementSibling: below } = row.element;
    if (!(step < 0 ? above : below)) return 0;
    put(this.#element, row.element, step < 0 ? above : below.nextElementSibling);
    return this.#ids.indexOf(row.labelClass.id) + 1;
  }

  #sort(ids) {
    let at = this.#element.firstElementChild;
    for (const id of ids) {
      const { element } = this.#rows.get(id);
      if (element === at) at = at.nextElementSibling;
      else put(this.#element, element, at);
    }
  }
}

/** The focus, and a menu that is open, stay where they are, in browsers that can do so. */
function put(list, element, before) {
  if (list.moveBefore) return list.moveBefore(element, before);
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  list.insertBefore(element, before);
  return element.contains(focused) && focused.focus();
}
