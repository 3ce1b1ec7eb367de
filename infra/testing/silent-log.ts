import type { Log } from '#core/platform.ts';

/** For what is started in a test and has nothing to say there. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
