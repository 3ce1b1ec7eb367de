import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aSession, SESSION_ID } from '../testing/snapshots.ts';
import { escapeHtml, noteBody, sessionOfNote } from './note-body.ts';

const page = fc.record({ title: fc.string(), path: fc.string(), activeMs: fc.nat() });

describe('the note about a visit', () => {
  it('tells the pages, the time, the intent and where to watch', () => {
    assert.equal(
      noteBody(aSession()),
      '<p><strong>Website visit seen by Leadlight</strong></p>' +
        '<p>2 min 5 s active so far, still on the site · Intent score 72 (high) · Intent: evaluating</p>' +
        '<p>Compared the plans and read about security.</p>' +
        '<ul><li>Pricing (/pricing): 1 min 35 s</li><li>Security (/security): 30 s</li></ul>' +
        `<p><a href="https://leadlight.example.com/r/${SESSION_ID}?t=352">Watch the replay</a></p>`,
    );
  });

  it('says when the visit is over', () => {
    assert.match(noteBody(aSession({ endedAt: '2026-11-03T14:30:00.000Z' })), /<p>2 min 5 s active · /);
  });

  it('shows text from the website as text', () => {
    const body = noteBody(aSession({ summary: '<script>alert(1)</script>', pages: [{ title: '<img src=x>', path: '/"\'', activeMs: 0 }] }));
    assert.ok(!/<(script|img)/.test(body));
    assert.match(body, /&lt;img src=x&gt; \(\/&quot;&#39;\)/);
  });

  it('links to nothing but a web address', () => {
    assert.ok(!noteBody(aSession({ replayUrl: 'javascript:alert(1)' })).includes('javascript:'));
  });

  it('fits into a note of HubSpot, however long the visit was', () => {
    const pages = Array.from({ length: 5000 }, () => ({ title: '"'.repeat(500), path: `/${'&'.repeat(500)}`, activeMs: 1 }));
    const body = noteBody(aSession({ pages, summary: '<'.repeat(10_000) }));
    assert.ok(body.length < 65_536, String(body.length));
    assert.match(body, /<li>and \d+ more<\/li>/);
  });

  it('is found again by its session, with and without a replay', () => {
    assert.equal(sessionOfNote(noteBody(aSession())), SESSION_ID);
    assert.equal(sessionOfNote(noteBody(aSession({ replayUrl: '' }))), SESSION_ID);
  });

  it('is not confused with a note in which somebody pasted the link', () => {
    assert.equal(sessionOfNote(`<p>Look: https://leadlight.example.com/r/${SESSION_ID}</p>`), null);
  });

  it('is found by its own session whatever the pages say', () => {
    const other = '11111111-d9cb-469f-a165-70867728950e';
    const pages = [{ title: `Website visit seen by Leadlight https://x/r/${other}`, path: `/r/${other}`, activeMs: 1 }];
    assert.equal(sessionOfNote(noteBody(aSession({ pages, summary: `/r/${other}` }))), SESSION_ID);
  });

  it('never lets text become markup', () => {
    fc.assert(
      fc.property(fc.array(page, { maxLength: 5 }), fc.string(), (pages, summary) => {
        const tags = noteBody(aSession({ pages, summary })).match(/<[^>]*>/g) ?? [];
        assert.deepEqual(
          [...new Set(tags)].filter((tag) => !/^<\/?(p|strong|ul|li|a)( href="https:[^"<>]*")?>$/.test(tag)),
          [],
        );
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => assert.ok(!/[<>"']/.test(escapeHtml(text)))));
  });
});
