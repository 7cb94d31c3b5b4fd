/**
 * Whether an entry of the journal was made on top of another one of the same tab, and both on the same revision: once
 * the first is saved, the other stands on that. What another tab made, or what was made on an older revision, may not
 * know what the saved one contains: that is found out when it is sent.
 */
export function madeOn(first, later) {
  return later.image === first.image && later.tab === first.tab && later.base === first.base;
}
