// Opens pages in Chromium and notes all that a page must not do.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const found = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

/// Why nothing can be tested, or false. On a server that is a failure, not a reason to skip.
export const missing = !found && process.env.CI !== "true" ? "no Chromium here" : false;

export async function launched() {
  if (!found) throw new Error("Chromium is missing: install it, or say where it is (CHROMIUM=...)");
  return chromium.launch({ executablePath: found, args: ["--no-sandbox"] });
}

/// The page of a file once all its pictures are drawn; `faults` lists errors and requests as they come.
export async function opened(browser, file, { width = 1280, scheme = "light" } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const faults = [];
  const own = pathToFileURL(file).href;
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => request.url() !== own && faults.push(`request: ${request.url()}`));
  await page.goto(own);
  await page.waitForSelector("html[data-pictures=drawn]");
  return { page, faults, close: () => context.close() };
}

/// Waits until what was asked for by a new width or medium is drawn.
export async function settled(page) {
  await page.evaluate(
    () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done, 50)), 50)),
  );
}
