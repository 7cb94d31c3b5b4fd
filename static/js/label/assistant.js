import { api } from "../api/client.js";
import { inside } from "../canvas/inside.js";
import { areaMask } from "../canvas/mask/area.js";
import { toast } from "../widgets/toast.js";

const AREAS = ["mask", "polygon", "box", "rotated_box", "ellipse"];
const LATE = () => gettext("The answer came when another image was at hand, so nothing was drawn.");

/** What the smart tools ask the server for, and what becomes of the answers: shapes of the class at hand. */
export class Assistant {
  /** Whether areas are wanted as polygons, where a class allows masks as well. */
  polygons = false;
  #stage;
  #sitting;
  #classes;
  #chosen;
  #asking = 0;
  #observers = new Set();

  /**
   * @param {import("../canvas/stage.js").Stage} stage @param {any} sitting @param {import("./classes.js").Classes} classes
   * @param {() => number|null} chosen the class of what is drawn next
   */
  constructor(stage, sitting, classes, chosen) {
    this.#stage = stage;
    this.#sitting = sitting;
    this.#classes = classes;
    this.#chosen = chosen;
  }

  /** Whether an answer is on its way. */
  get asking() {
    return this.#asking > 0;
  }

  observe(observer) {
    this.#observers.add(observer);
  }

  tell() {
    for (const observer of this.#observers) observer();
  }

  /** As what an area is drawn: what is wanted, or else what the class at hand allows; null where that is no area. */
  get shape() {
    const wanted = this.polygons ? ["polygon", ...AREAS] : AREAS;
    const { shapes } = this.#class ?? {};
    return wanted.find((each) => !shapes?.length || shapes.includes(each)) ?? null;
  }

  /** As which of some shapes something is drawn. @param {string[]} shapes first what is wanted most */
  among(shapes) {
    const allowed = this.#class?.shapes;
    return shapes.find((each) => !allowed?.length || allowed.includes(each)) ?? null;
  }

  /**
   * What a tool finds on the image at hand.
   * @param {string} tool @param {any} input @param {AbortSignal} [signal]
   * @returns {Promise<any[]|null>} shapes; null where it failed, which is said, or was given up
   */
  async ask(tool, input, signal) {
    return this.during(async () => (await api.post(`/api/images/${this.#stage.item.id}/assist/`, { tool, input }, { signal })).results);
  }

  /** What is shown as being on its way. @template Answer @param {() => Promise<Answer>} ask @returns {Promise<Answer|null>} */
  async during(ask) {
    this.#asking += 1;
    this.tell();
    try {
      return await ask();
    } catch (error) {
      if (error.name !== "AbortError") toast(error.message, { kind: "error" });
      return null;
    } finally {
      this.#asking -= 1;
      this.tell();
    }
  }

  /** What was found becomes a label. @param {any} item the image it was found on @param {{shape: string, geometry: any}} found */
  take(item, { shape, geometry }) {
    if (item !== this.#stage.item) return void toast(LATE());
    const label = this.#chosen();
    const kept = inside(shape, geometry, item);
    if (label === null) toast(gettext("There is no class for this shape yet. Add one at the right first."), { kind: "error" });
    else if (!this.among([shape])) this.notForAreas(); // another class was chosen since it was asked for
    else if (kept) this.#stage.selection.set(this.#sitting.draw([{ class: label, shape, geometry: kept, source: "semi-auto" }]));
    return undefined;
  }

  /** An outline that somebody has drawn with a tool's help. @param {any} item @param {string} shape polyline, polygon or mask @param {number[][]} points */
  drawn(item, shape, points) {
    const size = /** @type {[number, number]} */ ([item.height, item.width]);
    const geometry = shape === "polyline" ? { points } : shape === "mask" ? areaMask(size, [points]) : { rings: [points] };
    this.take(item, { shape, geometry });
  }

  /** Shapes in another form, in one change. @param {any} item @param {{id: string, shape: string, geometry: any}[]} reshaped */
  reshape(item, reshaped) {
    if (item !== this.#stage.item) return void toast(LATE());
    const made = reshaped.map((each) => ({ ...each, geometry: inside(each.shape, each.geometry, item), source: "semi-auto" }));
    const real = made.filter((each) => each.geometry);
    if (real.length) this.#stage.selection.set(this.#sitting.revise({ reshaped: real }));
    return undefined;
  }

  nothing() {
    toast(gettext("Nothing stands out there. Draw the box closer around the thing."), { seconds: 4 });
  }

  notForAreas() {
    toast(interpolate(gettext("The class “%s” is not for areas. Choose another at the right."), [this.#class?.name ?? ""]), { seconds: 4 });
  }

  get #class() {
    const label = this.#chosen();
    return label === null ? undefined : this.#classes.byId.get(label);
  }
}
