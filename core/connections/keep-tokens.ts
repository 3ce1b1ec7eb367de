/** Tokens in and out of a connection's row: encrypted on the way in, bound to their place. */
import type { Tokens } from '#contract/connector.ts';
import type { Platform } from '../platform.ts';
import type { ConnectionDocument } from './connection.ts';

type Row = Pick<ConnectionDocument, '_id' | 'workspaceId' | 'provider'>;
type SealedTokens = Pick<ConnectionDocument, 'accessToken' | 'refreshToken' | 'expiresAt'>;

export async function sealTokens(platform: Platform, row: Row, tokens: Tokens): Promise<SealedTokens> {
  const { cipher } = platform;
  return {
    accessToken: await cipher.encrypt(placeOf(row, 'accessToken'), tokens.accessToken),
    refreshToken: tokens.refreshToken === null ? null : await cipher.encrypt(placeOf(row, 'refreshToken'), tokens.refreshToken),
    expiresAt: tokens.expiresAt,
  };
}

export async function unsealTokens(platform: Platform, row: Row & SealedTokens): Promise<Tokens> {
  const { cipher } = platform;
  return {
    accessToken: await cipher.decrypt(placeOf(row, 'accessToken'), row.accessToken),
    refreshToken: row.refreshToken === null ? null : await cipher.decrypt(placeOf(row, 'refreshToken'), row.refreshToken),
    expiresAt: row.expiresAt,
  };
}

function placeOf(row: Row, field: string) {
  return { workspaceId: row.workspaceId, provider: row.provider, field: `connection:${row._id}:${field}` };
}
