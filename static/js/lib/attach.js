/**
 * Give every element with a data- attribute its widget.
 * @param {string} attribute for example "data-gallery"
 * @param {(element: any) => any} make
 */
export function attach(attribute, make) {
  for (const element of document.querySelectorAll(`[${attribute}]`)) make(element);
}
