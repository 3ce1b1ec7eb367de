import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventTypes } from '#contract/events.ts';
import { fieldsOf } from '#infra/build/declare-events.ts';

describe('the documentation of the events', () => {
  it('names every event of the catalogue once, with its fields and their types as they are sent', async () => {
    const text = await readFile(new URL('events.md', import.meta.url), 'utf8');
    const parts = text.split(/^### `/m).slice(1);
    const documented = new Map(parts.map((part) => [part.slice(0, part.indexOf('`')), rowsOf(part)]));
    assert.equal(documented.size, parts.length, 'no event twice');
    assert.deepEqual([...documented.keys()].toSorted(), eventTypes.toSorted());
    for (const type of eventTypes) {
      const rows = fieldsOf(type).map((field) => [field.name, field.optional ? '' : 'always', field.type]);
      assert.deepEqual(documented.get(type), rows, type);
    }
  });
});

/** `| \`name\` (always) | \`type\` | … |` → name, whether it is always there, type. */
function rowsOf(part: string): string[][] {
  const rows = part.matchAll(/^\| `(\w+)`(?: \((always)\))? \| `((?:\\\||[^`])+)` \|/gm);
  return [...rows].map(([, name = '', always = '', type = '']) => [name, always, type.replaceAll('\\|', '|')]);
}
