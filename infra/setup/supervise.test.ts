import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { processFacts } from '../mongo/process-facts.ts';

const module = JSON.stringify(path.join(import.meta.dirname, 'supervise.mjs'));

/** A program that starts a child, tells both ids, and ends with 3 when asked to. */
const main = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  process.on('SIGTERM', () => process.exit(3));
  console.log(JSON.stringify([process.pid, child.pid]));
  setInterval(() => {}, 1000);`;

describe('npm start', () => {
  const supervisors = new Set<ChildProcess>();

  afterEach(() => {
    for (const supervisor of supervisors) supervisor.kill('SIGKILL');
    supervisors.clear();
  });

  async function supervise(program: string) {
    const code = `
      import { supervise } from ${module};
      process.exitCode = await supervise(process.execPath, ['-e', ${JSON.stringify(program)}], { env: process.env, cwd: '.' });`;
    const supervisor = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'pipe'] });
    supervisors.add(supervisor);
    const [line] = await once(createInterface(supervisor.stdout), 'line');
    const [mainId, childId]: number[] = JSON.parse(line);
    assert.ok(mainId !== undefined && childId !== undefined);
    return { supervisor, mainId, childId };
  }

  it('ends what the server started when the server is killed, and fails saying so', async () => {
    const { supervisor, mainId, childId } = await supervise(main);
    let said = '';
    supervisor.stderr?.on('data', (text) => {
      said += text;
    });
    process.kill(mainId, 'SIGKILL');
    assert.deepEqual(await once(supervisor, 'close'), [1, null]);
    assert.match(said, /ended by SIGKILL/);
    assert.equal(processFacts(childId), undefined);
  });

  it("passes a signal to the server and answers with the server's exit code, leaving nothing behind", async () => {
    const { supervisor, mainId, childId } = await supervise(main);
    supervisor.kill('SIGTERM');
    assert.deepEqual(await once(supervisor, 'close'), [3, null]);
    assert.equal(processFacts(mainId), undefined);
    assert.equal(processFacts(childId), undefined);
  });

  it('ends a server that does not listen at the third signal', async () => {
    const { supervisor, mainId } = await supervise(main.replace('process.exit(3)', '0'));
    const insist = setInterval(() => supervisor.kill('SIGTERM'), 200);
    supervisor.once('close', () => clearInterval(insist));
    assert.deepEqual(await once(supervisor, 'close'), [1, null]);
    assert.equal(processFacts(mainId), undefined);
  });

  it('ends the server when npm, which would pass the signals on, was killed', async () => {
    const code = `
      import { supervise } from ${module};
      process.exitCode = await supervise(process.execPath, ['-e', ${JSON.stringify(main)}], { env: process.env, cwd: '.' });`;
    const npm = `
      const args = ['--input-type=module', '--eval', ${JSON.stringify(code)}];
      require('node:child_process').spawn(process.execPath, args, { stdio: 'inherit' });`;
    const env = { ...process.env, npm_lifecycle_event: 'start' };
    const killed = spawn(process.execPath, ['--eval', npm], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(killed.stdout), 'line');
    const ids: number[] = JSON.parse(line);
    killed.kill('SIGKILL');
    // The pipe closes when the last of them is gone.
    await once(killed, 'close');
    assert.deepEqual(ids.map(processFacts), [undefined, undefined]);
  });
});
