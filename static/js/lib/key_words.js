const names = () => ({
  arrowleft: "←", arrowright: "→", arrowup: "↑", arrowdown: "↓", escape: gettext("Esc"), space: gettext("Space"), delete: gettext("Del"),
  enter: gettext("Enter"), backspace: gettext("Backspace"), pageup: gettext("Page up"), pagedown: gettext("Page down"), home: gettext("Home"), end: gettext("End"),
  mod: gettext("Ctrl"), alt: gettext("Alt"), shift: gettext("Shift"),
});
const SIGNS = { shift: "⇧", enter: "↵", backspace: "⌫" };
const APPLES = { mod: "⌘", alt: "⌥", shift: "⇧" };

/**
 * Keys as people read them, a text for each of a sequence: "mod+k" is "Ctrl+K", or "⌘K" on a Mac.
 * @param {string} keys @param {{short?: boolean, apple?: boolean}} [how] `short`: signs, for the face of a button
 */
export function keyParts(keys, { short = false, apple = /Mac|iPhone|iPad/.test(navigator.platform) } = {}) {
  const words = { ...names(), ...(short ? SIGNS : {}), ...(apple ? APPLES : {}) };
  return keys.split(" ").map((chord) =>
    chord.split(/\+(?=.)/).map((part) => words[part.toLowerCase()] ?? part[0].toUpperCase() + part.slice(1)).join(apple || (short && /^shift\+\w+$/i.test(chord)) ? "" : "+"),
  );
}

/** @param {string} keys @param {any} [how] see `keyParts` */
export const keyText = (keys, how) => keyParts(keys, how).join(" ");
