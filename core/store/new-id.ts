/** Identifiers: a prefix that says what the thing is, and 120 random bits. */
import { randomBytes } from 'node:crypto';

export type IdPrefix = 'ws' | 'mem' | 'site' | 'con' | 'link' | 'conn' | 'job' | 'dlv' | 'key' | 'req';

export function newId(prefix: IdPrefix): string {
  return `${prefix}_${randomBytes(15).toString('base64url')}`;
}

/** 192 random bits for secrets that people or links carry. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
