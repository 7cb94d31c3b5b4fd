import { areaOf, sizeOf } from "../canvas/area_of.js";
import { kindOf } from "../canvas/kinds/index.js";

/**
 * What somebody looks for among the shapes of an image: `class:car area>500 source:auto occluded:yes colour:red`. All
 * parts must be true of a shape; plain words are of names of classes and of values; a minus before a part turns it round.
 * Knows no DOM.
 */

const PART = /-?(?:[^\s":<>=!]+(?:!=|>=|<=|[:=<>]))?(?:"[^"]*"?|[^\s"]+)/g;
const FIELD = /^([^\s":<>=!]+)(!=|>=|<=|[:=<>])(.*)$/s;
const YES = new Set(["yes", "true", "1", "y"]);
const NO = new Set(["no", "false", "0", "n"]);

const NUMBERS = {
  area: (each) => areaOf(each),
  width: (each) => sizeOf(each)[0],
  height: (each) => sizeOf(each)[1],
  x: (each) => kindOf(each.shape).bounds(each.geometry)[0],
  y: (each) => kindOf(each.shape).bounds(each.geometry)[1],
  score: (each) => each.score,
  z: (each) => each.z_order ?? 0,
  group: (each) => each.group ?? null,
};
const TEXTS = {
  class: (each, { classes }) => classes.get(each.class)?.name ?? "",
  shape: (each) => each.shape,
  source: (each) => each.source ?? "manual",
  id: (each) => each.id,
};
const FLAGS = {
  occluded: (each) => Boolean(each.occluded),
  grouped: (each) => Boolean(each.group),
  hidden: (each, { aside }) => aside.hidden.has(each.id),
  locked: (each, { aside }) => aside.locked.has(each.id),
};

/**
 * @param {string} text
 * @returns {{wanted: (annotation: any, known: {classes: Map<number, any>, aside: any}) => boolean, problem: string|null}}
 *   `problem`: what cannot be understood; it is left out then
 */
export function queryOf(text) {
  const tests = [];
  let problem = null;
  for (const part of text.match(PART) ?? []) {
    const not = part.length > 1 && part.startsWith("-") && !/^-[\d.]/.test(part);
    const made = testOf(not ? part.slice(1) : part);
    if (!made) problem ??= part;
    else tests.push(not ? (each, known) => !made(each, known) : made);
  }
  return { wanted: (each, known) => tests.every((test) => test(each, known)), problem };
}

/** @returns {((each: any, known: any) => boolean)|null} */
function testOf(part) {
  const found = FIELD.exec(part);
  if (!found) return wordTest(bare(part));
  const [, name, sign, rest] = found;
  const field = name.toLowerCase();
  const value = bare(rest);
  if (!value) return () => true; // it is still being typed
  if (Object.hasOwn(FLAGS, field)) return flagTest(FLAGS[field], sign, value);
  if (Object.hasOwn(NUMBERS, field)) return numberTest(NUMBERS[field], sign, value);
  if (Object.hasOwn(TEXTS, field)) return textTest((each, known) => [TEXTS[field](each, known)], sign, value);
  return attributeTest(field, sign, value);
}

const bare = (text) => text.replace(/^"|"$/g, "").toLowerCase();

function wordTest(word) {
  return (each, { classes }) => [classes.get(each.class)?.name ?? "", ...Object.values(each.attributes ?? {}).filter((value) => typeof value !== "boolean")].some((value) => String(value).toLowerCase().includes(word));
}

function flagTest(of, sign, value) {
  if (!":=".includes(sign) || (!YES.has(value) && !NO.has(value))) return null;
  return (each, known) => of(each, known) === YES.has(value);
}

function numberTest(of, sign, value) {
  const wanted = Number(value);
  if (Number.isNaN(wanted)) return null;
  return (each) => {
    const number = of(each);
    return number === null || number === undefined ? sign === "!=" : compared(number, sign, wanted);
  };
}

/** A colon finds a part of a text, an equals sign the whole. */
function textTest(of, sign, value) {
  if ("<>".includes(sign[0])) return null;
  return (each, known) => {
    const texts = of(each, known).map((text) => String(text).toLowerCase());
    const found = texts.some((text) => (sign === ":" ? text.includes(value) : text === value));
    return sign === "!=" ? !found : found;
  };
}

/** Whatever is no field of all shapes is an attribute of some. */
function attributeTest(field, sign, value) {
  const of = (each) => Object.entries(each.attributes ?? {}).filter(([name]) => name.toLowerCase() === field).map(([, given]) => given);
  if ("<>".includes(sign[0])) return Number.isNaN(Number(value)) ? null : (each) => of(each).some((given) => typeof given === "number" && compared(given, sign, Number(value)));
  const spoken = (given) => (typeof given === "boolean" ? [String(given), given ? "yes" : "no"] : [given]);
  return textTest((each) => of(each).flatMap(spoken), sign, value);
}

function compared(number, sign, wanted) {
  if (sign === ">") return number > wanted;
  if (sign === "<") return number < wanted;
  if (sign === ">=") return number >= wanted;
  if (sign === "<=") return number <= wanted;
  return (number === wanted) !== (sign === "!=");
}
