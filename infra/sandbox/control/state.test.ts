import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connectHubSpot, connectSlack, hubspotApi, stateOf, testOptions, trySandbox } from '../testing/try-sandbox.ts';

const contactPath = '/crm/objects/2026-09/contacts/51001';

async function tryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'leadlight-sandbox-'));
  return { file: path.join(folder, 'deeper', 'sandbox.jsonl'), [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** A sandbox in a process of its own, so that it can be killed. */
async function spawnSandbox(dataFile: string): Promise<{ url: string; process: ChildProcess }> {
  const module = fileURLToPath(new URL('../start-sandbox.ts', import.meta.url));
  const script = `const { startSandbox } = await import(${JSON.stringify(module)}); console.log((await startSandbox(${JSON.stringify(testOptions({ dataFile }))})).url)`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const url of createInterface({ input: child.stdout })) return { url, process: child };
  throw new Error('The sandbox did not start');
}

describe('the sandbox: its state', () => {
  it('has everything that was answered after a kill -9, also when the last line was cut short', async () => {
    await using folder = await tryFolder();
    const first = await spawnSandbox(folder.file);
    const { api, accessToken } = await connectHubSpot(first.url);
    await api('PATCH', contactPath, { properties: { city: 'Oslo' } });
    first.process.kill('SIGKILL');
    await new Promise((resolve) => first.process.once('exit', resolve));
    await appendFile(folder.file, '[{"c":"contacts","k":"51001","v":{"id":"510');
    await using second = await trySandbox({ dataFile: folder.file });
    const { body } = await hubspotApi(second.url, accessToken)('GET', `${contactPath}?properties=city`);
    assert.match(JSON.stringify(body.properties), /"city":"Oslo"/);
    const made = await hubspotApi(second.url, accessToken)('POST', '/crm/objects/2026-09/contacts', {
      properties: { email: 'a@b.example' },
    });
    assert.equal(made.status, 201);
  });

  it('goes back to the seed on reset, and stays there after a restart', async () => {
    await using folder = await tryFolder();
    const before = await trySandbox({ dataFile: folder.file });
    const { api } = await connectHubSpot(before.url);
    await api('PATCH', contactPath, { properties: { city: 'Oslo' } });
    await fetch(`${before.url}/reset`, { method: 'POST', headers: { accept: 'application/json' } });
    await before.close();
    await using after = await trySandbox({ dataFile: folder.file });
    const state = await stateOf(after.url);
    assert.equal(state.installations.length, 0);
    assert.equal(state.hubspot.contacts.find((one) => one.id === '51001')?.properties.city, 'Rotterdam');
  });

  it('says what to do about a file that it cannot read', async () => {
    await using folder = await tryFolder();
    await mkdir(path.dirname(folder.file), { recursive: true });
    for (const text of ['{"not":"a journal"}\n', 'not json\n', '[{"c":"contacts","k":"1","v":{"id":1}}]\n']) {
      await writeFile(folder.file, text);
      await assert.rejects(trySandbox({ dataFile: folder.file }), /away to start from the seed/);
    }
  });

  it('shows tokens only to who asks for them', async () => {
    await using sandbox = await trySandbox();
    const { accessToken, refreshToken } = await connectHubSpot(sandbox.url);
    const { token } = await connectSlack(sandbox.url);
    const shown = await (await fetch(`${sandbox.url}/state`)).text();
    const asked = await (await fetch(`${sandbox.url}/state?tokens=1`)).text();
    for (const secret of [accessToken, refreshToken, token]) {
      assert.equal(shown.includes(secret), false);
      assert.equal(asked.includes(secret), true);
    }
  });

  it('keeps a log of the calls with their rows', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    const inputs = [{ id: '51001', properties: { city: 'Oslo' } }];
    await api('POST', '/crm/objects/2026-09/contacts/batch/update', { inputs });
    const call = (await stateOf(sandbox.url)).calls.at(-1);
    assert.deepEqual(call, { method: 'POST', path: '/crm/objects/2026-09/contacts/batch/update', status: 200, rows: 1, fault: '' });
  });
});
