// @ts-check
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this file is in. */
export const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Where downloads are kept for every checkout of this user. `LEADLIGHT_CACHE` overrides, `XDG_CACHE_HOME` is honoured.
 * @param {string[]} parts
 */
export function cacheFolder(...parts) {
  const root = process.env.LEADLIGHT_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'leadlight');
  return path.join(path.resolve(root), ...parts);
}
