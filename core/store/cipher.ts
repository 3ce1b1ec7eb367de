/**
 * Secrets at rest: compact JWE under a key of the workspace, which is itself wrapped by the master key and kept in a database of its
 * own. A secret is bound to its place: one that was copied to another row, field or workspace is refused.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import type { Connection } from 'mongoose';
import type { MasterKey } from './master-key.ts';

/** Where a secret belongs. `field` names the column and the row: `connection:conn_x:accessToken`. */
export interface SecretPlace {
  readonly workspaceId: string;
  readonly provider: string;
  readonly field: string;
}

export interface Cipher {
  encrypt(place: SecretPlace, secret: string): Promise<string>;
  /** Throws `SecretMisplacedError` when the ciphertext was made for another place, `KeyGoneError` when its workspace has no key. */
  decrypt(place: SecretPlace, jwe: string): Promise<string>;
  /** A short-lived signed token for one purpose. */
  sign(purpose: string, claims: Readonly<Record<string, string>>, life: { readonly now: Date; readonly seconds: number }): Promise<string>;
  /** The claims, or null when the token is not ours, not for this purpose, or too old. */
  verify(purpose: string, token: string, now: Date): Promise<Readonly<Record<string, unknown>> | null>;
}

export class SecretMisplacedError extends Error {
  override readonly name = 'SecretMisplacedError';
}

/** The workspace's key was destroyed, or never was: what it encrypted cannot be read any more. */
export class KeyGoneError extends Error {
  override readonly name = 'KeyGoneError';
}

interface WrappedKey {
  _id: string;
  workspaceId: string;
  version: number;
  /** The data key as JWE under the master key. */
  wrapped: string;
}

const schemaVersion = '1';
const keyLifeMs = 60_000;

export function createCipher(master: MasterKey, keys: Connection): Cipher {
  const dataKey = cachedDataKeys(master);
  const keyToWrite = (workspaceId: string) => dataKey(workspaceId, () => findOrMakeKey(master, keys, workspaceId));
  const keyToRead = (workspaceId: string) => dataKey(workspaceId, () => findKey(keys, workspaceId));
  const signingKey = Buffer.from(hkdfSync('sha256', master.key, '', 'leadlight signed tokens', 32));
  return {
    encrypt: async (place, secret) => sealed(await keyToWrite(place.workspaceId), place, secret),
    decrypt: async (place, jwe) => {
      refuseMisplaced(place, jwe);
      return unsealed(await keyToRead(place.workspaceId), jwe);
    },
    sign: (purpose, claims, { now, seconds }) => signed(signingKey, { purpose, claims, seconds, now }),
    verify: (purpose, token, now) => verified(signingKey, { purpose, token, now }),
  };
}

function contextOf(place: SecretPlace): string {
  return [place.workspaceId, place.provider, place.field, schemaVersion].join('|');
}

function sealed(key: Uint8Array, place: SecretPlace, secret: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: `ws:${place.workspaceId}:1`, ctx: contextOf(place) })
    .encrypt(key);
}

/** Decrypting authenticates the header; only this comparison binds it to the place that we read it from. */
function refuseMisplaced(place: SecretPlace, jwe: string): void {
  if (decodeProtectedHeader(jwe).ctx === contextOf(place)) return;
  throw new SecretMisplacedError(`a secret was found out of its place (${place.field})`);
}

async function unsealed(key: Uint8Array, jwe: string): Promise<string> {
  const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
  return new TextDecoder().decode((await compactDecrypt(jwe, key, options)).plaintext);
}

/** Unwraps a workspace's key, and remembers it for a minute at most. */
function cachedDataKeys(master: MasterKey): (workspaceId: string, find: () => Promise<WrappedKey>) => Promise<Uint8Array> {
  const cache = new Map<string, { key: Uint8Array; until: number }>();
  return async (workspaceId, find) => {
    const hit = cache.get(workspaceId);
    if (hit !== undefined && hit.until > performance.now()) return hit.key;
    cache.delete(workspaceId);
    const key = await master.unwrap((await find()).wrapped);
    cache.set(workspaceId, { key, until: performance.now() + keyLifeMs });
    return key;
  };
}

async function findKey(keys: Connection, workspaceId: string): Promise<WrappedKey> {
  const found = await keys.collection<WrappedKey>('workspaceKeys').findOne({ _id: `${workspaceId}:1` });
  if (found === null) throw new KeyGoneError('the key of this workspace is gone, and with it what it encrypted');
  return found;
}

async function findOrMakeKey(master: MasterKey, keys: Connection, workspaceId: string): Promise<WrappedKey> {
  const collection = keys.collection<WrappedKey>('workspaceKeys');
  const _id = `${workspaceId}:1`;
  const found = await collection.findOne({ _id });
  if (found !== null) return found;
  const made = { _id, workspaceId, version: 1, wrapped: await master.wrap(randomBytes(32)) };
  // Two replicas may race: the first insert wins and both use it.
  return (await collection.findOneAndUpdate({ _id }, { $setOnInsert: made }, { upsert: true, returnDocument: 'after' })) ?? made;
}

function signed(
  key: Uint8Array,
  token: { purpose: string; claims: Readonly<Record<string, string>>; seconds: number; now: Date },
): Promise<string> {
  const issuedAt = Math.floor(token.now.getTime() / 1000);
  return new SignJWT({ ...token.claims })
    .setProtectedHeader({ alg: 'HS256', typ: `${token.purpose}+jwt` })
    .setIssuer('leadlight')
    .setAudience(token.purpose)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + token.seconds)
    .sign(key);
}

async function verified(key: Uint8Array, { purpose, token, now }: { purpose: string; token: string; now: Date }) {
  try {
    const options = {
      algorithms: ['HS256'],
      typ: `${purpose}+jwt`,
      audience: purpose,
      issuer: 'leadlight',
      currentDate: now,
      requiredClaims: ['exp'],
    };
    return (await jwtVerify(token, key, options)).payload;
  } catch {
    return null;
  }
}
