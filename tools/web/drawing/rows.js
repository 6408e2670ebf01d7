// Pictures made of rows, one below the other: their names at the left or, on narrow pages, above; headings of groups.
import { axisX, gridX, ruleX, text } from "@observablehq/plot";
import { colour } from "./colours.js";
import { cut, plain, widest } from "./names.js";

const heading_height = 26;
const half_a_label = 24; // of the axis, which may stand right below the first pixel
const name_height = 15;
const gap_above_name = 7; // so that a name stands nearer to its own row than to the one before

/// Where everything stands. `groups` is [{heading, rows: [{name, ...}]}]; each row is `row_height` high.
/// Gives {left, height, headings, rows}: every row gets `top` and `y`, its middle, in pixels from the drawing's top.
export function laidOut(sheet, groups, row_height, { share = 0.36 } = {}) {
  const all = groups.flatMap((group) => group.rows);
  const needed = widest(all.map((row) => row.name)) + 14;
  const names_above = sheet.narrow && needed > sheet.width * 0.3;
  const left = names_above ? half_a_label : Math.max(half_a_label, Math.min(needed, sheet.width * share));
  const with_headings = groups.length > 1 || plain(groups[0]?.heading) !== "";
  const headings = [];
  const rows = [];
  let top = 0;
  for (const group of groups) {
    if (with_headings) {
      top += headings.length ? 8 : 0;
      headings.push({ text: plain(group.heading), y: top + heading_height / 2 });
      top += heading_height;
    }
    for (const row of group.rows) {
      if (names_above) top += gap_above_name + name_height;
      rows.push({
        ...row,
        top,
        y: top + row_height / 2,
        name: plain(row.name),
        name_y: names_above ? top - name_height / 2 : top + row_height / 2,
      });
      top += row_height;
    }
  }
  return { left, height: top, headings, rows, names_above, row_height };
}

/// Headings and names as marks; where the marks' part begins further right than the names end, `names_left` says where.
export function nameMarks(sheet, layout) {
  const names_left = layout.names_left ?? layout.left;
  const room = layout.names_above ? sheet.width - 8 : names_left - 10;
  const dx = layout.names_above ? -layout.left : names_left - layout.left - 8;
  return [
    text(layout.headings, {
      y: "y",
      text: (one) => cut(one.text, sheet.width - 8, true),
      title: "text",
      fontWeight: 600,
      fill: "currentColor",
      stroke: colour.paper,
      strokeWidth: 4,
      frameAnchor: "left",
      dx: -layout.left,
      textAnchor: "start",
    }),
    text(layout.rows, {
      y: "name_y",
      text: (one) => cut(one.name, room),
      title: "name",
      fill: "currentColor",
      stroke: colour.paper,
      strokeWidth: 4,
      frameAnchor: "left",
      dx,
      textAnchor: layout.names_above ? "start" : "end",
    }),
  ];
}

/// The horizontal axis below the rows, with lines through them and one at zero where it is in sight.
export function rowAxis(axis, { zero = true } = {}) {
  const in_sight = axis.domain[0] <= 0 && axis.domain[1] >= 0;
  return [
    gridX(axis.ticks, { stroke: "currentColor", strokeOpacity: 0.12 }),
    axisX(axis.ticks, { tickFormat: axis.write, label: null, tickSize: 0, tickPadding: 6 }),
    ...(zero && in_sight ? [ruleX([0], { stroke: "currentColor", strokeOpacity: 0.7 })] : []),
  ];
}

/// Scales of such a picture: numbers across, pixels down.
export function rowScales(axis, layout) {
  return { x: { domain: axis.domain, axis: null }, y: { type: "linear", domain: [layout.height, 0], axis: null } };
}

/// Records in groups by a column, as `laidOut` takes them.
export function grouped(records, column, nameOf) {
  const groups = new Map();
  for (const record of records) {
    const heading = column ? record[column] : "";
    if (!groups.has(heading)) groups.set(heading, { heading, rows: [] });
    groups.get(heading).rows.push({ ...record, name: nameOf(record) });
  }
  return [...groups.values()];
}
