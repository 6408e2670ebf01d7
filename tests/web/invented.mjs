// Pictures of every kind with invented numbers, and one with names that were written to break pages.

/// A small generator of numbers, the same at each call: between 0 and 1.
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const column = (name, holds = "number", unit = "", label = name.replaceAll("_", " ")) => ({ name, label, holds, unit });
const text = (name) => column(name, "text");

function picture(id, drawn, columns, rows, labels = {}) {
  return { id, drawn, title: `Invented: ${id}`, alternative: `What ${id} shows, in words`, columns, rows, labels };
}

const policies = ["today", "four tiers", "points for invoices that are paid early", "no discount"];
const scenarios = ["as expected", "recession", "a competitor cuts prices"];
const tiers = ["base", "silver", "gold", "platinum"];

function course(names, months = 60) {
  const roll = dice(1);
  const rows = [];
  names.forEach((policy, at) => {
    let middle = 0;
    for (let month = 1; month <= months; ++month) {
      middle += (roll() - 0.42 + at * 0.05) * 40_000;
      const spread = 15_000 * Math.sqrt(month);
      rows.push([
        policy,
        month,
        middle - 2.4 * spread,
        middle - spread,
        middle,
        middle + spread,
        middle + 2.4 * spread,
        middle + 1000,
      ]);
    }
  });
  const columns = [
    text("policy"),
    column("month", "month"),
    column("low", "number", "EUR", "5 %"),
    column("quarter_low", "number", "EUR", "25 %"),
    column("middle", "number", "EUR"),
    column("quarter_high", "number", "EUR", "75 %"),
    column("high", "number", "EUR", "95 %"),
    column("mean", "number", "EUR"),
  ];
  return picture("course", "course", columns, rows, {
    horizon: "36",
    horizon_name: "horizon",
    y: "difference to today (EUR)",
  });
}

function curve(names) {
  const rows = names.flatMap((policy, at) =>
    [15, 30, 45, 60, 90].map((days) => {
      const mean = 40_000 * (at + 1) - 900 * days;
      return [policy, days, mean, mean - 8_000, mean + 8_000];
    }),
  );
  const columns = [
    text("policy"),
    column("value", "number", "day", "payment.terms_days"),
    column("mean", "number", "EUR"),
    column("low", "number", "EUR", "from"),
    column("high", "number", "EUR", "to"),
  ];
  return picture("curve-1", "curve", columns, rows, {
    x: "payment.terms_days",
    y: "difference to today (EUR)",
    here: "45",
    here_name: "the point of this page",
  });
}

function intervals(id, drawn, outer, inner, extra, outer_names, inner_names) {
  const roll = dice(7);
  const rows = [];
  for (const a of outer_names) {
    for (const b of inner_names) {
      const mean = (roll() - 0.3) * 2_000_000;
      const half = 100_000 + roll() * 200_000;
      const row = [a, b, mean, mean - half, mean + half];
      if (extra.includes("future_low"))
        row.push(mean - 4 * half, ...(extra.includes("future_middle") ? [mean - half / 2] : []), mean + 4 * half);
      if (extra.includes("better")) row.push(roll());
      rows.push(row);
    }
  }
  const columns = [
    text(outer),
    text(inner),
    ...["mean", "low", "high"].map((name) => column(name, "number", "EUR")),
    ...extra.map((name) => column(name, name === "better" ? "share" : "number", "EUR")),
  ];
  return picture(id, drawn, columns, rows);
}

function tierCourse(names, tier_names) {
  const roll = dice(3);
  const rows = [];
  names.forEach((policy, at) => {
    tier_names.forEach((tier, depth) => {
      for (let month = 0; month <= 48; ++month) {
        rows.push([policy, tier, month, Math.round((4000 / (depth + 1)) * (1 + (at * month) / 200) + roll() * 100)]);
      }
    });
  });
  return picture(
    "tiers",
    "tiers",
    [text("policy"), text("tier"), column("month", "month"), column("customers", "count")],
    rows,
  );
}

function flows(names, tier_names) {
  const roll = dice(5);
  const rows = names.flatMap((policy) =>
    tier_names.slice(1).flatMap((tier, at) => [
      [policy, tier_names[at], tier, roll() * 900, roll() * 0.2],
      [policy, tier, tier_names[at], roll() * 500, roll() * 0.1],
    ]),
  );
  return picture(
    "flows",
    "flows",
    [text("policy"), text("from"), text("to"), column("customers", "count"), column("share", "share")],
    rows,
  );
}

function bars(names, tier_names) {
  const roll = dice(9);
  const rows = names.flatMap((policy) =>
    tier_names.flatMap((tier) =>
      ["margin", "rewards", "late payment"].map((measure, at) => [
        policy,
        tier,
        measure,
        (at === 0 ? 1 : -0.4) * roll() * 500_000,
      ]),
    ),
  );
  return picture(
    "bars",
    "bars",
    [text("policy"), text("tier"), text("measure"), column("amount", "number", "EUR")],
    rows,
  );
}

function waterfall(steps) {
  const amounts = [0, 820_000, -310_000, -45_000, 120_000, -12_345.6];
  const rows = [[steps[0], 0, 1_200_000, 1_200_000, "total"]];
  let at = 1_200_000;
  for (let step = 1; step < steps.length - 1; ++step) {
    rows.push([steps[step], at, at + amounts[step], amounts[step], "part"]);
    at += amounts[step];
  }
  rows.push([steps.at(-1), 0, at, at, "total"]);
  return picture(
    "waterfall",
    "waterfall",
    [text("step"), ...["begin", "end", "amount"].map((name) => column(name, "number", "EUR")), text("kind")],
    rows,
  );
}

function regret(scenario_names, names) {
  const roll = dice(11);
  const given = scenario_names.map(() => {
    const own = names.map(() => Math.max(0, roll() - 0.2) * 900_000);
    own[Math.floor(roll() * own.length)] = 0;
    return own;
  });
  const worst = names.map((_, at) => Math.max(...given.map((own) => own[at])));
  const safest = worst.indexOf(Math.min(...worst));
  const rows = scenario_names.flatMap((scenario, s) =>
    names.map((policy, at) => [
      scenario,
      policy,
      given[s][at],
      1_000_000 - given[s][at],
      given[s][at] === 0 ? 1 : 0,
      at === safest ? 1 : 0,
    ]),
  );
  return picture(
    "regret",
    "regret",
    [
      text("scenario"),
      text("policy"),
      column("given_up", "number", "EUR"),
      column("mean", "number", "EUR"),
      column("is_best", "count", "", "best of the scenario"),
      column("worst", "count", "", "least given up at worst"),
    ],
    rows,
  );
}

function frontier(names) {
  const roll = dice(13);
  const rows = names.map((policy) => {
    const [x, y] = [roll() * 2_000_000 - 400_000, 0.6 + roll() * 0.2];
    return [
      policy,
      x,
      x - 80_000 - roll() * 90_000,
      x + 80_000 + roll() * 90_000,
      y,
      y - 0.01 - roll() * 0.02,
      y + 0.02,
    ];
  });
  return picture(
    "frontier",
    "frontier",
    [
      text("policy"),
      ...["x", "x_low", "x_high"].map((name) => column(name, "number", "EUR")),
      ...["y", "y_low", "y_high"].map((name) => column(name, "share")),
    ],
    rows,
    { x: "profit in five years (EUR)", y: "satisfaction" },
  );
}

function tornado(names) {
  const roll = dice(17);
  const base = 500_000;
  const rows = names.map((name, at) => {
    const size = 400_000 / (at + 1);
    return [name, 0.02, 0.08, base - size * (0.5 + roll()), base + size * (roll() - 0.1), base];
  });
  return picture(
    "tornado",
    "tornado",
    [
      text("name"),
      column("low_value", "share"),
      column("high_value", "share"),
      column("at_low", "number", "EUR"),
      column("at_high", "number", "EUR"),
      column("base", "number", "EUR"),
    ],
    rows,
    { x: "profit in five years (EUR)" },
  );
}

function chance(names) {
  const rows = names.flatMap((policy, at) =>
    Array.from({ length: 41 }, (_, step) => [policy, (step - 14) * 50_000 * (1 + at / 3) + at * 90_000, step / 40]),
  );
  return picture(
    "chance",
    "chance",
    [text("policy"), column("amount", "number", "EUR"), column("share", "share")],
    rows,
  );
}

function whale(names) {
  const rows = names.flatMap((policy, at) =>
    Array.from({ length: 51 }, (_, step) => {
      const share = step / 50;
      return [policy, share, 1.35 * (1 - (1 - share) ** (3 + at)) - 0.35 * share ** 3];
    }),
  );
  return picture(
    "whale",
    "whale",
    [text("policy"), column("share_customers", "share"), column("share_value", "share")],
    rows,
  );
}

/// Every kind of picture, with the given names of policies, scenarios and tiers.
export function invented({ policy = policies, scenario = scenarios, tier = tiers } = {}) {
  const against = policy.slice(1);
  const steps = [
    "today",
    "revenue",
    "cost of goods",
    "rewards",
    "fewer customers leave",
    "late payment",
    policy.at(-1),
  ];
  return [
    course(against),
    curve(against),
    intervals("forest", "forest", "scenario", "policy", ["future_low", "future_high", "better"], scenario, against),
    intervals(
      "levels",
      "levels",
      "scenario",
      "policy",
      ["future_low", "future_middle", "future_high"],
      scenario,
      policy,
    ),
    tierCourse(policy, tier),
    flows(against, tier),
    bars(policy.slice(0, 2), tier),
    waterfall(steps),
    regret(scenario, policy),
    frontier(policy),
    tornado([...tier, ...scenario]),
    chance(policy),
    whale(policy.slice(0, 3)),
    intervals("groups", "groups", "policy", "group", [], against, ["north", "south", "west and the islands"]),
    intervals(
      "winners",
      "winners",
      "by",
      "part",
      [],
      ["by sales of the year before", "by tier"],
      Array.from({ length: 10 }, (_, at) => `tenth ${at + 1}`),
    ),
  ];
}

/// Forty names that were written to break pages.
export const hostile = [
  "<script>document.title='taken'</script>",
  "<img src=x onerror=\"document.title='taken'\">",
  "</script><b>bold",
  "<!--",
  "]]>",
  "&lt;not a tag&gt; & co",
  "\"quoted\" 'twice'",
  "=1+1",
  "+SUM(A1)",
  "-2",
  "@now",
  "\ttab",
  "a,b;c",
  "two\nlines",
  "back\\slash",
  "${1+1}",
  "{{7*7}}",
  "javascript:alert(1)",
  "url(#x)",
  "var(--x)",
  "currentColor",
  "none",
  "__proto__",
  "constructor",
  "NaN",
  "null",
  "0",
  "مرحبا بالعالم",
  "שלום עולם",
  "\u202egnirts desrever",
  "🧾👩‍👩‍👧‍👦🏳️‍🌈",
  "客户忠诚度计划",
  "Zoë Ångström",
  "ﷺ".repeat(12),
  "e\u0301".repeat(30),
  " leading and trailing ",
  "​zero width",
  "x".repeat(200),
  "many words ".repeat(18).trim(),
  "\u0001control\u0007",
];
