/**
 * The master key: 32 bytes that wrap every workspace's key. It lives in a file that only its owner can read, or in the environment;
 * never in the database. Made once, at the first start; later a missing, wrong or exposed key refuses the start.
 */
import { randomBytes } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import type { Collection, Connection } from 'mongoose';

export interface MasterKey {
  readonly key: Uint8Array;
  wrap(dataKey: Uint8Array): Promise<string>;
  unwrap(jwe: string): Promise<Uint8Array>;
}

/** Where the key comes from: a file, or 32 bytes in base64 (`LEADLIGHT_MASTER_KEY`). */
export type MasterKeySource = { readonly file: string } | { readonly base64: string };

/** The start is refused; `message` says what to do. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

const checkText = 'leadlight master key check';

/** Reads the key, makes it at the very first start, and proves it against what it wrapped before. */
export async function openMasterKey(source: MasterKeySource, keys: Connection): Promise<MasterKey> {
  const checks = keys.collection<{ _id: string; check: string }>('masterKeyCheck');
  const known = await checks.findOne({ _id: 'check' });
  const where = 'base64' in source ? 'LEADLIGHT_MASTER_KEY' : source.file;
  const master = masterKeyOf('base64' in source ? parseKey(source.base64, where) : await keyFromFile(source.file, known === null));
  await proveKey(master, known?.check ?? (await keepCheck(checks, master)), where);
  return master;
}

/** Of several replicas that start for the first time at once, one key wins; who holds another is refused by the proof. */
async function keepCheck(checks: Collection<{ _id: string; check: string }>, master: MasterKey): Promise<string> {
  const check = await master.wrap(new TextEncoder().encode(checkText));
  const kept = await checks.findOneAndUpdate({ _id: 'check' }, { $setOnInsert: { check } }, { upsert: true, returnDocument: 'after' });
  return kept?.check ?? check;
}

function masterKeyOf(key: Uint8Array): MasterKey {
  return {
    key,
    wrap: (dataKey) => new CompactEncrypt(dataKey).setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM', kid: 'master' }).encrypt(key),
    unwrap: async (jwe) => {
      const options = { keyManagementAlgorithms: ['A256GCMKW'], contentEncryptionAlgorithms: ['A256GCM'] };
      return (await compactDecrypt(jwe, key, options)).plaintext;
    },
  };
}

async function proveKey(master: MasterKey, check: string, where: string): Promise<void> {
  try {
    if (new TextDecoder().decode(await master.unwrap(check)) === checkText) return;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
  }
  throw new MasterKeyError(
    `The master key in ${where} is not the one that encrypted this database. Put the original key back (from your backup) and start again.`,
  );
}

async function keyFromFile(file: string, firstStart: boolean): Promise<Uint8Array> {
  const info = await stat(file).catch(() => null);
  if (info === null) {
    if (firstStart) return makeKeyFile(file);
    throw new MasterKeyError(
      `The master key ${file} is missing, and this database holds secrets encrypted with it. Put the key file back (from your backup) and start again.`,
    );
  }
  // The lowest six bits are what group and others may do.
  if (process.platform !== 'win32' && (info.mode & 0o077) !== 0) {
    throw new MasterKeyError(`The master key ${file} can be read by other users. Run: chmod 600 ${file}`);
  }
  return parseKey(await readFile(file, 'utf8'), file);
}

async function makeKeyFile(file: string): Promise<Uint8Array> {
  const key = randomBytes(32);
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return key;
}

function parseKey(text: string, where: string): Uint8Array {
  // Node's decoder skips what is not base64: a passphrase would pass for a key.
  if (/^[A-Za-z0-9+/]{43}=?$/.test(text.trim())) return Buffer.from(text.trim(), 'base64');
  throw new MasterKeyError(`The master key in ${where} must be 32 bytes in base64 (make one with: openssl rand -base64 32).`);
}
