/**
 * The filters that are chosen in a [data-filters] fieldset, as the API takes them.
 * @param {HTMLFormElement} form
 * @returns {Record<string, any>}
 */
export function readFilters(form) {
  const data = new FormData(form);
  const filters = {};
  const status = String(data.get("status") ?? "");
  if (status) filters.status = status.split(",");
  if (data.get("class")) filters.class = [Number(data.get("class"))];
  if (data.get("split")) filters.split = [data.get("split")];
  const search = String(data.get("search") ?? "").trim();
  if (search) filters.search = search;
  return filters;
}
