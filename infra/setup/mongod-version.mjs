// @ts-check
import { execFileSync } from 'node:child_process';
import { SetupProblem } from './say.mjs';

/** `6.0.5`, as the binary says it; throws when it cannot run here. @param {string} mongod */
export function mongodVersion(mongod) {
  const said = execFileSync(mongod, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const version = /db version v(\S+)/.exec(said)?.[1];
  if (version === undefined) throw new SetupProblem(`${mongod} does not answer --version as MongoDB does.`);
  return version;
}
