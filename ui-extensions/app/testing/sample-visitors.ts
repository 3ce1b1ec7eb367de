import type { World } from './fake-world.ts';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Ada's browsers: hers, and one that may be a colleague's. */
export function sampleVisitors(): World['visitors'] {
  const base = { contactId: 'c1', boundBy: 'link' as const, device: 'Desktop', possiblyForwarded: false };
  return [
    { ...base, id: 'v1', browser: 'Chrome', os: 'macOS', boundAt: ago(60 * 24 * 6), lastSeenAt: ago(0), sessions: 6 },
    {
      ...base,
      id: 'v2',
      browser: 'Edge',
      os: 'Windows',
      boundAt: ago(60 * 30),
      lastSeenAt: ago(60 * 30),
      sessions: 1,
      possiblyForwarded: true,
    },
  ];
}
