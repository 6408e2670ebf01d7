// Which assumption moves the result how far, when it alone is low or high.
import { rect, ruleX, text } from "@observablehq/plot";
import { colour, hatching } from "../drawing/colours.js";
import { framed, marked } from "../drawing/frame.js";
import { widest } from "../drawing/names.js";
import { acrossAxis, written } from "../drawing/numbers.js";
import { grouped, laidOut, nameMarks, rowAxis, rowScales } from "../drawing/rows.js";
import { holds, isNumber, nameOf, recordsOf, wordsFor } from "../drawing/sheet.js";

/// Both bars of each row: {row, end, value}. Where both go the same way, one stands above the other.
function barsOf(rows) {
  const bar = (row, end, value, shift, half) => ({
    ...row,
    end: row[end],
    value: row[value],
    side: end,
    y: row.y + shift,
    half,
  });
  return rows
    .flatMap((row) => {
      const same_way = (row.at_low - row.base) * (row.at_high - row.base) > 0;
      const [shift, half] = same_way ? [7, 5] : [0, 8];
      return [bar(row, "at_low", "low_value", -shift, half), bar(row, "at_high", "high_value", shift, half)];
    })
    .filter((one) => isNumber(one.end) && isNumber(one.base));
}

/// What the assumption was, at the end of its bar.
function ends(bars, sheet, picture) {
  const write = (bar) =>
    typeof bar.value === "string"
      ? bar.value
      : written(bar.value, sheet, holds(picture, bar.side === "at_low" ? "low_value" : "high_value"));
  const right = (bar) => bar.end > bar.base || (bar.end === bar.base && bar.side === "at_high");
  const label = (records, dx, textAnchor) => text(records, { x: "end", y: "y", text: write, dx, textAnchor });
  return {
    width: widest(bars.map(write)),
    marks: [
      label(bars.filter(right), 5, "start"),
      label(
        bars.filter((bar) => !right(bar)),
        -5,
        "end",
      ),
    ],
  };
}

export function tornado(picture, sheet) {
  const records = recordsOf(picture);
  const layout = laidOut(
    sheet,
    grouped(records, null, (one) => one.name),
    32,
  );
  const low = hatching(1, colour.orange);
  const bars = barsOf(layout.rows);
  const labels = ends(bars, sheet, picture);
  const margins = { left: layout.left + labels.width + 10, right: labels.width + 14, top: 4, bottom: 24 };
  const axis = acrossAxis(
    bars.flatMap((bar) => [bar.base, bar.end]),
    sheet.width - margins.left - margins.right,
    sheet,
    { holds: holds(picture, "at_low") },
  );
  const half = (side, fill) => {
    const own = bars.filter((bar) => bar.side === side);
    return rect(own, {
      x1: "base",
      x2: "end",
      y1: (bar) => bar.y - bar.half,
      y2: (bar) => bar.y + bar.half,
      fill,
      title: (bar) => `${bar.name}: ${written(bar.end, sheet, holds(picture, side))}`,
      ...marked(side, own),
    });
  };
  return framed(sheet, picture, {
    height: layout.height,
    margins,
    across: wordsFor(picture, "x", "at_low"),
    ...rowScales(axis, layout),
    legend: [
      { shape: "area", colour: low.fill, text: nameOf(picture, "at_low") },
      { shape: "area", colour: colour.blue, text: nameOf(picture, "at_high") },
    ],
    definitions: [low.definition],
    marks: [
      ...rowAxis(axis, { zero: false }),
      half("at_low", low.fill),
      half("at_high", colour.blue),
      ruleX(bars.slice(0, 1), { x: "base", stroke: "currentColor", strokeWidth: 1.5 }),
      ...nameMarks(sheet, { ...layout, left: margins.left, names_left: layout.left }),
      ...labels.marks,
    ],
  });
}
