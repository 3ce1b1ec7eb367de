// @ts-check
import path from 'node:path';
import { checkout } from './folders.mjs';
import { ensureMongod } from './mongod.mjs';
import { findNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { supervise } from './supervise.mjs';

/** Runs the whole system until it ends; gives its exit code. @param {readonly string[]} args */
export async function start(args) {
  const node = await findNode();
  await ensurePackages();
  const env = { ...process.env };
  if (!env.MONGODB_URI) env.LEADLIGHT_MONGOD = await ensureMongod(node);
  const main = path.join(checkout, 'infra/main.ts');
  return supervise(node, ['--disable-warning=ExperimentalWarning', main, ...args], { env, cwd: checkout });
}
