// Where customers moved: from which tier to which, policy by policy.
import { rect, text } from "@observablehq/plot";
import { colour } from "../drawing/colours.js";
import { framed, marked } from "../drawing/frame.js";
import { cut, widest } from "../drawing/names.js";
import { acrossAxis, written } from "../drawing/numbers.js";
import { grouped, laidOut, nameMarks, rowAxis, rowScales } from "../drawing/rows.js";
import { hasColumn, isNumber, recordsOf, wordsFor } from "../drawing/sheet.js";

/// "from → to", each short enough for both to be seen; marks keep the arrow's direction beside names in Arabic.
function nameIn(sheet) {
  const room = sheet.narrow ? sheet.width * 0.42 : sheet.width * 0.15;
  return (one) => `${cut(one.from, room)}\u200e → \u200e${cut(one.to, room)}`;
}

export function flows(picture, sheet) {
  const records = recordsOf(picture);
  const layout = laidOut(sheet, grouped(records, "policy", nameIn(sheet)), 22);
  const amountOf = (one) =>
    hasColumn(picture, "share") && isNumber(one.share)
      ? `${written(one.customers, sheet, "count")} (${written(one.share, sheet, "share")})`
      : written(one.customers, sheet);
  const margins = { left: layout.left, right: widest(records.map(amountOf)) + 14, top: 4, bottom: 24 };
  const axis = acrossAxis(
    [0, ...records.map((one) => one.customers)],
    sheet.width - margins.left - margins.right,
    sheet,
    { holds: "count" },
  );
  const rows = layout.rows.filter((row) => isNumber(row.customers));
  return framed(sheet, picture, {
    height: layout.height,
    margins,
    across: wordsFor(picture, "x", "customers"),
    ...rowScales(axis, layout),
    marks: [
      ...rowAxis(axis),
      rect(rows, {
        x1: 0,
        x2: "customers",
        y1: (row) => row.y - 7,
        y2: (row) => row.y + 7,
        fill: colour.blue,
        fillOpacity: 0.8,
        title: (row) => `${row.name}\n${amountOf(row)}`,
        ...marked("bar", rows),
      }),
      ...nameMarks(sheet, layout),
      text(rows, { x: "customers", y: "y", text: amountOf, textAnchor: "start", dx: 5 }),
    ],
  });
}
