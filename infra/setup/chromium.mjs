// @ts-check
import { existsSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { aptInstall, canAptInstall, isProgram, onPath } from './programs.mjs';
import { SetupProblem } from './say.mjs';

const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Path of a Chromium or Chrome; installs Debian's where that is possible. @returns {Promise<string>} */
export async function ensureChromium() {
  return findChromium() ?? withLock('Chromium', async () => findChromium() ?? (await installChromium()));
}

/** @returns {string | undefined} */
export function findChromium() {
  const named = process.env.LEADLIGHT_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new SetupProblem(`LEADLIGHT_CHROMIUM names ${named}, which is not a program.`);
  }
  return onPath('chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser') ?? (existsSync(macChrome) ? macChrome : undefined);
}

async function installChromium() {
  if (canAptInstall()) await aptInstall('chromium', 'fonts-liberation');
  const installed = onPath('chromium');
  if (installed !== undefined) return installed;
  throw new SetupProblem(
    'Tests and benchmarks drive a real browser, and no Chromium or Chrome was found. Install one (Debian: apt-get install chromium; others: ' +
      'npx playwright-core install --with-deps chromium), and name it with LEADLIGHT_CHROMIUM when it is not on PATH.',
  );
}
