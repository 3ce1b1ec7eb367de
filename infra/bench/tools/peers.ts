import { clarity } from './clarity.ts';
import { openreplay } from './openreplay.ts';
import { posthog } from './posthog.ts';
import { rrwebAlone } from './rrweb-alone.ts';
import { sentry } from './sentry.ts';
import type { Tool } from './tool.ts';

/** The name of the limit: rrweb's recorder with no transport. */
export const limitName = 'rrweb alone';

/** The limit, then the peers; installed on the first call. */
export async function peers(installPeer: (name: string, version: string) => Promise<string>): Promise<Tool[]> {
  return [
    await rrwebAlone(limitName, installPeer),
    await clarity(installPeer),
    await openreplay(installPeer),
    await posthog(installPeer),
    await sentry(installPeer),
  ];
}

/** For `versions` of a run. */
export function versionsOf(tools: readonly Tool[]): Record<string, string> {
  return Object.fromEntries(tools.map(({ name, version, built }) => [name, `${version} (${built})`]));
}
