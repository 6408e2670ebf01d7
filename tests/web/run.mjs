// What a report must be in a real browser: silent, complete, true to its numbers, legible, quick, printable.
//
//   CLIENTELE_SCRIPT=report.js [CLIENTELE_REPORTS=a.html:b.html] node --test run.mjs
//
// CLIENTELE_SCRIPT is the bundle of tools/web, which draws invented pictures; CLIENTELE_REPORTS are more pages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";

import { launched, missing, opened, settled } from "./browser.mjs";
import { parsedCsv, savedFiles } from "./files.mjs";
import { hostile, invented } from "./invented.mjs";
import { crowding, leastContrast } from "./look.mjs";
import { differences } from "./marks.mjs";
import { pageOf } from "./page.mjs";

const widths = [360, 768, 1280];
const folder = mkdtempSync(join(tmpdir(), "clientele-web-"));
const script = readFileSync(process.env.CLIENTELE_SCRIPT, "utf8");

function written(name, pictures, language) {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, pageOf(pictures, script, language));
  return file;
}

/// Some numbers are missing, as where too few futures were simulated.
function withHoles(pictures) {
  const hole = (picture, value, n) =>
    picture.drawn === "forest" && n % 5 === 2 && typeof value === "number" ? null : value;
  return pictures.map((picture) => ({
    ...picture,
    rows: picture.rows.map((row, n) => row.map((value) => hole(picture, value, n))),
  }));
}

/// Invented pictures with every name taken from `names`.
const named = (names) =>
  invented({ policy: names.slice(0, 10), scenario: names.slice(10, 15), tier: names.slice(15, 20) });
const pages = [
  written("invented", invented(), "en"),
  written("invented-de", withHoles(invented()), "de"),
  written("names-1", named(hostile.slice(0, 20)), "en"),
  written("names-2", named(hostile.slice(20)), "en"),
  ...(process.env.CLIENTELE_REPORTS ?? "").split(":").filter(Boolean),
];

let browser;
before(async () => {
  if (!missing) browser = await launched();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

const picturesOf = (page) => page.evaluate(() => JSON.parse(document.getElementById("pictures").textContent).pictures);

/// The windows on a page, each opened once: by width and colour scheme.
class Windows {
  #open = new Map();
  #file;
  constructor(file) {
    this.#file = file;
  }
  async at(width = 1280, scheme = "light") {
    const key = `${width} ${scheme}`;
    if (!this.#open.has(key)) this.#open.set(key, await opened(browser, this.#file, { width, scheme }));
    return this.#open.get(key).page;
  }
  all() {
    return [...this.#open.values()];
  }
  async close() {
    for (const one of this.all()) await one.close();
  }
}

async function drawsAll(page) {
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll(".drawing")].map((place) => [
      place.dataset.picture,
      place.querySelector("svg[role=img]")?.getAttribute("aria-label"),
    ]),
  );
  const wanted = (await picturesOf(page)).map((one) => [one.id, one.alternative || one.title]);
  assert.ok(wanted.length > 0);
  assert.deepEqual(drawn, wanted);
}

async function followsItsWindow(page) {
  await page.setViewportSize({ width: 360, height: 800 });
  await settled(page);
  assert.deepEqual(await crowding(page), []);
  assert.deepEqual(await differences(page), []);
}

async function showsQuickly(file, pages) {
  assert.ok(statSync(file).size < 1_500_000, `${statSync(file).size} bytes`);
  const paint = () => performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const paints = await Promise.all(pages.map((page) => page.evaluate(paint)));
  assert.ok(Math.min(...paints) < 1000, `${paints} ms`);
}

/// On paper: what pdftotext finds, without spaces; texts of other scripts may be turned around and are left out.
async function prints(page) {
  const path = join(folder, "printed.pdf");
  await page.pdf({ path, format: "A4" });
  const printed = execFileSync("pdftotext", [path, "-"], { encoding: "utf8" }).replaceAll(/\s+/g, "");
  const texts = await page.evaluate(() =>
    [...document.querySelectorAll(".picture .sentence, .drawing [data-mark=across]")].map((one) => one.textContent),
  );
  const plain = texts.filter((text) => /^[\x20-\x7e]+$/.test(text));
  assert.ok(plain.length > 0);
  for (const text of plain) assert.ok(printed.includes(text.replaceAll(/\s+/g, "")), `"${text}" is not in the PDF`);
  await page.emulateMedia({ media: "print" });
  const paper = () => getComputedStyle(document.documentElement).getPropertyValue("--picture-paper");
  assert.equal(await page.evaluate(paper), "#ffffff");
}

const inCsv = (value) =>
  typeof value !== "string" ? String(value ?? "") : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;

async function savesNumbers(page) {
  const pictures = await picturesOf(page);
  const files = await savedFiles(page, "csv");
  assert.equal(files.size, pictures.length);
  for (const picture of pictures) {
    const lines = [picture.columns.map((column) => column.name), ...picture.rows.map((row) => row.map(inCsv))];
    assert.deepEqual(parsedCsv(files.get(`${picture.id}.csv`)), lines);
  }
}

/// Whether a file is an SVG by itself: no colour of the page, no number that is none, nothing from elsewhere.
function standsAlone(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const values = [...parsed.querySelectorAll("*")].flatMap((one) =>
    [...one.attributes].filter(({ name }) => name !== "aria-label").map(({ value }) => value),
  );
  return (
    parsed.documentElement.localName === "svg" &&
    !parsed.querySelector("parsererror, script, image, foreignObject") &&
    !values.some((value) => /var\(|NaN|undefined|https?:(?!\/\/www\.w3\.org\/)/.test(value))
  );
}

async function savesDrawings(page) {
  const files = await savedFiles(page, "svg");
  assert.equal(files.size, (await picturesOf(page)).length);
  for (const [name, content] of files) assert.ok(await page.evaluate(standsAlone, content), name);
}

for (const file of pages) {
  describe(basename(file, ".html"), { skip: missing }, () => {
    const windows = new Windows(file);
    after(() => windows.close());

    test("draws every picture and says what it shows", async () => drawsAll(await windows.at()));
    for (const width of widths) {
      test(`shows its numbers, ${width} pixels wide`, async () =>
        assert.deepEqual(await differences(await windows.at(width)), []));
      test(`is legible, ${width} pixels wide`, async () =>
        assert.deepEqual(await crowding(await windows.at(width)), []));
    }
    for (const scheme of ["light", "dark"]) {
      test(`has text that stands out, ${scheme}`, async () =>
        assert.ok((await leastContrast(await windows.at(360, scheme))) >= 4.5));
    }
    test("gives all its numbers as CSV, and no formula", async () => savesNumbers(await windows.at()));
    test("gives drawings that stand alone", async () => savesDrawings(await windows.at()));
    test("is a small file that shows quickly", () =>
      showsQuickly(
        file,
        windows.all().map((one) => one.page),
      ));
    test("is drawn anew when its window becomes narrow", async () => followsItsWindow(await windows.at(768)));
    test("prints its sentences and its axes, light on a dark screen", async () =>
      prints(await windows.at(360, "dark")));
    test("asks for nothing and complains of nothing", () =>
      assert.deepEqual(
        windows.all().flatMap((one) => one.faults),
        [],
      ));
  });
}

/// As `plain` of tools/web/drawing/names.js has it.
const shown = (name) =>
  name.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, "");

test("names are text, whatever stands in them", { skip: missing }, async () => {
  const texts = new Set();
  for (const file of pages.slice(2, 4)) {
    const { page, close } = await opened(browser, file);
    assert.equal(await page.title(), "report");
    assert.equal(await page.locator(".drawing :is(script, img, b, a, foreignObject)").count(), 0);
    for (const text of await page.locator(".drawing svg :is(text, title)").allTextContents()) texts.add(text);
    await close();
  }
  const all = [...texts].join("\u0000");
  for (const name of hostile) assert.ok(all.includes(shown(name)), JSON.stringify(name));
});

test("a picture that nothing draws leaves its table open and the others drawn", { skip: missing }, async () => {
  const [first, second] = invented();
  const file = written("unknown", [{ ...first, id: "unknown", drawn: "nothing" }, second], "en");
  const { page, faults, close } = await opened(browser, file);
  assert.equal(await page.locator(".drawing svg").count(), 1);
  assert.ok(await page.locator("#picture-unknown details").evaluate((one) => one.open));
  assert.deepEqual(faults, ['console: picture unknown: nothing draws "nothing"']);
  await close();
});

test("a page runs its own script only", { skip: missing }, async () => {
  const file = written("changed", invented().slice(0, 1), "en");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace("</body>", "<script>document.title = 'taken'</script></body>"),
  );
  const { page, faults, close } = await opened(browser, file);
  assert.equal(await page.title(), "report");
  assert.equal(faults.length, 1);
  assert.match(faults[0], /Content Security Policy/);
  await close();
});
