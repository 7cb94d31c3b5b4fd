/**
 * The labels of images, as this page knows them. It knows no DOM and no network: whoever wants to know observes it.
 *
 * Every change has an origin: "local" (a person did it here), "history" (undo and redo) or "remote" (the server, or
 * another tab). Observers get {image, origin, upsert, delete, before, status, statusBefore, suggestions,
 * suggestionsBefore}.
 */
export class Store {
  #images = new Map();
  #observers = new Set();

  /** @param {(event: any) => void} observer @returns {() => void} ends it */
  observe(observer) {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  has(image) {
    return this.#images.has(image);
  }

  /** Take what the server says about an image, in place of what was known. */
  load(image, { status, annotations, suggestions }) {
    const known = this.#images.get(image);
    this.#images.set(image, {
      status,
      annotations: new Map(annotations.map((each) => [each.id, each])),
      suggestions: suggestions ? new Map(suggestions.map((each) => [each.id, each])) : (known?.suggestions ?? new Map()),
    });
    this.#tell({ image, origin: "remote", upsert: annotations, delete: [], before: [], status, statusBefore: known?.status });
  }

  forget(image) {
    this.#images.delete(image);
  }

  status(image) {
    return this.#images.get(image)?.status;
  }

  annotations(image) {
    return [...(this.#images.get(image)?.annotations.values() ?? [])];
  }

  annotation(image, id) {
    return this.#images.get(image)?.annotations.get(id);
  }

  /** Open ones, best first. */
  suggestions(image) {
    return [...(this.#images.get(image)?.suggestions.values() ?? [])]
      .filter((each) => each.state === "open")
      .sort((a, b) => b.score - a.score);
  }

  /**
   * One gesture is one change.
   * @param {number} image
   * @param {import("./change.js").Change} change
   * @param {"local"|"history"|"remote"} origin
   */
  change(image, { upsert = [], delete: gone = [], status, suggestions = {}, comment }, origin) {
    const labels = this.#images.get(image);
    if (!labels) throw new Error(`The labels of image ${image} are not loaded.`);
    const ids = new Set([...gone, ...upsert.map((each) => each.id)]);
    const before = [...ids].map((id) => labels.annotations.get(id)).filter(Boolean);
    const removed = gone.filter((id) => labels.annotations.delete(id));
    for (const each of upsert) labels.annotations.set(each.id, each);
    const statusBefore = labels.status;
    labels.status = status ?? following(statusBefore, upsert, removed, labels.annotations.size);
    const suggestionsBefore = {};
    for (const [id, state] of Object.entries(suggestions)) {
      const suggestion = labels.suggestions.get(id);
      if (!suggestion) continue;
      suggestionsBefore[id] = suggestion.state;
      labels.suggestions.set(id, { ...suggestion, state });
    }
    this.#tell({ image, origin, upsert, delete: removed, before, status: labels.status, statusBefore, suggestions, suggestionsBefore, comment });
  }

  #tell(event) {
    for (const observer of this.#observers) observer(event);
  }
}

/** As the server decides it when a change names no status. */
function following(status, upsert, removed, left) {
  if (!upsert.length && !removed.length) return status;
  if (status === "approved") return "labelled";
  return status === "new" && left ? "in_progress" : status;
}
