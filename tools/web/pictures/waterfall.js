// How a result comes about, step by step, from one total to the next.
import { link, rect, text } from "@observablehq/plot";
import { colour, hatching } from "../drawing/colours.js";
import { framed, marked } from "../drawing/frame.js";
import { widest } from "../drawing/names.js";
import { acrossAxis, written } from "../drawing/numbers.js";
import { grouped, laidOut, nameMarks, rowAxis, rowScales } from "../drawing/rows.js";
import { holds, isNumber, recordsOf, wordsFor } from "../drawing/sheet.js";

/// Where a bar begins: a total at zero.
const beginOf = (row) => (row.kind === "total" ? 0 : row.begin);

function connections(rows) {
  return rows.slice(1).map((row, at) => ({ x: rows[at].end, from: rows[at].y, to: row.y }));
}

export function waterfall(picture, sheet) {
  const records = recordsOf(picture);
  const layout = laidOut(
    sheet,
    grouped(records, null, (one) => one.step),
    28,
  );
  const down = hatching(1, colour.vermillion);
  const write = (row) => written(row.amount, sheet, row.kind === "total" ? holds(picture, "amount") : "change");
  const rows = layout.rows.filter((row) => isNumber(beginOf(row)) && isNumber(row.end));
  const room = widest(rows.map(write)) + 12;
  const margins = { left: layout.left + 4, right: room, top: 4, bottom: 24 };
  const axis = acrossAxis(
    [0, ...rows.flatMap((row) => [beginOf(row), row.end])],
    sheet.width - margins.left - margins.right,
    sheet,
    { holds: holds(picture, "amount") },
  );
  const fillOf = (row) => (row.kind === "total" ? colour.gray : row.end < row.begin ? down.fill : colour.blue);
  return framed(sheet, picture, {
    height: layout.height,
    margins,
    across: wordsFor(picture, "x", "amount"),
    definitions: [down.definition],
    ...rowScales(axis, layout),
    marks: [
      ...rowAxis(axis),
      link(connections(rows), { x: "x", y1: "from", y2: "to", stroke: "currentColor", strokeOpacity: 0.4 }),
      rect(rows, {
        x1: beginOf,
        x2: "end",
        y1: (row) => row.y - 9,
        y2: (row) => row.y + 9,
        fill: { value: fillOf, scale: null },
        title: (row) => `${row.name}: ${write(row)}`,
        ...marked("bar", rows),
      }),
      ...nameMarks(sheet, { ...layout, left: margins.left, names_left: layout.left }),
      text(rows, { x: (row) => Math.max(beginOf(row), row.end), y: "y", text: write, textAnchor: "start", dx: 5 }),
    ],
  });
}
