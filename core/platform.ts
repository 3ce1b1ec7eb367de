/** The readonly bag that every verb takes first: what the core needs from the outside, made once at start. */
import type { Connector } from '#contract/connector.ts';
import type { TrustedProxies } from './http/caller-address.ts';
import type { Cipher } from './store/cipher.ts';
import type { Store } from './store/connect.ts';

export interface Clock {
  now(): Date;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface CoreConfig {
  /** Where people and snippets reach the core, without a trailing slash: `https://leadlight.example.com`. */
  readonly publicUrl: string;
  /** Where the replay player is reached: another origin than `publicUrl`. */
  readonly replayUrl: string;
  /** Who may make a workspace: anybody, or only the first person. */
  readonly signUp: 'open' | 'first-run';
  /** Whom we believe in `X-Forwarded-For`. 0: the header is ignored. */
  readonly trustedProxies: TrustedProxies;
  /** Folder with the built browser code: `app/`, `replay/`, `snippet/`. */
  readonly buildDir: string;
}

export interface Platform {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly cipher: Cipher;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly config: CoreConfig;
}

/** True where the whole system runs on one machine for trying it out. */
export function isLocal(config: CoreConfig): boolean {
  return isLoopbackHost(new URL(config.publicUrl).hostname);
}

export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]' || hostname.endsWith('.localhost');
}
