import { on } from "./dom.js";

/**
 * Acts when something is chosen from an opened list; what is stepped to with keys on a closed one counts with Enter, or on
 * leaving. Escape brings back what was.
 * @param {HTMLSelectElement} select @param {() => any} act
 */
export function onChosen(select, act) {
  let before = select.value;
  let stepping = false;
  let acting = false;
  const made = async () => {
    if (acting || select.value === before) return;
    acting = true;
    try {
      await act();
    } finally {
      acting = false;
      before = select.value;
    }
  };
  on(select, "keydown", (event) => {
    if (isStep(event)) stepping = true;
    else if (event.key === "Escape") select.value = before;
    else if (event.key === "Enter" && stepping) {
      event.preventDefault();
      made();
    } else if (opens(event)) stepping = false;
  });
  on(select, "change", () => stepping || made());
  on(select, "blur", made);
  on(select, "pointerdown", () => (stepping = false));
}

/** Keys that go to another choice of a list that is not open. */
const isStep = ({ key, altKey }) => !altKey && (/^(Arrow|Page|Home$|End$)/.test(key) || (key.length === 1 && key !== " "));

const opens = ({ key, altKey }) => key === " " || key === "F4" || (altKey && key.startsWith("Arrow"));
