// What is given up by each policy under each scenario against the best one there.
import { rect, text } from "@observablehq/plot";
import { colour } from "../drawing/colours.js";
import { framed, marked } from "../drawing/frame.js";
import { plain, widest, wrapped } from "../drawing/names.js";
import { extent, written } from "../drawing/numbers.js";
import { laidOut, nameMarks } from "../drawing/rows.js";
import { distinct, hasColumn, holds, isNumber, nameOf, recordsOf } from "../drawing/sheet.js";

const cell_height = 30;
const line_height = 15;
const star = "★";

/// The scenarios' names above their columns, in three lines at most.
function columnHeads(scenarios, room) {
  return scenarios.map((name, at) => ({ x: at + 0.5, name: plain(name), lines: wrapped(name, room - 6, 3) }));
}

function legendOf(picture) {
  const legend = [{ shape: "area", colour: colour.sky, opacity: 0.55, text: nameOf(picture, "given_up") }];
  if (hasColumn(picture, "is_best"))
    legend.push({ shape: "frame", colour: "currentColor", text: nameOf(picture, "is_best") });
  if (hasColumn(picture, "worst")) legend.push({ shape: "mark", letter: star, text: nameOf(picture, "worst") });
  return legend;
}

export function regret(picture, sheet) {
  const records = recordsOf(picture);
  const scenarios = distinct(records, "scenario");
  const safest = new Set(records.filter((one) => one.worst === 1).map((one) => one.policy));
  const names = distinct(records, "policy").map((policy) => ({
    policy,
    name: safest.has(policy) ? `${star} ${plain(policy)}` : policy,
  }));
  const layout = laidOut(sheet, [{ heading: "", rows: names }], cell_height);
  const rows = new Map(layout.rows.map((row) => [row.policy, row]));
  const margins = { left: layout.left, right: 6, top: 0, bottom: 6 };
  const room = (sheet.width - margins.left - margins.right) / scenarios.length;
  const heads = columnHeads(scenarios, room);
  const head_height = Math.max(...heads.map((head) => head.lines.length)) * line_height + 8;
  const [, most] = extent(records.map((one) => one.given_up));
  const cells = records.map((one) => {
    const row = rows.get(one.policy);
    return { ...one, left: scenarios.indexOf(one.scenario), top: row.top + head_height, y: row.y + head_height };
  });
  const moved = {
    ...layout,
    headings: [],
    height: layout.height + head_height,
    rows: layout.rows.map((row) => ({ ...row, name_y: row.name_y + head_height })),
  };
  const write = (cell) => written(cell.given_up, sheet, holds(picture, "given_up"));
  const narrow = widest(cells.map(write)) > room - 6;
  const box = (records_, style) =>
    rect(records_, {
      x1: "left",
      x2: (cell) => cell.left + 1,
      y1: "top",
      y2: (cell) => cell.top + cell_height,
      inset: 1.5,
      ...style,
      ...marked(style.mark, records_),
    });
  const best = cells.filter((cell) => cell.is_best === 1);
  return framed(sheet, picture, {
    height: moved.height,
    margins,
    legend: legendOf(picture),
    x: { domain: [0, scenarios.length], axis: null },
    y: { type: "linear", domain: [moved.height, 0], axis: null },
    marks: [
      box(cells, {
        mark: "cell",
        fill: colour.sky,
        stroke: "currentColor",
        strokeOpacity: 0.15,
        fillOpacity: {
          value: (cell) => (isNumber(cell.given_up) && most > 0 ? (0.6 * cell.given_up) / most : 0),
          scale: null,
        },
        title: (cell) => `${plain(cell.policy)}, ${plain(cell.scenario)}: ${write(cell)}`,
      }),
      box(best, { mark: "best", fill: "none", stroke: "currentColor", strokeWidth: 2.5 }),
      text(cells, {
        x: (cell) => cell.left + 0.5,
        y: "y",
        text: write,
        fontSize: narrow ? 9.5 : 12,
        ...marked("number", cells),
      }),
      text(heads, {
        x: "x",
        y: () => head_height - 6,
        text: (head) => head.lines.join("\n"),
        lineAnchor: "bottom",
        title: "name",
        lineHeight: line_height / 12,
      }),
      ...nameMarks(sheet, moved),
    ],
  });
}
