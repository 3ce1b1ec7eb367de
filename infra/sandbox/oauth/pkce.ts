import { createHash, timingSafeEqual } from 'node:crypto';

/** RFC 7636: a challenge is the base64url SHA-256 of a verifier, 43 characters. */
export function isChallenge(value: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(value);
}

export function verifierFits(challenge: string, verifier: string): boolean {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  const digest = createHash('sha256').update(verifier, 'ascii').digest('base64url');
  return timingSafeEqual(Buffer.from(digest), Buffer.from(challenge));
}
