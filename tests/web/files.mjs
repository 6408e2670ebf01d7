// Presses the buttons below pictures and reads what they save.
import { readFileSync } from "node:fs";

/// What all buttons of a kind ("csv", "svg") save: file name to content. The first is saved for real; of the others a
/// browser would ask whether so many are wanted, so what they would save is caught.
export async function savedFiles(page, kind) {
  const buttons = `.save:not([hidden]) button[data-saves=${kind}]`;
  const caught = await page.evaluate(async (selector) => {
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    let blob;
    let name;
    URL.createObjectURL = (given) => createObjectURL.call(URL, (blob = given));
    HTMLAnchorElement.prototype.click = function () {
      name = this.download;
    };
    const files = [];
    for (const button of document.querySelectorAll(selector)) {
      button.click();
      files.push([name, await blob.text()]);
    }
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
    return files;
  }, buttons);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(buttons).first().click()]);
  const files = new Map(caught);
  files.set(download.suggestedFilename(), readFileSync(await download.path(), "utf8"));
  return files;
}

/// The cells of a CSV as RFC 4180 has it: lines end with CR LF, quotes are doubled inside quotes.
export function parsedCsv(text) {
  const rows = [];
  let row = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    row.push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2]);
    if (match[3] === ",") continue;
    rows.push(row);
    row = [];
    if (cell.lastIndex === text.length) return rows;
  }
  throw new Error("no CSV as RFC 4180 has it");
}
