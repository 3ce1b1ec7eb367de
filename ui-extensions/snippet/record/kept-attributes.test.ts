import assert from 'node:assert/strict';
import * as contract from '#contract/recording.ts';
import { attributeKind } from './kept-attributes.ts';
import { fieldMask } from './mask-text.ts';

const samples =
  `class id style role type href src srcset poster name value placeholder title alt content action data-user aria-label aria-expanded data-state
  data-ll-mask viewBox d points fill stroke filter xlink:href  onclick srcdoc for autocomplete contenteditable media`.split(/\s+/);

describe('the attributes a recording keeps', () => {
  for (const name of samples) {
    it(`treats ${name} as the core does`, () => {
      const kind = attributeKind(name);
      assert.equal(kind === 'state' ? 'plain' : kind, contract.attributeKind(name));
    });
  }

  for (const name of ['rr_width', 'rr_scrollTop', '_cssText'])
    it(`does not take the page's own ${name} for one of rrweb's`, () => assert.equal(attributeKind(name), 'dropped'));

  it('has the mask of a field in common with the core', () => assert.equal(fieldMask, contract.fieldMask));
});
