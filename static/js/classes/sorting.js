/**
 * Lets rows of a list be dragged by a handle, with mouse, pen or finger.
 * @param {HTMLElement} list
 * @param {string} handle selector of the handle inside a row
 * @param {() => void} onSorted called after a drag that changed the order
 */
export function makeSortable(list, handle, onSorted) {
  list.addEventListener("pointerdown", (event) => {
    const row = /** @type {Element} */ (event.target).closest(handle)?.closest("li");
    if (!row || event.button) return;
    event.preventDefault();
    const before = [...list.children];
    const dragging = new AbortController();
    const drag = (moved) => moved.pointerId === event.pointerId && moveTo(list, row, moved.clientY);
    const end = (ended) => {
      if (ended.pointerId !== event.pointerId) return;
      dragging.abort();
      row.classList.remove("dragged");
      if ([...list.children].some((each, index) => each !== before[index])) onSorted();
    };
    row.classList.add("dragged");
    // On the document: a captured pointer would be lost each time the row changes its place.
    document.addEventListener("pointermove", drag, { signal: dragging.signal });
    document.addEventListener("pointerup", end, { signal: dragging.signal });
    document.addEventListener("pointercancel", end, { signal: dragging.signal });
  });
}

function moveTo(list, row, y) {
  const target = [...list.children].find((each) => each !== row && y < middle(each)) ?? null;
  if (target !== row.nextElementSibling) list.insertBefore(row, target);
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}
