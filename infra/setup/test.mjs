// @ts-check
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { checkout } from './folders.mjs';
import { ensureMongod } from './mongod.mjs';
import { findNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { pass } from './run.mjs';

const everyTest = ['core', 'integrations', 'ui-extensions', 'infra'].map((folder) => `${folder}/**/*.test.ts`);

/**
 * Runs mocha on these files (without any: on all tests), and closes with `N passed, N failed`.
 * @param {readonly string[]} args mocha's own: `--grep`, files, …
 */
export async function runTests(args) {
  const node = await findNode();
  await ensurePackages();
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, LEADLIGHT_CHROMIUM: await ensureChromium() };
  if (!env.LEADLIGHT_TEST_MONGODB_URI) env.LEADLIGHT_MONGOD = await ensureMongod(node);
  const scratch = await mkdtemp(path.join(tmpdir(), 'leadlight-test-'));
  const result = path.join(scratch, 'result.json');
  const mocha = [
    '--disable-warning=ExperimentalWarning',
    'node_modules/mocha/bin/mocha.js',
    ...args,
    ...(namesFiles(args) ? [] : [...sideBySide(), ...everyTest]),
  ];
  const code = await pass(node, mocha, { cwd: checkout, env: { ...env, LEADLIGHT_TEST_RESULT: result } });
  const counts = await readCounts(result);
  await rm(scratch, { recursive: true, force: true });
  if (counts === undefined && code === 0) return 0;
  // A run that broke outside of any test has failed all the same.
  const { passed, failed } = { passed: 0, failed: 0, ...counts };
  process.stdout.write(`${passed} passed, ${code === 0 ? failed : Math.max(failed, 1)} failed\n`);
  return code;
}

/** All tests: files run in processes beside each other, as most of them wait most of the time. */
function sideBySide() {
  return ['--parallel', '--jobs', String(Math.min(Math.max(availableParallelism(), 2), 4))];
}

/** @param {readonly string[]} args */
function namesFiles(args) {
  return args.some((arg) => !arg.startsWith('-') && (arg.includes('*') || existsSync(path.join(checkout, arg))));
}

/** @param {string} file @returns {Promise<{ passed: number, failed: number } | undefined>} */
async function readCounts(file) {
  return readFile(file, 'utf8').then(JSON.parse, () => undefined);
}
