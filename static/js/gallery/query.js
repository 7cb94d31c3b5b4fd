const MANY = ["status", "class", "split", "source", "comments", "assignment", "labelled_by", "reviewed_by"];

/** What the gallery shows: filters, words and order. The address of the page says the same. */
export class Query {
  /** @param {string} text of an address, as "?status=new&search=cat" */
  constructor(text = "") {
    const params = new URLSearchParams(text);
    /** @type {Record<string, string[]>} */
    this.chosen = Object.fromEntries(MANY.map((key) => [key, params.getAll(key)]));
    this.search = params.get("search") ?? "";
    this.trashed = params.get("trashed") === "1";
    this.ordering = params.get("ordering") ?? "-id";
  }

  /** Whether anything narrows the list (the trash is a place of its own). */
  get narrowed() {
    return Boolean(this.search) || MANY.some((key) => this.chosen[key].length);
  }

  toggle(key, value) {
    const values = this.chosen[key];
    this.chosen[key] = values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
  }

  only(key, value) {
    this.chosen[key] = value == null ? [] : [value];
  }

  clear() {
    for (const key of MANY) this.chosen[key] = [];
    this.search = "";
  }

  /** As the API takes filters in a body. */
  get filters() {
    const filters = {};
    for (const key of MANY) if (this.chosen[key].length) filters[key] = this.chosen[key];
    if (this.search) filters.search = this.search;
    return filters;
  }

  /** @param {boolean} [withOrdering] */
  params(withOrdering = true) {
    const params = new URLSearchParams();
    for (const key of MANY) for (const value of this.chosen[key]) params.append(key, value);
    if (this.search) params.set("search", this.search);
    if (this.trashed) params.set("trashed", "1");
    if (withOrdering && this.ordering !== "-id") params.set("ordering", this.ordering);
    return params;
  }
}
