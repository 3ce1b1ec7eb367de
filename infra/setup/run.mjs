// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { SetupProblem } from './say.mjs';

/**
 * Runs a program quietly and gives what it wrote to stdout.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, purpose: string }} options `purpose` names the step when it fails.
 * @returns {Promise<string>}
 */
export async function capture(program, args, { purpose, ...options }) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const code = await ended(child).catch((error) => error.message);
  if (code === 0) return stdout;
  throw new SetupProblem(`${purpose} failed (${typeof code === 'number' ? `exit code ${code}` : code}).\n${excerpt(stderr || stdout)}`);
}

/**
 * Runs a program on this terminal and gives its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function pass(program, args, options) {
  return ended(spawn(program, args, { stdio: 'inherit', ...options }));
}

/**
 * The exit code of a child; 128 + n when signal n ended it, as shells say it. Rejects when it could not be started.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

/** The beginning and the end of a long text: programs say why in the one or the other. @param {string} text */
function excerpt(text) {
  const lines = text.trimEnd().split('\n');
  return (lines.length <= 30 ? lines : [...lines.slice(0, 15), '…', ...lines.slice(-15)]).join('\n');
}
