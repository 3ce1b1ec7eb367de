// @ts-check
import path from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { checkout } from './folders.mjs';
import { ensureMongod } from './mongod.mjs';
import { findNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { pass } from './run.mjs';

/** @param {readonly string[]} args */
export async function runBench(args) {
  const node = await findNode();
  await ensurePackages();
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, LEADLIGHT_MONGOD: await ensureMongod(node), LEADLIGHT_CHROMIUM: await ensureChromium() };
  return pass(node, ['--disable-warning=ExperimentalWarning', path.join(checkout, 'infra/bench/run.ts'), ...args], { cwd: checkout, env });
}
