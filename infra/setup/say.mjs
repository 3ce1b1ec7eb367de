// @ts-check
/** Progress goes to stderr: stdout belongs to the command that is run. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Something a person has to do first. The message says what; no stack is shown. */
export class SetupProblem extends Error {}
