// Two results of each policy at once: who wants more of one gets less of the other, or not.
import { dot, link, ruleX, ruleY, text } from "@observablehq/plot";
import { gridAndAxes } from "../drawing/axes.js";
import { colour, series } from "../drawing/colours.js";
import { placedNames } from "../drawing/placing.js";
import { framed, marked } from "../drawing/frame.js";
import { plain } from "../drawing/names.js";
import { acrossAxis, upAxis } from "../drawing/numbers.js";
import { holds, isNumber, recordsOf, wordsFor } from "../drawing/sheet.js";

const height = 340;

function crosses(points) {
  const whole = (from, to) => points.filter((one) => isNumber(one[from]) && isNumber(one[to]));
  const arm = (own, mark, ends) => link(own, { ...ends, stroke: colour.gray, strokeWidth: 1.5, ...marked(mark, own) });
  return [
    arm(whole("x_low", "x_high"), "across", { x1: "x_low", x2: "x_high", y: "y" }),
    arm(whole("y_low", "y_high"), "up", { y1: "y_low", y2: "y_high", x: "x" }),
  ];
}

/// Names beside their points, with a line where they had to go further.
function nameMarks(names) {
  const led = names.filter((one) => one.led);
  return [
    link(led, { x1: "x", y1: "y", x2: "at_x", y2: "at_y", stroke: "currentColor", strokeOpacity: 0.4 }),
    ...["start", "middle", "end"].map((textAnchor) =>
      text(
        names.filter((one) => one.anchor === textAnchor),
        {
          x: "at_x",
          y: "at_y",
          text: "text",
          title: "name",
          textAnchor,
          stroke: colour.paper,
          strokeWidth: 3,
          fill: "currentColor",
        },
      ),
    ),
  ];
}

export function frontier(picture, sheet) {
  const points = recordsOf(picture).filter((one) => isNumber(one.x) && isNumber(one.y));
  const y = upAxis(
    points.flatMap((one) => [one.y, one.y_low, one.y_high]),
    height,
    sheet,
    { holds: holds(picture, "y") },
  );
  const margins = { left: y.width + 12, right: 24, top: 8, bottom: 24 };
  const room = sheet.width - margins.left - margins.right;
  const x = acrossAxis(
    points.flatMap((one) => [one.x, one.x_low, one.x_high]),
    room,
    sheet,
    { holds: holds(picture, "x") },
  );
  const names = placedNames(
    points.map((one) => ({ ...one, name: plain(one.policy) })),
    x.domain,
    y.domain,
    room,
    height,
  );
  const zero = (axis, rule) =>
    axis.domain[0] <= 0 && axis.domain[1] >= 0 ? [rule([0], { stroke: "currentColor", strokeOpacity: 0.6 })] : [];
  return framed(sheet, picture, {
    height,
    margins,
    across: wordsFor(picture, "x"),
    up: wordsFor(picture, "y"),
    x: { domain: x.domain, axis: null },
    y: { domain: y.domain, axis: null },
    marks: [
      ...gridAndAxes(x, y),
      ...zero(x, ruleX),
      ...zero(y, ruleY),
      ...crosses(points),
      ...points.map((one, at) =>
        dot([one], {
          x: "x",
          y: "y",
          r: 6.5,
          symbol: series(at).symbol,
          fill: series(at).colour,
          stroke: colour.paper,
          title: () => plain(one.policy),
          ...marked("point", [one]),
        }),
      ),
      ...nameMarks(names),
    ],
  });
}
