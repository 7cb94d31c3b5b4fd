import { $ } from "../lib/dom.js";

/** Why the image was sent back, in the words of who sent it. */
export class ReviewNote {
  #element;
  #api;
  #image = null;

  constructor(element, api) {
    this.#element = element;
    this.#api = api;
  }

  async show(item, status) {
    this.#element.hidden = true;
    const image = status === "sent_back" ? item.id : null;
    if (this.#image !== image) {
      this.#image = image;
      $("p", this.#element).textContent = "";
      if (image === null) return;
      const { results } = await this.#api.get(`/api/images/${image}/reviews/`).catch(() => ({ results: null }));
      if (this.#image !== image) return;
      if (!results) return void (this.#image = null); // asked for again the next time
      const [last] = results;
      $("p", this.#element).textContent = last?.comment ? `${last.author}: ${last.comment}` : "";
    }
    this.#element.hidden = !$("p", this.#element).textContent;
  }
}
