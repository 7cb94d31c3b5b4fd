import { api } from "../api/client.js";
import { isUnfinished } from "../jobs/unfinished.js";

const AT_ONCE = 5000;
const PERIOD_MS = 1500;

/** As many ids as one request may name. @param {Iterable<number>} ids @returns {{ids: number[]}[]} */
export function parts(ids) {
  const all = [...ids];
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => ({ ids: all.slice(index * AT_ONCE, (index + 1) * AT_ONCE) }));
}

/**
 * Call once for each part, one after the other, until one is refused.
 * @template Part
 * @param {Part[]} all
 * @param {(part: Part) => Promise<any>} call answers with what was changed
 * @returns {Promise<{changed: number, keys: string[], parts: Part[], error: any}>} what was done, also before an error
 */
export async function inTurn(all, call) {
  const done = { changed: 0, keys: [], parts: [], error: null };
  try {
    for (const part of all) {
      const answer = await call(part);
      done.changed += answer.changed ?? answer.deleted;
      if (answer.key) done.keys.push(answer.key);
      done.parts.push(part);
    }
  } catch (error) {
    done.error = error;
  }
  return done;
}

/**
 * What concerns many images is done by a worker: wait for it as long as the page stands.
 * @param {any} answer @param {() => void} goesOn called where it has to be waited for @param {number} [period] milliseconds
 */
export async function ended(answer, goesOn, period = PERIOD_MS) {
  if (!isUnfinished(answer)) return answer;
  const address = `/api/${"deleted" in answer ? "deletions" : "labellings"}/${answer.id}/`;
  goesOn();
  while (isUnfinished(answer)) {
    await new Promise((resolve) => setTimeout(resolve, period));
    try {
      answer = await api.get(address);
    } catch (error) {
      if (!error.passing) throw error; // otherwise the server is away; the worker is not
    }
  }
  if (answer.status === "failed") throw new Error(answer.error);
  return answer;
}
