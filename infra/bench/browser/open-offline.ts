import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../setup/chromium.mjs';

/** Every host but this machine resolves to nothing: what a page or a tool asks of the world stays here, and is not measured. */
const onlyThisMachine = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
];

/** A real browser, headless, that reaches this machine alone. Heap sizes are exact, not rounded. */
export function openOffline(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('There is no Chromium on this machine: install one, or name it with LEADLIGHT_CHROMIUM.');
  return chromium.launch({ executablePath, args: [...quiet, '--enable-precise-memory-info', onlyThisMachine] });
}
