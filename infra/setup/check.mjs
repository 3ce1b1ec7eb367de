// @ts-check
import path from 'node:path';
import { checkout } from './folders.mjs';
import { findNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { pass } from './run.mjs';

/** @param {readonly string[]} args */
export async function runCheck(args) {
  const node = await findNode();
  await ensurePackages();
  return pass(node, ['--disable-warning=ExperimentalWarning', path.join(checkout, 'infra/check/run.ts'), ...args], { cwd: checkout });
}
