// What is made of what: several measures of each tier, policy by policy, some of them below zero.
import { rect, text } from "@observablehq/plot";
import { hatching } from "../drawing/colours.js";
import { framed, marked } from "../drawing/frame.js";
import { widest } from "../drawing/names.js";
import { acrossAxis, written } from "../drawing/numbers.js";
import { laidOut, nameMarks, rowAxis, rowScales } from "../drawing/rows.js";
import { distinct, holds, isNumber, recordsOf, wordsFor } from "../drawing/sheet.js";

const bar_height = 15;

/// One row a tier of a policy, with all its bars; or a year, a scenario: what the column behind the policy holds.
function rowsOf(records, row) {
  return distinct(records, "policy").map((policy) => {
    const own = records.filter((one) => one.policy === policy);
    return {
      heading: policy,
      rows: distinct(own, row).map((name) => ({ name, bars: own.filter((one) => one[row] === name) })),
    };
  });
}

export function bars(picture, sheet) {
  const records = recordsOf(picture);
  const measures = distinct(records, "measure");
  const fillings = new Map(measures.map((name, at) => [name, hatching(at)]));
  const layout = laidOut(sheet, rowsOf(records, picture.columns[1].name), measures.length * bar_height + 8);
  const drawn = layout.rows.flatMap((row) =>
    row.bars
      .filter((bar) => isNumber(bar.amount))
      .map((bar) => {
        const y = row.top + 4 + (measures.indexOf(bar.measure) + 0.5) * bar_height;
        return { ...bar, y, name: row.name };
      }),
  );
  const write = (bar) => written(bar.amount, sheet, holds(picture, "amount"));
  const room = widest(drawn.map(write)) + 10;
  const below = drawn.some((bar) => bar.amount < 0) ? room : 0;
  const margins = { left: layout.left + below, right: room + 4, top: 4, bottom: 24 };
  const axis = acrossAxis([0, ...drawn.map((bar) => bar.amount)], sheet.width - margins.left - margins.right, sheet, {
    holds: holds(picture, "amount"),
  });
  const label = (side, dx, textAnchor) =>
    text(drawn.filter(side), { x: "amount", y: "y", text: write, dx, textAnchor });
  return framed(sheet, picture, {
    height: layout.height,
    margins,
    across: wordsFor(picture, "x", "amount"),
    ...rowScales(axis, layout),
    legend: measures.map((name) => ({ shape: "area", colour: fillings.get(name).fill, text: name })),
    definitions: [...fillings.values()].map((one) => one.definition),
    marks: [
      ...rowAxis(axis),
      rect(drawn, {
        x1: 0,
        x2: "amount",
        y1: (bar) => bar.y - 6,
        y2: (bar) => bar.y + 6,
        fill: { value: (bar) => fillings.get(bar.measure).fill, scale: null },
        title: (bar) => `${bar.name}\n${bar.measure}: ${write(bar)}`,
        ...marked("bar", drawn),
      }),
      ...nameMarks(sheet, { ...layout, left: margins.left, names_left: layout.left }),
      label((bar) => bar.amount >= 0, 4, "start"),
      label((bar) => bar.amount < 0, -4, "end"),
    ],
  });
}
