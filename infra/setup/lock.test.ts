import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const lock = JSON.stringify(path.join(import.meta.dirname, 'lock.mjs'));

describe('two setups at once', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leadlight-lock-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  function run(program: string) {
    const code = `import { withLock } from ${lock}; import { appendFile } from 'node:fs/promises'; const log = ${JSON.stringify(path.join(folder, 'log'))}; ${program}`;
    const env = { ...process.env, LEADLIGHT_CACHE: folder };
    return spawn(process.execPath, ['--input-type=module', '--eval', code], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  it('do the same work one after the other', async () => {
    const program = `await withLock('work', async () => {
      await appendFile(log, 'in ');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await appendFile(log, 'out ');
    });`;
    await Promise.all([run(program), run(program), run(program)].map((child) => once(child, 'close')));
    assert.equal(await readFile(path.join(folder, 'log'), 'utf8'), 'in out in out in out ');
  });

  it('do not wait for one that was killed', async () => {
    const killed = run(
      `await withLock('work', () => { process.stdout.write('mine'); return new Promise((resolve) => setTimeout(resolve, 60_000)); });`,
    );
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'close');
    await once(run(`await withLock('work', () => appendFile(log, 'mine now'));`), 'close');
    assert.equal(await readFile(path.join(folder, 'log'), 'utf8'), 'mine now');
  });
});
