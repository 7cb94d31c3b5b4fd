const OWN = new Set(["image"]);

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
  return [...query.keys()].some((name) => !["order", "seed"].includes(name));
}
