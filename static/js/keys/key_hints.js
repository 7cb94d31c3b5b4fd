import { $$ } from "../lib/dom.js";
import { keyText } from "../lib/key_words.js";

const HINT = /\s*\([^()]*\)$/;

/**
 * Says on buttons which keys are in force: in the title, behind what is said there, and in a <kbd> of the button. A
 * button names its commands by `data-command`, or else by the verb or the tool it is for.
 * @param {any} root @param {{name?: string, inForce: string[]}[]} commands
 */
export function showKeys(root, commands) {
  const keys = new Map(commands.filter((each) => each.name !== undefined).map((each) => [each.name, each.inForce]));
  for (const element of $$("[data-command], [data-verb], [data-tool]", root)) {
    const { command, verb, tool } = element.dataset;
    const names = (command ?? verb ?? `tool:${tool}`).split(" ");
    if (!names.some((name) => keys.has(name))) continue;
    const first = names.flatMap((name) => keys.get(name)?.slice(0, 1) ?? []);
    if (element.title) element.title = hinted(element.title, first);
    const shown = element.matches("kbd") ? [element] : $$("kbd", element);
    for (const kbd of shown) {
      kbd.textContent = first.map((each) => keyText(each, { short: true })).join(" ");
      kbd.hidden = !first.length;
    }
  }
}

/** A title with these keys in place of others. @param {string} title @param {string[]} keys */
export function hinted(title, keys) {
  const said = title.replace(HINT, "");
  return keys.length ? `${said} (${keys.map((each) => keyText(each)).join(" ")})` : said;
}
