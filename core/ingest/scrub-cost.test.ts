import assert from 'node:assert/strict';
import { cpuUsage } from 'node:process';
import { cleanCss } from '#contract/recording-css.ts';
import { cleanRecordingEvents } from '../sessions/clean-recording.ts';
import { findIn } from './scrub-joined.ts';
import { scrubText } from './scrub-text.ts';
import { scrubUrl } from './scrub-url.ts';

const pieces = [
  'a@',
  '@',
  'a',
  '1',
  '1 ',
  '1-',
  '4111 ',
  'eyJ',
  'eyJa.',
  'DE89',
  'DE8 ',
  '@a.',
  'a.a@a.',
  '%25',
  '%40',
  '%u0040',
  '&#x40;',
  '&amp;',
  '\\u0040',
  '\\\\',
  'aaaa@aaaa.',
  'sk_',
  'sk_live_',
  'password=',
  'bearer ',
  '(',
  '+1',
  '[at]',
  '1+',
  'YWRh',
  '6164',
  '\u200b',
  '\u00a0',
  '１',
  '\u0661',
  'é',
  '-----BEGIN PRIVATE KEY-----',
  '20.10.',
  'ab12cd34-',
];

interface Walk {
  readonly characters: number;
  read(text: string): unknown;
}
const walk = (characters: number, read: Walk['read']): Walk => ({ characters, read });

const walks: Readonly<Record<string, Walk>> = {
  'a text': walk(1024 * 1024, (text) => scrubText(text)),
  'an address': walk(256 * 1024, (text) => scrubUrl(`https://x.example/${text}?utm_source=${text}#/${text}`, [])),
  'texts that stand together': walk(64 * 1024, (text) => findIn([text, text])),
  'a stylesheet': walk(256 * 1024, (text) => cleanCss(`p{content:"${text.replaceAll('\\', '')}"}`, (part) => scrubText(part).text)),
  'a recording': walk(128 * 1024, (text) =>
    cleanRecordingEvents([
      { type: 3, timestamp: 1, data: { source: 0, texts: [{ id: 1, value: text }], attributes: [], removes: [], adds: adds(text) } },
    ]),
  ),
};

function adds(text: string) {
  const parts = text.match(/[\s\S]{1,64}/g) ?? [];
  return parts.map((textContent, index) => ({ parentId: 1, nextId: null, node: { type: 3, id: 10 + index, textContent } }));
}

/** Milliseconds of this process's own work: a busy machine does not lengthen it. */
function costOf(work: () => unknown): number {
  const start = cpuUsage();
  work();
  const { user, system } = cpuUsage(start);
  return (user + system) / 1000;
}

describe('the cost of scrubbing', () => {
  for (const [what, { characters, read }] of Object.entries(walks)) {
    it(`of ${what} grows with its length and no faster, however hostile it is`, () => {
      for (const piece of pieces) {
        const [short, long] = [characters / 16, characters].map((size) => piece.repeat(size / piece.length));
        // Sixteen times the text: sixteen times the work, and room for what a small measure cannot tell. Squared it would be 256 times.
        const isLinear = () =>
          costOf(() => read(long ?? '')) <=
          16 *
            4 *
            Math.max(
              costOf(() => read(short ?? '')),
              2,
            );
        assert.ok(isLinear() || isLinear() || isLinear(), piece);
      }
    }).timeout(60_000);
  }
});
