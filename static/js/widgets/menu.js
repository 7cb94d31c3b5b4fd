import { $$ } from "../lib/dom.js";

const GAP = 4;

/** Wires every popover menu: it stands at its button, arrow keys walk through it, choosing closes it. */
export function wireMenus() {
  document.addEventListener("toggle", (event) => event.target instanceof Element && toggled(event), true);
  document.addEventListener("keydown", walk);
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const menu = target.closest?.(".menu[popover]");
    if (menu && target.closest("a, button:not([data-stay])")) /** @type {HTMLElement} */ (menu).hidePopover();
  });
}

function toggled(event) {
  const menu = event.target;
  if (!menu.matches(".menu[popover]")) return;
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  opener?.setAttribute("aria-expanded", String(event.newState === "open"));
  if (event.newState !== "open" || !opener) return;
  place(menu, opener.getBoundingClientRect());
  items(menu)[0]?.focus();
}

/** Below its button where there is room, else above; always inside the window. */
function place(menu, anchor) {
  const box = menu.getBoundingClientRect();
  const below = anchor.bottom + GAP;
  const top = below + box.height > innerHeight ? Math.max(GAP, anchor.top - GAP - box.height) : below;
  const start = anchor.left + box.width > innerWidth - GAP ? anchor.right - box.width : anchor.left;
  menu.style.setProperty("top", `${top}px`);
  menu.style.setProperty("left", `${Math.max(GAP, start)}px`);
}

function walk(event) {
  const menu = event.target.closest?.(".menu[popover]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step || event.target.matches("input, textarea, select")) return;
  const all = items(menu);
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
  event.preventDefault();
}

function items(menu) {
  return $$("input, a[href], button:not(:disabled)", menu);
}
