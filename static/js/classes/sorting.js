/**
 * Lets rows of a list be dragged by a handle, with mouse, pen or finger.
 * @param {HTMLElement} list
 * @param {string} handle selector of the handle inside a row
 * @param {() => void} onSorted called after a drag that changed the order
 */
export function makeSortable(list, handle, onSorted) {
  list.addEventListener("pointerdown", (event) => {
    const grip = /** @type {Element} */ (event.target).closest(handle);
    const row = /** @type {HTMLElement|null} */ (grip?.closest("li") ?? null);
    if (!grip || !row || event.button) return;
    event.preventDefault();
    const before = [...list.children];
    grip.setPointerCapture(event.pointerId);
    row.classList.add("dragged");
    const drag = (moved) => {
      const target = [...list.children].find((each) => {
        const box = each.getBoundingClientRect();
        return each !== row && moved.clientY > box.top && moved.clientY < box.bottom;
      });
      if (!target) return;
      const box = target.getBoundingClientRect();
      list.insertBefore(row, moved.clientY < box.top + box.height / 2 ? target : target.nextSibling);
    };
    const end = () => {
      grip.removeEventListener("pointermove", drag);
      row.classList.remove("dragged");
      if ([...list.children].some((each, index) => each !== before[index])) onSorted();
    };
    grip.addEventListener("pointermove", drag);
    grip.addEventListener("lostpointercapture", end, { once: true });
  });
}
