import { api } from "../api/client.js";
import { number } from "../lib/format.js";
import { toast } from "../widgets/toast.js";

export const WAYS = ["colour", "watershed", "template"];

/** Suggests all that is like the selected shape, on the image at hand. */
export class FindLike {
  #page;
  #way = 0; // that was used last

  /** @param {any} page whose parts it works on */
  constructor(page) {
    this.#page = page;
  }

  /** @param {number} [way] place in WAYS; the one before where it is left out */
  async find(way = this.#way) {
    this.#way = way;
    const { drawing, sitting, sync } = this.#page;
    const { stage, shaping, smart } = drawing;
    const { item, mayEdit } = stage;
    if (!item || !mayEdit) return;
    const [like, ...others] = shaping.selected;
    if (!like || others.length) return void toast(gettext("Select one shape that others are to be like."), { seconds: 3 });
    sitting.reopen();
    const before = new Set(sitting.open.map((each) => each.id));
    const answer = await smart.assistant.during(async () => {
      await sync.flush(); // what is labelled already is not suggested
      return api.post(`/api/images/${item.id}/suggestions/`, { tool: WAYS[way], class: like.class, shape: like.shape, geometry: like.geometry });
    });
    if (!answer) return;
    if (item === stage.item) await sync.load(item.id).catch((error) => toast(error.message, { kind: "error" }));
    this.#tell(answer.results.filter((each) => !before.has(each.id)), sitting.threshold);
  }

  #tell(found, threshold) {
    const seen = found.filter((each) => each.score >= threshold).length;
    if (!found.length) toast(gettext("Nothing else is like it. Try another way to look for it."), { seconds: 4 });
    else if (seen < found.length) toast(interpolate(gettext("%(all)s found; %(seen)s of them from the score on that is chosen at the right."), { all: number(found.length), seen: number(seen) }, true), { seconds: 4 });
    else toast(interpolate(ngettext("%s found. Y accepts it.", "%s found. Y accepts them all.", seen), [number(seen)]), { seconds: 4 });
  }
}
