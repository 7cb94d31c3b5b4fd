import { $$ } from "./dom.js";

const CONTROLS = "a, button, input, select, textarea";

/**
 * Show these rows in a list, each known by its `data-row`. What is there already is touched only where it differs, so
 * that a press, a selection of text, the focus and what has been read aloud survive. A control that looks the same is
 * kept with its listeners: they must go by what the row is, not by how it stood.
 * @param {HTMLElement} list @param {HTMLElement[]} rows
 */
export function redraw(list, rows) {
  keepFocus(list, () => {
    const old = new Map([...list.children].map((each) => [/** @type {HTMLElement} */ (each).dataset.row, each]));
    const wanted = new Set(rows.map((row) => row.dataset.row));
    for (const [name, each] of old) if (!wanted.has(name)) each.remove();
    let last = null;
    for (const row of rows) {
      const known = old.get(row.dataset.row);
      const shown = known ? renew(known, row) : row;
      const next = last ? last.nextElementSibling : list.firstElementChild;
      if (shown !== next) list.insertBefore(shown, next);
      last = shown;
    }
  });
}

/**
 * Make one element look like another, replacing as little of it as possible.
 * @param {any} old @param {any} fresh @returns {any} the one of them that is in the page now
 */
export function renew(old, fresh) {
  if (old.isEqualNode(fresh)) return old;
  const parts = [...fresh.childNodes];
  const alike = parts.length > 0 && parts.length === old.childNodes.length && !fresh.matches(CONTROLS) && old.cloneNode().isEqualNode(fresh.cloneNode());
  if (!alike) {
    old.replaceWith(fresh);
    return fresh;
  }
  [...old.childNodes].forEach((part, index) => renew(part, parts[index]));
  return old;
}

/** Where the change takes away what has the focus, what has taken its place gets it: the same `data-key` or link. */
export function keepFocus(place, change) {
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const mark = place.contains(focused) && markOf(focused);
  change();
  if (mark && !focused.isConnected) $$("[data-key], [href]", place).find((each) => markOf(each) === mark)?.focus({ preventScroll: true });
}

const markOf = (element) => element.dataset.key ?? element.getAttribute("href");
