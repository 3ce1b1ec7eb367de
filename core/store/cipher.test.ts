import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import { noon } from '../testing/frozen-clock.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { createCipher, KeyGoneError, SecretMisplacedError, type SecretPlace } from './cipher.ts';
import { type MasterKey, openMasterKey } from './master-key.ts';

const place: SecretPlace = { workspaceId: 'ws_1', provider: 'hubspot', field: 'connection:conn_1:accessToken' };
const secret = 'CPOt-a-very-secret-token';

describe('a secret at rest', () => {
  let platform: TestPlatform;

  beforeEach(async () => {
    platform = await testPlatform();
  });

  it('comes back as it was put in, whatever is in it', async () => {
    for (const text of [secret, '', 'ünïcödé ✓ 漢字', 'x'.repeat(20_000)]) {
      const sealed = await platform.cipher.encrypt(place, text);
      assert.equal(await platform.cipher.decrypt(place, sealed), text);
    }
  });

  it('never looks the same twice, and shows nothing of itself', async () => {
    const [one, other] = await Promise.all([platform.cipher.encrypt(place, secret), platform.cipher.encrypt(place, secret)]);
    assert.notEqual(one, other);
    for (const part of one.split('.')) assert.ok(!Buffer.from(part, 'base64url').toString('latin1').includes(secret));
  });

  it('is refused in another row, column or provider of the same workspace', async () => {
    const sealed = await platform.cipher.encrypt(place, secret);
    const elsewhere: SecretPlace[] = [
      { ...place, field: 'connection:conn_2:accessToken' },
      { ...place, field: 'connection:conn_1:refreshToken' },
      { ...place, provider: 'slack' },
    ];
    for (const wrong of elsewhere) await assert.rejects(platform.cipher.decrypt(wrong, sealed), SecretMisplacedError, wrong.field);
  });

  it('is refused in another workspace', async () => {
    const sealed = await platform.cipher.encrypt(place, secret);
    const other = { ...place, workspaceId: 'ws_2' };
    await assert.rejects(platform.cipher.decrypt(other, sealed), SecretMisplacedError);
    await platform.cipher.encrypt(other, 'so that the other workspace has a key');
    await assert.rejects(platform.cipher.decrypt(other, sealed), SecretMisplacedError);
  });

  it('is refused when anything in it was changed, header and place included', async () => {
    const sealed = await platform.cipher.encrypt(place, secret);
    const parts = sealed.split('.');
    for (const [index, part] of parts.entries()) {
      if (part === '') continue;
      const bytes = Buffer.from(part, 'base64url');
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const forged = parts.with(index, changed.toString('base64url')).join('.');
        await assert.rejects(platform.cipher.decrypt(place, forged), `part ${index}, byte ${at}`);
      }
    }
    const other = { ...place, provider: 'slack' };
    const header = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString());
    const moved = Buffer.from(JSON.stringify({ ...header, ctx: header.ctx.replace('hubspot', 'slack') })).toString('base64url');
    await assert.rejects(platform.cipher.decrypt(other, parts.with(0, moved).join('.')));
  });

  it('is refused under another master key', async () => {
    const sealed = await platform.cipher.encrypt(place, secret);
    const stranger = createCipher(await otherMaster(platform), platform.store.keys);
    await assert.rejects(stranger.decrypt(place, sealed));
  });

  it('can be read by another replica, and both make one key when they start at the same moment', async () => {
    const master = await samePlatformMaster(platform);
    const replicas = [createCipher(master, platform.store.keys), createCipher(master, platform.store.keys)];
    const sealed = await Promise.all(replicas.flatMap((cipher) => [1, 2, 3].map((n) => cipher.encrypt(place, `${secret}-${n}`))));
    assert.equal(await platform.store.keys.collection('workspaceKeys').countDocuments(), 1);
    for (const cipher of replicas) {
      for (const jwe of sealed) assert.match(await cipher.decrypt(place, jwe), /^CPOt-a-very-secret-token-\d$/);
    }
  });

  it('leaves nothing in clear in the keys database: neither master key, workspace key nor secret', async () => {
    const master = await samePlatformMaster(platform);
    const cipher = createCipher(master, platform.store.keys);
    await cipher.encrypt(place, secret);
    const [row] = await platform.store.keys.collection<{ wrapped: string }>('workspaceKeys').find().toArray();
    const dataKey = await master.unwrap(row?.wrapped ?? '');
    assert.equal(dataKey.length, 32);
    const dump = await dumpKeys(platform);
    assert.match(dump, /ws_1/);
    for (const key of [master.key, dataKey].map((bytes) => Buffer.from(bytes))) {
      for (const form of [key.toString('base64'), key.toString('base64url'), key.toString('hex'), key.toString('latin1')]) {
        assert.ok(!dump.includes(form));
      }
    }
    assert.ok(!dump.includes(secret));
  });

  it('is gone for good once the key of its workspace is destroyed, and reading it makes no new key', async () => {
    const master = await samePlatformMaster(platform);
    const sealed = await createCipher(master, platform.store.keys).encrypt(place, secret);
    await platform.store.keys.collection('workspaceKeys').deleteMany({ workspaceId: place.workspaceId });
    await assert.rejects(createCipher(master, platform.store.keys).decrypt(place, sealed), KeyGoneError);
    assert.equal(await platform.store.keys.collection('workspaceKeys').countDocuments(), 0);
  });
});

describe('a signed token', () => {
  let platform: TestPlatform;
  let token: string;
  const claims = { sub: 'mem_1', wid: 'ws_1', rid: 'ses_1' };
  const seconds = (count: number) => new Date(noon.getTime() + count * 1000);

  before(async () => {
    platform = await testPlatform();
    token = await platform.cipher.sign('replay', claims, { now: noon, seconds: 120 });
  });

  it('gives its claims back while it is fresh', async () => {
    for (const at of [0, 60, 119]) {
      const found = await platform.cipher.verify('replay', token, seconds(at));
      assert.deepEqual({ sub: found?.sub, wid: found?.wid, rid: found?.rid }, claims);
    }
  });

  it('is worth nothing from the second in which it expires', async () => {
    for (const at of [120, 121, 100_000]) assert.equal(await platform.cipher.verify('replay', token, seconds(at)), null);
  });

  it('is worth nothing for another purpose', async () => {
    for (const purpose of ['', 'sign-in', 'Replay', 'replay2']) assert.equal(await platform.cipher.verify(purpose, token, noon), null);
  });

  it('is worth nothing when any part of it was changed', async () => {
    const parts = token.split('.');
    const payload = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString());
    const forgeries = [
      parts.with(1, base64url.encode(JSON.stringify({ ...payload, rid: 'ses_2' }))),
      parts.with(1, base64url.encode(JSON.stringify({ ...payload, exp: payload.exp + 1000 }))),
      parts.with(2, base64url.encode(randomBytes(32))),
      parts.with(2, ''),
      parts.slice(0, 2),
    ].map((changed) => changed.join('.'));
    for (const forged of [...forgeries, '', 'x', 'a.b.c', `${token}x`]) {
      assert.equal(await platform.cipher.verify('replay', forged, noon), null, forged);
    }
  });

  it('is worth nothing unsigned (alg none), or signed with a key that is not ours', async () => {
    const unsigned = new UnsecuredJWT(claims)
      .setIssuer('leadlight')
      .setAudience('replay')
      .setIssuedAt(noon)
      .setExpirationTime(seconds(120));
    assert.equal(await platform.cipher.verify('replay', unsigned.encode(), noon), null);
    const header = base64url.encode(JSON.stringify({ alg: 'none', typ: 'replay+jwt' }));
    assert.equal(await platform.cipher.verify('replay', [header, ...token.split('.').slice(1)].join('.'), noon), null);
    for (const key of [randomBytes(32), Buffer.from(token), Buffer.alloc(32)]) {
      const forged = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'replay+jwt' })
        .setIssuer('leadlight')
        .setAudience('replay')
        .setIssuedAt(noon)
        .setExpirationTime(seconds(120))
        .sign(key);
      assert.equal(await platform.cipher.verify('replay', forged, noon), null);
    }
  });

  it('is worth nothing on an installation with another master key', async () => {
    const stranger = createCipher(await otherMaster(platform), platform.store.keys);
    assert.equal(await stranger.verify('replay', token, noon), null);
  });
});

/** A master key of another installation, in a database of its own so that ours is not asked. */
async function otherMaster(platform: TestPlatform): Promise<MasterKey> {
  const keys = platform.store.connection.useDb(`${platform.store.keys.name}_other`);
  const master = await openMasterKey({ base64: randomBytes(32).toString('base64') }, keys);
  await keys.dropDatabase();
  return master;
}

/** The same key bytes on every call, kept in the same database as a second replica would find them. */
async function samePlatformMaster(platform: TestPlatform): Promise<MasterKey> {
  const keys = platform.store.connection.useDb(`${platform.store.keys.name}_other`);
  const master = await openMasterKey({ base64: Buffer.alloc(32, 7).toString('base64') }, keys);
  await keys.dropDatabase();
  return master;
}

async function dumpKeys(platform: TestPlatform): Promise<string> {
  const db = platform.store.keys.db;
  const names = ((await db?.listCollections().toArray()) ?? []).map(({ name }) => name);
  return JSON.stringify(await Promise.all(names.map((name) => db?.collection(name).find().toArray())));
}
