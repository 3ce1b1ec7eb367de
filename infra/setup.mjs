#!/usr/bin/env node
// @ts-check
// The door of the checkout: `npm start`, `npm test`, `npm run check` and `npm run bench` come here. Plain JavaScript for Node 18 and
// newer, without packages, because it is what brings Node 24 and the packages.
import { runBench } from './setup/bench.mjs';
import { runCheck } from './setup/check.mjs';
import { help } from './setup/help.mjs';
import { SetupProblem, say } from './setup/say.mjs';
import { start } from './setup/start.mjs';
import { runTests } from './setup/test.mjs';

/** @type {Record<string, (args: readonly string[]) => Promise<number>>} */
const commands = { start, test: runTests, check: runCheck, bench: runBench };

/** @param {readonly string[]} argv The command, then its own arguments, with or without a `--` between. */
async function main([name = 'start', ...rest]) {
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  const run = commands[name];
  if (run === undefined) throw new SetupProblem(`There is no "${name}". Use one of: ${Object.keys(commands).join(', ')}.`);
  if (args.includes('--help') && name !== 'test') {
    process.stdout.write(help(name));
    return 0;
  }
  if (process.platform === 'win32') throw new SetupProblem('Leadlight runs on Linux and macOS. On Windows, use WSL 2.');
  return run(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  say(error.message);
  process.exitCode = 1;
}
