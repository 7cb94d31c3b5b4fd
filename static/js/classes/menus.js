import { $$, h, on } from "../lib/dom.js";

/** Colours that stay distinct for colour-blind eyes, and any other. */
export function colorMenu(id, palette, chosen, choose) {
  const other = /** @type {HTMLInputElement} */ (h("input", { type: "color", value: chosen, "aria-label": gettext("Another colour") }));
  on(other, "change", () => choose(other.value));
  return h("div", { class: "menu", id, popover: "auto", "aria-label": gettext("Colour") }, [
    h("div", { class: "color-choices" }, palette.map((color) => {
      const swatch = h("button", { class: "class-color", type: "button", "aria-label": color, title: color, on: { click: () => choose(color) } });
      swatch.style.setProperty("--chip-color", color);
      return swatch;
    })),
    h("label", { class: "row menu-title" }, [gettext("Another colour"), other]),
  ]);
}

/** Which shapes the class may have; none chosen means every shape. */
export function shapesMenu(id, shapes, chosen, choose) {
  const menu = h("div", { class: "menu", id, popover: "auto", "aria-label": gettext("Shapes") }, [
    h("p", { class: "menu-title" }, gettext("Allowed shapes (none: every)")),
    h("div", { class: "shape-choices" }, shapes.map((shape) =>
      h("label", { class: "checkbox" }, [h("input", { type: "checkbox", value: shape, checked: chosen.includes(shape) }), shape.replace("_", " ")]),
    )),
  ]);
  on(menu, "change", () => choose($$("input:checked", menu).map((input) => input.value)));
  return menu;
}
