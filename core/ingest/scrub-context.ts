/** Scrubs every string of what a browser tells of its surroundings: the public site key lets anybody post. */
import type { SessionContext } from '#contract/events.ts';
import { addCaught, scrubText } from './scrub-text.ts';

export interface ScrubbedContext {
  readonly context: SessionContext;
  readonly caught: ReadonlyMap<string, number>;
}

export function scrubContext(sent: SessionContext): ScrubbedContext {
  const counts = new Map<string, number>();
  const scrub = (text: string): string => {
    const scrubbed = scrubText(text);
    addCaught(counts, scrubbed.caught);
    return scrubbed.text;
  };
  const { utm, clickIds, ...rest } = sent;
  const context = {
    ...scrubStrings(rest, scrub),
    ...(utm === undefined ? {} : { utm: scrubStrings(utm, scrub) }),
    ...(clickIds === undefined ? {} : { clickIds: clickIds.map(scrub) }),
  };
  return { context, caught: counts };
}

function scrubStrings<Fields extends object>(fields: Fields, scrub: (text: string) => string): Fields {
  const scrubbed = { ...fields };
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') Object.assign(scrubbed, { [name]: scrub(value) });
  }
  return scrubbed;
}
