/** Small ways to make and find elements. */

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, any>|null} [props] attributes; `class`, `dataset`, `style` (custom properties only) and
 *   `on` (event name -> listener) are understood; true sets an empty attribute, false, null and undefined set none.
 * @param {...(Node|string|number|null|undefined|false|Array<any>)} children
 * @returns {any} an element; which kind only the caller knows
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  return fill(element, children);
}

/** Put these in the place of what is in an element; null, undefined and false are left out, arrays are flattened. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** Change a text only where it differs: what is written into a live region is read aloud each time. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Change an attribute only where it differs: each change makes the browser look for styles again. */
export function put(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function set(element, name, value) {
  if (value == null || value === false) return;
  if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "style") for (const [key, each] of Object.entries(value)) element.style.setProperty(key, each);
  else if (name === "on") for (const [event, listener] of Object.entries(value)) on(element, event, listener);
  else if (["value", "checked", "disabled", "selected", "indeterminate", "htmlFor"].includes(name)) element[name] = value;
  else element.setAttribute(name === "className" ? "class" : name, value === true ? "" : String(value));
}

/**
 * Listen; answers a function that ends it. With a selector, listens to what is inside.
 * @param {EventTarget} target
 * @param {string} event
 * @param {((event: any) => void)|string} listener or a selector, then `inner` is the listener
 * @param {any} [inner]
 */
export function on(target, event, listener, inner) {
  if (typeof listener !== "string") {
    target.addEventListener(event, listener, inner);
    return () => target.removeEventListener(event, listener, inner);
  }
  const delegate = (happened) => {
    const found = happened.target.closest?.(listener);
    if (found && /** @type {Node} */ (target).contains(found)) inner(happened, found);
  };
  target.addEventListener(event, delegate);
  return () => target.removeEventListener(event, delegate);
}

/** @param {string} selector @param {any} [root] @returns {any} the first element, or null */
export const $ = (selector, root = document) => root.querySelector(selector);

/** @param {string} selector @param {any} [root] @returns {any[]} */
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
