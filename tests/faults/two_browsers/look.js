// What is on the labelling page, for whoever has to point at it.
() => {
  const middle = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const saved = document.querySelector("[data-saved]");
  const frame = document.querySelector(".label-frame")?.getBoundingClientRect();
  const dialog = document.querySelector("dialog[open]:not(.hold)");
  const scroller = document.querySelector("[data-objects-scroller]")?.getBoundingClientRect();
  const inSight = ([, y]) => scroller && y > scroller.top && y < scroller.bottom;
  return {
    image: Number(new URLSearchParams(location.search).get("image")),
    state: saved?.dataset.state ?? "",
    panel: all("[data-panel]").find((each) => !each.hidden)?.dataset.panel ?? "",
    frame: frame && [frame.x, frame.y, frame.width, frame.height],
    count: Number(document.querySelector("[data-objects-count]")?.textContent || 0),
    rows: all("[data-object]").map((each) => ({ id: each.dataset.object, class: each.querySelector(".truncate").textContent, at: middle(each) })).filter((each) => inSight(each.at)),
    pressed: all("[data-class][aria-pressed=true]").map((each) => each.textContent),
    status: document.querySelector("[data-status]")?.textContent ?? "",
    shapes: Object.fromEntries(globalThis.shapesSeen ?? []),
    dialog: dialog && { text: dialog.textContent, buttons: all("dialog[open] button[type=submit]").map((each) => ({ value: each.value, at: middle(each) })) },
  };
}
