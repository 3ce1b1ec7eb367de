/** Rate limits in memory: by site key, and by a keyed hash of the address. The address itself is never kept. */
import { hash, randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { callerKey } from './caller-address.ts';

export interface Limit {
  /** Counts one; throws `tooMany` with `retryAfterMs` when there were too many. */
  take(key: string): Promise<void>;
}

export function createLimit(points: number, perSeconds: number): Limit {
  const limiter = new RateLimiterMemory({ points, duration: perSeconds });
  return {
    take: async (key) => {
      try {
        await limiter.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new Failure('tooMany', 'Too many requests. Wait a moment and try again.', {
          code: 'too-many',
          retryAfterMs: refusal.msBeforeNext,
          cause: refusal,
        });
      }
    },
  };
}

// Renewed every hour and never stored: yesterday's hashes mean nothing today.
let salt = newSalt();
setInterval(() => {
  salt = newSalt();
}, 3_600_000).unref();

/** A hash that tells callers apart for at most an hour and cannot be turned back into an address. */
export function callerHash(platform: Platform, ctx: Context): string {
  // The salt first, secret and of one length: every request pays for this, and a keyed hash made of objects costs ten times as much.
  return hash('sha256', `${salt}${callerKey(ctx, platform.config.trustedProxies)}`, 'base64url');
}

function newSalt(): string {
  return randomBytes(32).toString('base64url');
}
