"""The drawing of the code path: a lane for each owner, a box for each step, all within its frame."""

from dataclasses import replace

from pages import Page
from sample_report import sample

from auditor.model import Place
from auditor.model.document import Step
from auditor.render.callpath import draw_path
from auditor.render.templates import render_template

PLACE = Place("trace.json", 1, 1, 1, 1)


def test_lanes_come_in_the_order_of_the_path() -> None:
    drawing = draw_path(sample().steps)
    assert [lane.name for lane in drawing.lanes] == ["Python", "teapot", "own code", "kettle", "not pinned"]
    assert [box.step.number for box in drawing.boxes] == list(range(1, 9))


def test_boxes_lie_in_their_lanes_below_each_other() -> None:
    drawing = draw_path(sample().steps)
    lanes = {lane.name: lane for lane in drawing.lanes}
    for box in drawing.boxes:
        owner = box.step.owner or ("not pinned" if box.step.problem else "own code")
        left = lanes[owner].left
        assert left < box.left < box.left + drawing.box_width < left + drawing.lane_width
        assert 0 < box.top < box.top + drawing.box_height < drawing.height
    tops = [box.top for box in drawing.boxes]
    assert tops == sorted(set(tops))
    assert drawing.lanes[-1].left + drawing.lane_width == drawing.width


def test_an_arrow_leads_from_box_to_box() -> None:
    drawing = draw_path(sample().steps)
    assert [bool(box.arrow) for box in drawing.boxes] == [False] + [True] * 7
    same_lane, other_lane = drawing.boxes[2].arrow, drawing.boxes[1].arrow
    assert "H" not in same_lane
    middle = drawing.boxes[1].left + drawing.box_width // 2
    assert f"H{middle}V" in other_lane


def test_long_names_are_cut_where_they_tell_least() -> None:
    long = Step(1, f"{'Package.' * 9}Handler.handle_one_request", f"{'a' * 50}/{'b' * 50}.py", 7, PLACE, "o" * 99)
    drawing = draw_path([long])
    (box,), (lane,) = drawing.boxes, drawing.lanes
    assert box.name == "handle_one_request"
    assert box.where.startswith("…b")
    assert box.where.endswith("b.py L7")
    assert lane.shown.endswith("o…")
    assert max(len(box.where), len(lane.shown)) <= 26


def test_many_steps_and_lanes_are_drawn() -> None:
    steps = [Step(number, "f", "a.py", None, PLACE, f"package{number % 300}") for number in range(1, 3001)]
    drawing = draw_path(steps)
    assert len(drawing.lanes) == 300
    assert len(drawing.boxes) == 3000


def test_nothing_is_drawn_without_steps() -> None:
    assert "<svg" not in render_template("open-source-report.html", replace(sample(), steps=()))


def test_a_reader_without_eyes_is_told_what_is_drawn() -> None:
    page = Page(render_template("open-source-report.html", sample()))
    (svg,) = page.named("svg")
    assert all(name in page.anchors for name in svg["aria-labelledby"].split())
    assert "8 steps from top to bottom, in a lane each for Python, teapot, own code, kettle and not pinned" in page.text
    assert "Step 2: RequestHandler.run_wsgi, src/teapot/serving.py L54" in page.text
