import type { SandboxOptions } from './options.ts';
import type { State } from './state/open-state.ts';

/** What every part of the sandbox is handed first. */
export interface Sandbox {
  readonly options: SandboxOptions;
  readonly state: State;
  now(): Date;
  /** Its own origin: `http://localhost:4002`. */
  url(): string;
  log(line: string): void;
}
