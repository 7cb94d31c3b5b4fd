import { api } from "../api/client.js";
import { attach } from "../lib/attach.js";
import { $, on } from "../lib/dom.js";
import { toast } from "../widgets/toast.js";

/** All images of a round are labelled: one says that one is done, or looks through them once more. */
attach("data-finish-round", (button) => {
  const panel = button.closest("[data-panel]");
  on($("[data-look-through]", panel), "click", () => (panel.hidden = true));
  on(button, "click", async () => {
    button.disabled = true;
    try {
      await api.put(`/api/rounds/${button.dataset.finishRound}/completion/`);
      location.assign(button.dataset.next);
    } catch (error) {
      button.disabled = false;
      toast(error.message, { kind: "error" });
    }
  });
});
