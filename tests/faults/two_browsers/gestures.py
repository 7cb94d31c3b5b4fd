"""What people do on the labelling page, by pointer and keys; one function each."""

import random
from collections.abc import Callable
from typing import Any

from tests.faults.two_browsers.seat import Seat

WIDTH, HEIGHT = 800, 600
MOST_SHAPES = 10
CLASS_KEYS = "123"

View = dict[str, Any]
Gesture = Callable[[Seat, View, random.Random], None]


def draw(seat: Seat, view: View, chance: random.Random) -> None:
    if view["count"] >= MOST_SHAPES:
        return delete(seat, view, chance)
    seat.page.keyboard.press(chance.choice("rro"))
    x, y = chance.uniform(5, WIDTH - 150), chance.uniform(5, HEIGHT - 130)
    drag(seat, view, (x, y), (x + chance.uniform(70, 140), y + chance.uniform(60, 120)))
    return None


def draw_line(seat: Seat, view: View, chance: random.Random) -> None:
    if view["count"] >= MOST_SHAPES:
        return delete(seat, view, chance)
    seat.page.keyboard.press(chance.choice("pl"))
    x, y = chance.uniform(5, WIDTH - 150), chance.uniform(5, HEIGHT - 130)
    for dx, dy in ((0, 0), (120, 10), (60, 110)):
        seat.page.mouse.click(*on_screen(view, x + dx, y + dy))
    seat.page.keyboard.press("Enter")
    return None


def move(seat: Seat, view: View, chance: random.Random) -> None:
    if not (shape := chosen(seat, view, chance)):
        return
    x, y, width, height = shape
    middle = (x + width / 2, y + height / 2)
    drag(seat, view, middle, (middle[0] + chance.uniform(-40, 40), middle[1] + chance.uniform(-40, 40)))


def resize(seat: Seat, view: View, chance: random.Random) -> None:
    if not (shape := chosen(seat, view, chance)):
        return
    x, y, width, height = shape
    right, bottom = x + width, y + height
    drag(seat, view, (right, bottom), (right + chance.uniform(-25, 25), bottom + chance.uniform(-25, 25)))


def nudge(seat: Seat, view: View, chance: random.Random) -> None:
    if chance.random() < 0.3:
        seat.page.keyboard.press("Control+a")
    elif not pick(seat, view, chance):
        return
    seat.page.keyboard.press(f"Alt+Arrow{chance.choice(('Left', 'Right', 'Up', 'Down'))}")


def relabel(seat: Seat, view: View, chance: random.Random) -> None:
    if pick(seat, view, chance):
        seat.page.keyboard.press(chance.choice(CLASS_KEYS))


def delete(seat: Seat, view: View, chance: random.Random) -> None:
    if pick(seat, view, chance):
        if chance.random() < 0.3 and len(view["rows"]) > 2:
            seat.page.keyboard.down("Shift")
            seat.page.mouse.click(*chance.choice(view["rows"])["at"])
            seat.page.keyboard.up("Shift")
        seat.page.keyboard.press("Delete")


def tag(seat: Seat, _view: View, chance: random.Random) -> None:
    seat.page.keyboard.press("t")
    seat.page.keyboard.press(chance.choice(CLASS_KEYS))


def undo(seat: Seat, _view: View, _chance: random.Random) -> None:
    seat.page.keyboard.press("Control+z")


def redo(seat: Seat, _view: View, _chance: random.Random) -> None:
    seat.page.keyboard.press("Control+Shift+z")


def turn_page(seat: Seat, view: View, chance: random.Random) -> None:
    seat.page.keyboard.press("Escape")
    seat.page.keyboard.press("ArrowLeft" if view["panel"] == "end" else chance.choice(("ArrowLeft", "ArrowRight")))


def finish(seat: Seat, _view: View, _chance: random.Random) -> None:
    seat.page.keyboard.press("Shift+Enter")


def copy(seat: Seat, view: View, chance: random.Random) -> None:
    if view["count"] < MOST_SHAPES and pick(seat, view, chance):
        seat.page.keyboard.press("Control+c")
        seat.page.keyboard.press("Control+v")


GESTURES: dict[Gesture, int] = {
    draw: 20, draw_line: 6, move: 14, resize: 10, nudge: 8, relabel: 12, delete: 8, tag: 6, undo: 10, redo: 6,
    turn_page: 8, finish: 3, copy: 4,
}  # fmt: skip


def pick(seat: Seat, view: View, chance: random.Random) -> str:
    """Take hold of one of the shapes by its row in the list."""
    if not view["rows"]:
        return ""
    row = chance.choice(view["rows"])
    seat.page.keyboard.press("v")
    seat.page.mouse.click(*row["at"])
    return row["id"]


def chosen(seat: Seat, view: View, chance: random.Random) -> list[float] | None:
    """The same, and where its box is; None for what is none."""
    shape = view["shapes"].get(pick(seat, view, chance))
    return shape["geometry"]["box"] if shape and shape["shape"] == "box" else None


def drag(seat: Seat, view: View, start: tuple[float, float], end: tuple[float, float]) -> None:
    mouse = seat.page.mouse
    mouse.move(*on_screen(view, *start))
    mouse.down()
    mouse.move(*on_screen(view, *end), steps=2)
    mouse.up()


def on_screen(view: View, x: float, y: float) -> tuple[float, float]:
    left, top, width, _height = view["frame"]
    scale = width / WIDTH
    return left + min(max(x, 1), WIDTH - 1) * scale, top + min(max(y, 1), HEIGHT - 1) * scale
