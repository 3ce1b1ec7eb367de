/** How rightly and how fast a request is enriched: real browsers and well-known bots from two packages that are installed for this alone. */
import { createRequire } from 'node:module';
import { z } from 'zod';
import { readBrowser } from '#core/enrich/read-browser.ts';
import { atLeast, atMost, type Bench, type Measurement } from '../bench.ts';

const crawlers = { name: 'crawler-user-agents', version: '1.60.0' };
const people = { name: 'user-agents', version: '2.1.198' };
const rounds = 5;

const crawlerRows = z.array(z.object({ instances: z.array(z.string()) }));
const peopleRows = z.array(z.object({ userAgent: z.string(), deviceCategory: z.string() }));

export const enrichment: Bench = {
  name: 'enrichment',
  describe: 'bots found, people taken for bots, device classes, and lookups a second, on lists of two packages',
  async run({ installPeer }) {
    const bots = crawlerRows.parse(await load(installPeer, crawlers, 'crawler-user-agents.json')).flatMap(({ instances }) => instances);
    const visitors = peopleRows.parse(await load(installPeer, people, 'dist/user-agents.json'));
    const names = [...new Set(visitors.map(({ userAgent }) => userAgent))];
    const uncachedMicroseconds = timeOf([...bots, ...names]);
    const right: Measurement = {
      subject: 'rightness',
      round: 0,
      figures: {
        botsFoundPercent: share(bots, (userAgent) => readBrowser(userAgent).bot !== null),
        peopleTakenForBotsPercent: share(names, (userAgent) => readBrowser(userAgent).bot !== null),
        deviceClassPercent: share(visitors, ({ userAgent, deviceCategory }) => readBrowser(userAgent).device === deviceCategory),
        uncachedMicroseconds,
      },
    };
    const cached = Array.from({ length: rounds }, (_, round) => ({
      subject: 'cached',
      round,
      figures: { lookupsPerSecond: 1_000_000 / timeOf(Array.from({ length: 200 }, () => names).flat()) },
    }));
    return {
      rounds,
      raw: [right, ...cached],
      budget: budget(
        right.figures,
        cached.map(({ figures }) => figures.lookupsPerSecond).sort((a, b) => a - b),
      ),
    };
  },
};

function budget(right: Measurement['figures'], perSecond: readonly number[]) {
  return [
    atLeast('bots found, percent', right.botsFoundPercent ?? 0, 95.5),
    atMost('people taken for bots, percent', right.peopleTakenForBotsPercent ?? 100, 0.7),
    atLeast('device classes, percent', right.deviceClassPercent ?? 0, 92),
    atMost('microseconds, not remembered', right.uncachedMicroseconds ?? Number.POSITIVE_INFINITY, 50),
    atLeast('remembered lookups a second', perSecond[Math.floor(perSecond.length / 2)] ?? 0, 1_000_000),
  ];
}

type Install = Parameters<Bench['run']>[0]['installPeer'];

async function load(installPeer: Install, { name, version }: typeof people, file: string): Promise<unknown> {
  const folder = await installPeer(name, version);
  return createRequire(`${folder}/`)(`${folder}/node_modules/${name}/${file}`);
}

/** Microseconds of one. */
function timeOf(userAgents: readonly string[]): number {
  const start = performance.now();
  for (const userAgent of userAgents) readBrowser(userAgent);
  return ((performance.now() - start) * 1000) / userAgents.length;
}

function share<Row>(rows: readonly Row[], holds: (row: Row) => boolean): number {
  return (100 * rows.filter(holds).length) / rows.length;
}
