import { sequenceOf } from "../lib/keymap.js";

/** @typedef {{name?: string, label?: string, inForce: string[]}} Command */

/**
 * Commands that have this key too, or keys that begin with it.
 * @param {string} key @param {Command[]} commands @param {{name?: string}} [but]
 */
export function clashing(key, commands, but) {
  return commands.filter((each) => (each.name === undefined || each.name !== but?.name) && each.inForce.some((other) => clash(sequenceOf(key), sequenceOf(other))));
}

/** Keys that more than one of the named commands has. @param {Command[]} commands @returns {Map<string, string[]>} key -> names */
export function allClashes(commands) {
  const named = commands.filter((each) => each.name !== undefined);
  const found = new Map();
  for (const command of named) {
    for (const key of command.inForce) {
      const others = clashing(key, named, command);
      if (others.length) found.set(sequenceOf(key).join(" "), [command, ...others].map((each) => each.name).toSorted());
    }
  }
  return found;
}

/** Those of the keys that can be in force beside this one. @param {string} key @param {string[]} keys */
export const without = (key, keys) => keys.filter((each) => !clash(sequenceOf(key), sequenceOf(each)));

const clash = (one, other) => one.slice(0, other.length).every((key, index) => key === other[index]);
