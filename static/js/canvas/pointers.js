import { on } from "../lib/dom.js";

const CLICK = 4; // CSS pixels
const ZOOM_SPEED = 0.0016;
const LINE_PIXELS = 16;
const TWICE_MS = 350;
const LONG_MS = 500;

/**
 * Mouse, pen and fingers over the stage: what the tool at hand gets, and what moves the image.
 *
 * The wheel zooms at the cursor; dragging with the middle button, with Alt and the main one, and with two fingers moves
 * the image whatever the tool; so does the main button where the tool wants nothing there. A finger that rests asks for
 * the menu, as the right button does.
 */
export class Pointers {
  #element;
  #view;
  #tool;
  #onLook;
  #onTap;
  #down = new Map();
  #moving = false; // the image, not what is on it
  #travelled = 0;
  #last = { time: -Infinity, screenX: 0, screenY: 0 };
  #resting = 0; // the timer of a finger that has not moved yet

  /**
   * @param {HTMLElement} element @param {import("./view_box.js").ViewBox} view
   * @param {{tool: () => any, onLook: () => void, onTap: (at: any) => void, onPoint: (at: any) => void}} parts `onTap`: a click that no tool wanted
   */
  constructor(element, view, { tool, onLook, onTap, onPoint }) {
    this.#element = element;
    this.#view = view;
    this.#tool = tool;
    this.#onLook = onLook;
    this.#onTap = onTap;
    on(element, "wheel", (event) => this.#wheel(event), { passive: false });
    on(element, "pointerdown", (event) => this.#pressed(event));
    on(element, "pointermove", (event) => {
      this.#moved(event);
      onPoint(this.#at(event));
    });
    on(element, "pointerup", (event) => this.#released(event));
    on(element, "pointercancel", (event) => this.#lost(event));
    on(element, "pointerleave", () => onPoint(null));
    // Some browsers send it for a finger that rests as well, others do not.
    on(element, "contextmenu", (event) => (event.pointerType === "touch" || tool()?.busy || tool()?.menu?.(this.#at(event), event)) && event.preventDefault());
  }

  #wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? LINE_PIXELS : 1;
    this.#view.zoom(Math.exp(-event.deltaY * lines * ZOOM_SPEED), this.#place(event));
    this.#onLook();
  }

  #pressed(event) {
    if (event.button > 2 || event.target.closest("button, a, input, .label-panel")) return;
    if (event.isTrusted) this.#element.setPointerCapture(event.pointerId); // there is nothing to capture of one that keys move
    this.#down.set(event.pointerId, event);
    this.#travelled = 0;
    const tool = this.#tool();
    clearTimeout(this.#resting);
    if (event.pointerType === "touch" && this.#down.size === 1) this.#resting = setTimeout(() => this.#rested(event), LONG_MS);
    if (this.#down.size > 1) {
      this.#travelled = CLICK;
      letGo(tool, true);
      this.#moving = true;
    } else if (event.button === 1 || event.altKey) {
      event.preventDefault();
      this.#moving = true;
    } else if (event.button === 0 || tool?.busy) {
      this.#moving = !tool?.down(this.#at(event));
    }
  }

  /** What it held is let go, and its menu is there. */
  #rested(event) {
    const tool = this.#tool();
    if (!tool?.menu?.(this.#at(event), event)) return;
    tool.cancel();
    this.#down.delete(event.pointerId);
  }

  #moved(event) {
    const before = this.#down.get(event.pointerId);
    if (before && distance(before, event) > CLICK) clearTimeout(this.#resting);
    if (!before || !this.#moving) {
      const tool = this.#tool();
      const all = tool?.everyMove ? (event.getCoalescedEvents?.() ?? []) : []; // browsers tell of one a frame
      for (const each of all.length ? all : [event]) tool?.move(this.#at(each), Boolean(before));
      return;
    }
    const other = [...this.#down.values()].find((each) => each.pointerId !== event.pointerId);
    const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
    if (other) this.#view.zoom(distance(event, other) / (distance(before, other) || 1), this.#place(other));
    this.#travelled += Math.abs(dx) + Math.abs(dy);
    this.#down.set(event.pointerId, event);
    if (this.#travelled <= CLICK) return;
    this.#view.pan(dx, dy);
    this.#onLook();
  }

  #released(event) {
    if (!this.#down.delete(event.pointerId)) return;
    clearTimeout(this.#resting);
    if (!this.#moving) this.#tool()?.up(this.#at(event));
    else if (this.#travelled <= CLICK && event.button === 0 && event.pointerType === "mouse") this.#tapped(event);
    if (!this.#down.size) this.#moving = false;
  }

  /** A click with Alt is the tool's, where that knows what to do with it. */
  #tapped(event) {
    const tool = this.#tool();
    if (!event.altKey || !tool?.altered) return this.#onTap(this.#place(event));
    tool.down(this.#at(event));
    return tool.up(this.#at(event));
  }

  #lost(event) {
    clearTimeout(this.#resting);
    this.#down.delete(event.pointerId);
    letGo(this.#tool());
    this.#moving = false;
  }

  /** In pixels of the image, and on the stage. */
  #at(event) {
    const { x: screenX, y: screenY } = this.#place(event);
    const { x, y, scale } = this.#view;
    const again = event.type === "pointerdown" && this.#isAgain(event, screenX, screenY);
    return { x: (screenX - x) / scale, y: (screenY - y) / scale, screenX, screenY, scale, shift: event.shiftKey, alt: event.altKey, button: event.button, touch: event.pointerType === "touch", again };
  }

  /** The second press of a double click. */
  #isAgain({ timeStamp }, screenX, screenY) {
    const { time, screenX: x, screenY: y } = this.#last;
    this.#last = { time: timeStamp, screenX, screenY };
    return timeStamp - time < TWICE_MS && Math.hypot(screenX - x, screenY - y) < CLICK;
  }

  #place({ clientX, clientY }) {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}

/** What is pressed does not count. Tools that can go on afterwards keep the rest; of others the first finger has added a point. */
function letGo(tool, add = false) {
  if (tool?.pause) tool.pause();
  else if (add && tool?.busy && tool.back) tool.back();
  else tool?.cancel();
}

function distance(a, b) {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
}
