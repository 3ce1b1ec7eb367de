import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../setup/chromium.mjs';

/** Quiet: no sandbox (tests may run as root), and nothing that calls home. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real browser, headless. Close it in the test that opened it. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('There is no Chromium on this machine: run npm test, which brings one.');
  return chromium.launch({ executablePath, args });
}
