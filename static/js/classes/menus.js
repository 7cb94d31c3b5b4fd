import { shapeName } from "../lib/annotation_words.js";
import { $$, h, on } from "../lib/dom.js";

/** Colours that stay distinct for colour-blind eyes, and any other. */
export function colorMenu(id, palette, chosen, choose) {
  const other = /** @type {HTMLInputElement} */ (h("input", { type: "color", value: chosen, "aria-label": gettext("Another colour") }));
  on(other, "change", () => choose(other.value));
  const element = h("div", { class: "menu", id, popover: "auto", "aria-label": gettext("Colour") }, [
    h("div", { class: "color-choices" }, palette.map((color) => {
      const swatch = h("button", { class: "class-color", type: "button", "aria-label": color, title: color, on: { click: () => choose(color) } });
      swatch.style.setProperty("--chip-color", color);
      return swatch;
    })),
    h("label", { class: "row menu-title" }, [gettext("Another colour"), other]),
  ]);
  return { element, choose: (color) => (other.value = color) };
}

/** Which shapes the class may have; none chosen means every shape. */
export function shapesMenu(id, shapes, chosen, choose) {
  const inputs = shapes.map((shape) => h("input", { type: "checkbox", value: shape, checked: chosen.includes(shape) }));
  const element = h("div", { class: "menu", id, popover: "auto", "aria-label": gettext("Shapes") }, [
    h("p", { class: "menu-title" }, gettext("Allowed shapes (none: every)")),
    h("div", { class: "shape-choices" }, inputs.map((input) => h("label", { class: "checkbox" }, [input, shapeName(input.value)]))),
  ]);
  on(element, "change", () => choose($$("input:checked", element).map((input) => input.value)));
  return {
    element,
    choose: (now) => {
      // Whoever ticks one after the other is ahead of what was saved.
      if (!element.matches(":popover-open")) for (const input of inputs) input.checked = now.includes(input.value);
    },
  };
}
