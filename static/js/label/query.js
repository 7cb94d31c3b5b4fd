import { UNLABELLED } from "../lib/image_choices.js";

const OWN = new Set(["image"]);
const PLACE = ["order", "seed", "assignment", "round"]; // in which images, and in which order; no filter of these

/** What of the page's address is the queue's: order, seed and filters. */
export function queueQuery(search) {
  const query = new URLSearchParams(search);
  for (const name of OWN) query.delete(name);
  if (query.get("order") === "random" && !query.has("seed")) query.set("seed", String(Math.floor(Math.random() * 2 ** 31)));
  return query;
}

export function imageIn(search) {
  return Number(new URLSearchParams(search).get("image")) || null;
}

/** The page's address with this image. */
export function addressFor(query, image) {
  const all = new URLSearchParams(query);
  if (image) all.set("image", String(image));
  return `?${all}`;
}

/** Whether somebody chose what to see: then the queue begins at its beginning, else at the first unlabelled image. */
export function isFiltered(query) {
  return [...query.keys()].some((name) => !PLACE.includes(name));
}

const SHOWN = {
  all: [],
  unlabelled: UNLABELLED,
  labelled: ["labelled"],
  sent_back: ["sent_back"],
  approved: ["approved"],
};

/** Which of the page's choices of images this is; any other filter is "custom". */
export function shown(query) {
  const filters = new Set([...query.keys()].filter((name) => !PLACE.includes(name)));
  const statuses = query.getAll("status");
  if (filters.size === 1 && query.get("suggested")) return "suggested";
  if (filters.size === 1 && String(query.getAll("comments")) === "open") return "commented";
  if (filters.size > (statuses.length ? 1 : 0)) return "custom";
  const same = ([, values]) => values.length === statuses.length && values.every((each) => statuses.includes(each));
  return Object.entries(SHOWN).find(same)?.[0] ?? "custom";
}

/** The queue that somebody chose: filters that are not on the page stay only as long as no others are chosen. */
export function chosenQuery(query, order, show) {
  const next = new URLSearchParams(show === "custom" ? query : "");
  for (const name of PLACE) next.delete(name);
  for (const name of ["assignment", "round"]) if (query.has(name)) next.set(name, query.get(name));
  if (order !== "name") next.set("order", order);
  if (show === "suggested") next.set("suggested", "1");
  if (show === "commented") next.set("comments", "open");
  for (const status of SHOWN[show] ?? []) next.append("status", status);
  return next;
}
