import { $, on } from "../lib/dom.js";
import { ApiError } from "../api/client.js";
import { once } from "../widgets/busy.js";

/** A class made right there, without leaving the image. */
export class NewClass {
  /** @param {HTMLFormElement} form @param {{post: Function}} api @param {number} project @param {(label: any) => void} made */
  constructor(form, api, project, made) {
    const input = $("input", form);
    const problem = $(".field-error", form);
    const make = async (name) => {
      problem.textContent = "";
      try {
        made(await api.post(`/api/projects/${project}/classes/`, { name }));
        input.value = "";
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        problem.textContent = error.message;
      }
    };
    on(form, "submit", async (event) => {
      event.preventDefault();
      const name = input.value.trim();
      if (name) await once($("button", form), () => make(name));
      input.focus();
    });
    on(input, "keydown", (event) => event.key === "Escape" && input.blur());
  }
}
