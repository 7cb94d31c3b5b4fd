import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { toast } from "../widgets/toast.js";

/** Whose part of the images this queue is, and that it is done. */
class AssignmentNote {
  #note;
  #panel = $("[data-panel=assigned]");
  #address;

  /** @param {HTMLElement} note @param {number} id of the assignment */
  constructor(note, id) {
    this.#note = note;
    this.#address = `/api/assignments/${id}/`;
    on(this.#panel, "click", "[data-look-through]", () => (this.#panel.hidden = true));
    on(this.#panel, "click", "[data-finish-assignment]", (_event, button) => this.#finish(button));
    this.#show();
  }

  async #show() {
    const row = await api.get(this.#address).catch(() => null);
    if (!row) return; // the queue says that there is nothing
    this.#note.hidden = false;
    this.#note.title = [row.assignee?.name, row.note].filter(Boolean).join(" · ");
    $("[data-assignment-name]", this.#note).textContent = interpolate(gettext("Assignment %s"), [row.number]);
  }

  async #finish(button) {
    button.disabled = true;
    try {
      await api.put(`${this.#address}completion/`);
      location.assign(button.dataset.next);
    } catch (error) {
      button.disabled = false;
      toast(error.message, { kind: "error" });
    }
  }
}

attach("data-assignment", (note) => {
  const id = Number(new URLSearchParams(location.search).get("assignment"));
  if (id) new AssignmentNote(note, id);
});
