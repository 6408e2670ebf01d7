// Rows of a mean, what it could be by chance of the sample (thick) and what a single future may bring (thin).
import { dot, ruleX, ruleY, text } from "@observablehq/plot";
import { colour } from "./colours.js";
import { framed, marked } from "./frame.js";
import { widest } from "./names.js";
import { acrossAxis, extent, written } from "./numbers.js";
import { grouped, laidOut, nameMarks, rowAxis, rowScales } from "./rows.js";
import { hasColumn, holds, isNumber, nameOf, recordsOf, spanOf, wordsFor } from "./sheet.js";

function legendOf(picture, names) {
  const shown = [{ shape: "dot", colour: colour.blue, text: nameOf(picture, "mean") }];
  shown.push({ shape: "line", thick: 7, colour: colour.blue, text: spanOf(picture, "interval", "low", "high") });
  if (names.future) {
    shown.push({
      shape: "line",
      thick: 1.5,
      colour: colour.gray,
      text: spanOf(picture, "future", "future_low", "future_high"),
    });
  }
  if (names.middle) shown.push({ shape: "mark", letter: "|", text: nameOf(picture, "future_middle") });
  return shown;
}

/// What stands at the right of a row, under a word of its own.
function asides(sheet, picture, layout, aside) {
  return text(layout.rows, {
    ...marked("aside", layout.rows),
    y: "y",
    frameAnchor: "right",
    textAnchor: "end",
    dx: aside.width,
    text: (row) => written(row[aside.column], sheet, holds(picture, aside.column)),
  });
}

function marksOf(sheet, picture, layout, names, describe) {
  const rows = layout.rows;
  const line = (from, to) => ({ y: "y", x1: from, x2: to, title: describe });
  const complete = (from, to) => rows.filter((row) => isNumber(row[from]) && isNumber(row[to]));
  const of = (from, to, mark, style) => {
    const records = complete(from, to);
    return ruleY(records, { ...line(from, to), ...style, ...marked(mark, records) });
  };
  const means = rows.filter((row) => isNumber(row.mean));
  const middles = rows.filter((row) => isNumber(row.future_middle));
  return [
    ...(names.future ? [of("future_low", "future_high", "future", { stroke: colour.gray, strokeWidth: 1.5 })] : []),
    of("low", "high", "interval", { stroke: colour.blue, strokeWidth: 7, strokeOpacity: 0.6 }),
    ...(names.middle
      ? [
          ruleX(middles, {
            x: "future_middle",
            y1: (row) => row.y - 7,
            y2: (row) => row.y + 7,
            stroke: "currentColor",
            strokeWidth: 2,
            ...marked("middle", middles),
          }),
        ]
      : []),
    dot(means, {
      x: "mean",
      y: "y",
      r: 4.5,
      fill: colour.blue,
      stroke: colour.paper,
      strokeWidth: 1,
      title: describe,
      ...marked("mean", means),
    }),
  ];
}

/// Draws them under headings by `group`, named by `name`; `aside` is a column that is written at the right.
export function intervals(picture, sheet, { group, name, aside, zero }) {
  const records = recordsOf(picture);
  const names = { future: hasColumn(picture, "future_low"), middle: hasColumn(picture, "future_middle") };
  const layout = laidOut(
    sheet,
    grouped(records, group, (record) => record[name]),
    26,
  );
  const told = aside && hasColumn(picture, aside);
  const aside_width = told ? Math.max(widest(records.map((one) => written(one[aside], sheet, "share"))), 36) + 10 : 0;
  const margins = { left: layout.left, right: Math.max(28, 12 + aside_width), top: 6, bottom: 24 };
  const numbers = records.flatMap((one) => [one.mean, one.low, one.high, one.future_low, one.future_high]);
  const axis = acrossAxis(zero ? [0, ...extent(numbers)] : numbers, sheet.width - margins.left - margins.right, sheet, {
    holds: holds(picture, "mean"),
  });
  const describe = (row) =>
    picture.columns
      .map((column, at) => [column, picture.rows[row.row][at]])
      .map(
        ([column, value]) =>
          `${column.label}: ${typeof value === "string" ? value : written(value, sheet, column.holds)}`,
      )
      .join("\n");
  const legend = legendOf(picture, names);
  if (told) legend.push({ shape: "mark", letter: "%", text: nameOf(picture, aside) });
  return framed(sheet, picture, {
    height: layout.height,
    margins,
    legend,
    across: wordsFor(picture, "x", "mean"),
    ...rowScales(axis, layout),
    marks: [
      ...rowAxis(axis, { zero }),
      ...nameMarks(sheet, layout),
      ...marksOf(sheet, picture, layout, names, describe),
      ...(told ? [asides(sheet, picture, layout, { column: aside, width: aside_width })] : []),
    ],
  });
}
