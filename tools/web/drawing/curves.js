// One curve a policy on common axes, told apart by colour and dashes.
import { line } from "@observablehq/plot";
import { gridAndAxes } from "./axes.js";
import { series } from "./colours.js";
import { framed, marked } from "./frame.js";
import { plain } from "./names.js";
import { acrossAxis, upAxis } from "./numbers.js";
import { distinct, holds, recordsOf, wordsFor } from "./sheet.js";

const height = 280;

/// `from` are shares that the vertical axis shows in any case; `extra` adds marks once the axes are known.
export function curves(picture, sheet, { x: across, y: up, curve, from, extra }) {
  const records = recordsOf(picture);
  const policies = distinct(records, "policy");
  const y = upAxis([...from, ...records.map((one) => one[up])], height, sheet, { holds: holds(picture, up) });
  const margins = { left: y.width + 12, right: 24, top: 8, bottom: 24 };
  const x = acrossAxis(
    records.map((one) => one[across]),
    sheet.width - margins.left - margins.right,
    sheet,
    { holds: holds(picture, across), exact: holds(picture, across) === "share" },
  );
  const lines = policies.map((policy, at) => {
    const own = records.filter((one) => one.policy === policy);
    return line(own, {
      x: across,
      y: up,
      curve,
      stroke: series(at).colour,
      strokeDasharray: series(at).dashes,
      strokeWidth: 2,
      title: () => plain(policy),
      ...marked("curve", own),
    });
  });
  return framed(sheet, picture, {
    height,
    margins,
    across: wordsFor(picture, "x", across),
    up: wordsFor(picture, "y", up),
    legend: policies.map((policy, at) => ({ shape: "line", ...series(at), text: policy })),
    x: { domain: x.domain, axis: null },
    y: { domain: y.domain, axis: null },
    marks: [
      ...gridAndAxes(x, y),
      ...extra({ x, y }),
      ...lines,
    ],
  });
}
