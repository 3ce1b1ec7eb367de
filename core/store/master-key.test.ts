import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { testPlatform } from '../testing/test-platform.ts';
import { MasterKeyError, openMasterKey } from './master-key.ts';

describe('the master key', () => {
  let folder: string;
  let file: string;
  let keys: Connection;

  beforeEach(async () => {
    const { store } = await testPlatform();
    keys = store.connection.useDb(`${store.keys.name}_${randomBytes(4).toString('hex')}`);
    folder = await mkdtemp(join(tmpdir(), 'leadlight-key-'));
    file = join(folder, 'master.key');
  });
  afterEach(async () => {
    await keys.dropDatabase();
    await rm(folder, { recursive: true, force: true });
  });

  const refused = (advice: RegExp) => (error: unknown) => error instanceof MasterKeyError && advice.test(error.message);

  it('is made at the first start, readable by its owner alone', async () => {
    const { key } = await openMasterKey({ file }, keys);
    assert.equal(key.length, 32);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(Buffer.from(await readFile(file, 'utf8'), 'base64'), Buffer.from(key));
  });

  it('is the same at the second start, and opens what it wrapped before', async () => {
    const first = await openMasterKey({ file }, keys);
    const wrapped = await first.wrap(Buffer.from('a workspace key'));
    const second = await openMasterKey({ file }, keys);
    assert.deepEqual(second.key, first.key);
    assert.equal(Buffer.from(await second.unwrap(wrapped)).toString(), 'a workspace key');
  });

  it('never stands in the database', async () => {
    const { key } = await openMasterKey({ file }, keys);
    const dump = JSON.stringify(await keys.collection('masterKeyCheck').find().toArray());
    for (const form of ['base64', 'base64url', 'hex'] as const) assert.ok(!dump.includes(Buffer.from(key).toString(form)));
  });

  it('refuses the start when it is missing, and makes no new one', async () => {
    await openMasterKey({ file }, keys);
    await rm(file);
    await assert.rejects(openMasterKey({ file }, keys), refused(/missing.*from your backup/));
    await assert.rejects(stat(file), /ENOENT/);
  });

  it('refuses the start when it is not the one that encrypted this database', async () => {
    await openMasterKey({ file }, keys);
    await writeFile(file, randomBytes(32).toString('base64'));
    await assert.rejects(openMasterKey({ file }, keys), refused(/not the one that encrypted this database.*original key/));
  });

  it('refuses the start when others may read it, and says the command that mends it', async () => {
    await openMasterKey({ file }, keys);
    for (const mode of [0o640, 0o604, 0o620, 0o601]) {
      await chmod(file, mode);
      await assert.rejects(openMasterKey({ file }, keys), refused(new RegExp(`chmod 600 ${file}`)), mode.toString(8));
    }
    await chmod(file, 0o400);
    await openMasterKey({ file }, keys);
  });

  it('refuses a key that is no key, and says how to make one', async () => {
    for (const text of [
      '',
      'secret',
      randomBytes(31).toString('base64'),
      randomBytes(33).toString('base64'),
      randomBytes(32).toString('hex'),
    ]) {
      await writeFile(file, text, { mode: 0o600 });
      await assert.rejects(openMasterKey({ file }, keys), refused(/32 bytes in base64.*openssl rand -base64 32/), text);
    }
  });

  it('refuses a passphrase that only happens to be as long as a key', async () => {
    const phrase = 'correct horse battery staple, then three more words';
    await assert.rejects(openMasterKey({ base64: phrase }, keys), refused(/LEADLIGHT_MASTER_KEY must be 32 bytes in base64/));
  });

  it('can come from the environment, and is proved the same way', async () => {
    const base64 = randomBytes(32).toString('base64');
    await openMasterKey({ base64 }, keys);
    await openMasterKey({ base64: ` ${base64}\n` }, keys);
    await assert.rejects(openMasterKey({ base64: randomBytes(32).toString('base64') }, keys), refused(/LEADLIGHT_MASTER_KEY.*not the one/));
    await assert.rejects(openMasterKey({ base64: 'short' }, keys), refused(/LEADLIGHT_MASTER_KEY must be/));
  });

  it('is made once when two replicas start for the first time at the same moment', async () => {
    const base64 = randomBytes(32).toString('base64');
    const [one, other] = await Promise.all([openMasterKey({ base64 }, keys), openMasterKey({ base64 }, keys)]);
    assert.deepEqual(one.key, other.key);
  });

  it('lets only one of two different keys win when both start for the first time at the same moment', async () => {
    const starts = [1, 2, 3].map(() => openMasterKey({ base64: randomBytes(32).toString('base64') }, keys));
    const outcomes = await Promise.allSettled(starts);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const outcome of outcomes) assert.ok(outcome.status === 'fulfilled' || outcome.reason instanceof MasterKeyError);
  });
});
