/** Passwords as scrypt hashes with their parameters, so that the cost can grow without breaking old ones. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

// OWASP's first choice for scrypt: N=2^17, r=8, p=1 (Password Storage Cheat Sheet, 2026).
const cost = { N: 2 ** 17, r: 8, p: 1 };
const maxmem = 256 * 1024 * 1024;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, { ...cost, maxmem });
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** With a stored hash of null the work is done all the same, so that the time does not tell who has an account. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [, n, r, p, salt, hash] = (stored ?? decoy).split('$');
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem };
  const found = await derive(password, Buffer.from(salt ?? '', 'base64url'), options);
  const expected = Buffer.from(hash ?? '', 'base64url');
  return stored !== null && expected.length === found.length && timingSafeEqual(found, expected);
}

const decoy = ['scrypt', cost.N, cost.r, cost.p, Buffer.alloc(16).toString('base64url'), Buffer.alloc(32).toString('base64url')].join('$');

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
