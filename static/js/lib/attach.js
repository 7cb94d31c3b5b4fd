/**
 * Give every element with a data- attribute its widget, once; also those that htmx brings later.
 * @param {string} attribute for example "data-gallery"
 * @param {(element: any) => any} make
 */
export function attach(attribute, make) {
  const attached = new WeakSet();
  const scan = (root) => {
    const found = [...root.querySelectorAll(`[${attribute}]`)];
    if (root instanceof Element && root.matches(`[${attribute}]`)) found.unshift(root);
    for (const element of found) {
      if (attached.has(element)) continue;
      attached.add(element);
      make(element);
    }
  };
  scan(document);
  document.addEventListener("htmx:load", (event) => scan(event.target));
}
