// Turns what is drawn back into numbers: each mark's place through the scale that it was drawn on.

/// All marks of a page: per picture its scales and [{mark, rows, text, shape}], as its elements say.
export function marksOn(page) {
  return page.evaluate(() => {
    const numbers = (element, ...names) => names.map((name) => Number(element.getAttribute(name)));
    const place = (element) =>
      (/translate\(([-\d.]+),([-\d.]+)\)/.exec(element.getAttribute("transform")) ?? []).slice(1);
    const shapeOf = (element) => {
      switch (element.localName) {
        case "circle":
          return { points: [numbers(element, "cx", "cy")] };
        case "line": {
          const [x1, y1, x2, y2] = numbers(element, "x1", "y1", "x2", "y2");
          return {
            points: [
              [x1, y1],
              [x2, y2],
            ],
          };
        }
        case "rect": {
          const [x, y, width, height] = numbers(element, "x", "y", "width", "height");
          return {
            points: [
              [x, y],
              [x + width, y + height],
            ],
          };
        }
        case "path":
          if (element.hasAttribute("transform")) return { points: [place(element).map(Number)] };
          return {
            points: [...element.getAttribute("d").matchAll(/([-\d.e]+),([-\d.e]+)/g)].map((m) => [
              Number(m[1]),
              Number(m[2]),
            ]),
          };
        default:
          return { points: [], text: element.textContent };
      }
    };
    return [...document.querySelectorAll(".drawing svg")].map((svg) => ({
      id: svg.closest(".drawing").dataset.picture,
      x: JSON.parse(svg.dataset.x ?? "null"),
      y: JSON.parse(svg.dataset.y ?? "null"),
      marks: [...svg.querySelectorAll("[data-mark] > [data-row]")].map((element) => ({
        mark: element.parentNode.dataset.mark,
        rows: element.dataset.row.split(" ").map(Number),
        fill_opacity: Number(element.getAttribute("fill-opacity") ?? 1),
        ...shapeOf(element),
      })),
    }));
  });
}

function inverse({ domain, range }) {
  return (pixel) => domain[0] + ((pixel - range[0]) / (range[1] - range[0])) * (domain[1] - domain[0]);
}

/// What a hundredth of a pixel is worth.
function slack({ domain, range }) {
  return Math.abs((domain[1] - domain[0]) / (range[1] - range[0])) * 0.01;
}

const isNumber = (value) => typeof value === "number";

/// What each kind of picture must show: mark -> function of a row (a record) to the numbers across and up that it
/// stands for; `null` where a row has none. Marks of many rows have as many points.
const span = (from, to) => (row) => isNumber(row[from]) && isNumber(row[to]) && { x: [row[from], row[to]] };
const at = (column) => (row) => isNumber(row[column]) && { x: [row[column]] };
const bar = (from, to) => (row) => isNumber(from(row)) && isNumber(to(row)) && { x: [from(row), to(row)] };
const intervals = { mean: at("mean"), interval: span("low", "high") };
const wanted = {
  forest: { ...intervals, future: span("future_low", "future_high") },
  levels: { ...intervals, future: span("future_low", "future_high"), middle: at("future_middle") },
  groups: intervals,
  winners: intervals,
  flows: {
    bar: bar(
      () => 0,
      (row) => row.customers,
    ),
  },
  bars: {
    bar: bar(
      () => 0,
      (row) => row.amount,
    ),
  },
  waterfall: {
    bar: bar(
      (row) => (row.kind === "total" ? 0 : row.begin),
      (row) => row.end,
    ),
  },
  tornado: { at_low: span("base", "at_low"), at_high: span("base", "at_high") },
  frontier: {
    point: (row) => isNumber(row.x) && isNumber(row.y) && { x: [row.x], y: [row.y] },
    across: span("x_low", "x_high"),
    up: (row) => isNumber(row.y_low) && isNumber(row.y_high) && { y: [row.y_low, row.y_high] },
  },
};

/// Lines and areas: mark -> the columns of its edges, the upper one first; `step` where a point is a corner.
const edges = {
  course: { x: "month", band: ["high", "low"], half: ["quarter_high", "quarter_low"], middle: ["middle"] },
  curve: { x: "value", band: ["high", "low"], middle: ["mean"] },
  tiers: { x: "month", tier: ["customers"], piled: true },
  chance: { x: "amount", curve: ["share"], step: true },
  whale: { x: "share_customers", curve: ["share_value"] },
};

const near = (one, other, by) => Math.abs(one - other) <= by;

/// Differences between the marks and the rows of a picture where each mark is one row.
function* pointFaults(picture, records, drawn) {
  for (const [mark, want] of Object.entries(wanted[picture.drawn])) {
    const shown = new Map(drawn.marks.filter((one) => one.mark === mark).map((one) => [one.rows[0], one]));
    for (const record of records) {
      const numbers = want(record);
      const one = shown.get(record.row);
      shown.delete(record.row);
      if (!numbers && !one) continue;
      if (!numbers || !one) {
        yield `${picture.id}: ${mark} of row ${record.row} ${one ? "is too many" : "is missing"}`;
        continue;
      }
      for (const [axis, place] of [
        ["x", 0],
        ["y", 1],
      ]) {
        if (!numbers[axis]) continue;
        const read = one.points.map((point) => inverse(drawn[axis])(point[place])).sort((a, b) => a - b);
        const meant = [...numbers[axis]].sort((a, b) => a - b);
        if (meant.some((value, n) => !near(value, read[n], slack(drawn[axis])))) {
          yield `${picture.id}: ${mark} of row ${record.row} shows ${read}, the table says ${meant}`;
        }
      }
    }
    if (shown.size) yield `${picture.id}: ${mark} shows rows that are not there: ${[...shown.keys()]}`;
  }
}

/// The same for lines and areas, whose points are rows.
function* edgeFaults(picture, records, drawn) {
  const { x: across, piled, step, ...marks } = edges[picture.drawn];
  const seen = new Set();
  for (const [mark, columns] of Object.entries(marks)) {
    const parts = drawn.marks.filter((part) => part.mark === mark);
    for (const part of parts) {
      const points = step ? part.points.filter((_, n) => n % 2 === 0) : part.points;
      const count = part.rows.length;
      for (const [n, row] of part.rows.entries()) {
        seen.add(`${mark} ${row}`);
        const upper = points[n];
        const lower = points[points.length - 1 - n];
        const value = (point) => inverse(drawn.y)(point[1]);
        const read = piled
          ? [value(upper) - value(lower)]
          : columns.map((_, edge) => value(edge === 0 ? upper : lower));
        const meant = columns.map((column) => records[row][column]);
        const read_x = inverse(drawn.x)(upper[0]);
        if (!near(read_x, records[row][across], slack(drawn.x))) {
          yield `${picture.id}: ${mark} of row ${row} stands at ${read_x}, the table says ${records[row][across]}`;
        }
        if (meant.some((one, edge) => !near(one, read[edge], 2 * slack(drawn.y)))) {
          yield `${picture.id}: ${mark} of row ${row} shows ${read}, the table says ${meant}`;
        }
      }
      if (points.length !== count * (columns.length > 1 || piled ? 2 : 1))
        yield `${picture.id}: ${mark} has odd points`;
    }
    for (const record of records) {
      const complete = columns.every((column) => isNumber(record[column]));
      if (complete && !seen.has(`${mark} ${record.row}`))
        yield `${picture.id}: ${mark} of row ${record.row} is missing`;
    }
  }
}

/// The heat map: its numbers as text, its frames where the best is.
function* cellFaults(picture, records, drawn, language) {
  const digits = { notation: "compact", maximumSignificantDigits: 3 };
  const written = new Intl.NumberFormat(language, digits);
  const of = (mark) => new Map(drawn.marks.filter((one) => one.mark === mark).map((one) => [one.rows[0], one]));
  const [numbers, cells, best] = [of("number"), of("cell"), of("best")];
  const most = Math.max(...records.map((record) => record.given_up ?? 0));
  for (const record of records) {
    const meant = isNumber(record.given_up) ? written.format(record.given_up) : "–";
    const read = numbers.get(record.row)?.text;
    if (read !== meant) yield `${picture.id}: row ${record.row} reads ${read}, the table says ${meant}`;
    if (best.has(record.row) !== (record.is_best === 1)) yield `${picture.id}: row ${record.row}: wrong frame`;
    const shade = cells.get(record.row)?.fill_opacity;
    if (!near(shade, most > 0 ? (0.6 * (record.given_up ?? 0)) / most : 0, 1e-3)) {
      yield `${picture.id}: row ${record.row} is shaded ${shade}`;
    }
  }
}

/// All differences between what a page draws and its numbers.
export async function differences(page) {
  const { language, pictures } = await page.evaluate(() => JSON.parse(document.getElementById("pictures").textContent));
  const drawn = new Map((await marksOn(page)).map((one) => [one.id, one]));
  return pictures.flatMap((picture) => {
    const records = picture.rows.map((values, row) =>
      Object.fromEntries([["row", row], ...picture.columns.map((column, n) => [column.name, values[n]])]),
    );
    const own = drawn.get(picture.id);
    if (!own) return [`${picture.id}: is not drawn`];
    if (picture.drawn === "regret") return [...cellFaults(picture, records, own, language)];
    return [...(edges[picture.drawn] ? edgeFaults : pointFaults)(picture, records, own)];
  });
}
