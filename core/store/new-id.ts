/** Identifiers: a prefix that says what the thing is, and 120 random bits. */
import { randomBytes } from 'node:crypto';

export type IdPrefix = 'ws' | 'mem' | 'site' | 'con' | 'link' | 'conn' | 'job' | 'dlv' | 'key' | 'req';

export function newId(prefix: IdPrefix): string {
  return `${prefix}_${nextRandom(15)}`;
}

/** Asked for in one piece, and each byte given out once: every request has an id, and the generator is slow to call. */
let pool = Buffer.alloc(0);
const poolBytes = 4096;

function nextRandom(bytes: number): string {
  if (pool.length < bytes) pool = randomBytes(poolBytes);
  const text = pool.toString('base64url', 0, bytes);
  pool = pool.subarray(bytes);
  return text;
}

/** 192 random bits for secrets that people or links carry. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
