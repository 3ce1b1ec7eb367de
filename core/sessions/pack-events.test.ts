import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eventTypes } from '#contract/events.ts';
import { type EventRow, packEids, packPart, packRows, unpackPart, unpackRows } from './pack-events.ts';

const moment = fc.integer({ min: 0, max: 8_640_000_000_000 });
const props = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())), {
  noNullPrototype: true,
});
const row: fc.Arbitrary<EventRow> = fc.tuple(fc.uuid(), fc.constantFrom(...eventTypes), moment, fc.uuid(), fc.webUrl(), props, moment);

describe('events in a bucket', () => {
  it('come out as they went in, appended or packed', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const part = packPart(rows);
        assert.deepEqual(unpackPart(part.eids, part.rows), rows);
        assert.deepEqual(unpackRows(packRows(rows), packEids(rows.map(([eid]) => eid))), rows);
      }),
      { numRuns: 50 },
    );
  });
});
