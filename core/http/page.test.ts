import assert from 'node:assert/strict';
import Router from '@koa/router';
import { z } from 'zod';
import { send, serve } from '../testing/test-app.ts';
import { testPlatform } from '../testing/test-platform.ts';
import { createApp } from './create-app.ts';
import { answerPage, readCursor } from './page.ts';

const cursorShape = z.tuple([z.number(), z.string()]);
const rows = Array.from({ length: 25 }, (_, n) => ({ score: 100 - Math.floor(n / 3), id: `id ${n} ✓` }));
const pageShape = z.object({ items: z.array(z.string()), next: z.string().nullable() });

describe('a long list', () => {
  let app: Awaited<ReturnType<typeof serve>>;

  before(async () => {
    const router = new Router();
    router.get('/rows', (ctx) => {
      const cursor = readCursor(ctx, cursorShape);
      const start = cursor === null ? 0 : rows.findIndex(({ score, id }) => score === cursor[0] && id === cursor[1]) + 1;
      ctx.body = answerPage(rows.slice(start, start + 11), 10, { present: ({ id }) => id, cursor: ({ score, id }) => [score, id] });
    });
    app = await serve(
      createApp(await testPlatform())
        .use(router.routes())
        .callback(),
    );
  });
  after(() => app.close());

  const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('comes page by page, each row once, and ends', async () => {
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page = pageShape.parse((await send(`${app.url}/rows?cursor=${next}`)).json);
      seen.push(...page.items);
      sizes.push(page.items.length);
      next = page.next;
    }
    assert.deepEqual(
      seen,
      rows.map(({ id }) => id),
    );
    assert.deepEqual(sizes, [10, 10, 5]);
  });

  it('has no next page when the last one is exactly full', () => {
    const page = answerPage([1, 2], 2, { present: (n) => n, cursor: (n) => [n] });
    assert.deepEqual(page, { items: [1, 2], next: null });
    assert.deepEqual(answerPage([], 2, { present: (n: number) => n, cursor: (n) => [n] }), { items: [], next: null });
  });

  it('refuses a cursor that it did not give', async () => {
    const garbage = [
      'x',
      '%00',
      '%F0%9F%92%A9',
      cursorOf([]),
      cursorOf([1]),
      cursorOf(['1', 'a']),
      cursorOf([1, 2]),
      cursorOf([1, 'a', 2]),
    ];
    const worse = [cursorOf({ $gt: '' }), cursorOf([{ $gt: 0 }, 'a']), cursorOf([1, { $ne: null }]), cursorOf(null), 'a&cursor=b'];
    const infinite = Buffer.from('[1e999,"a"]').toString('base64url');
    for (const cursor of [...garbage, ...worse, infinite]) {
      const answer = await send(`${app.url}/rows?cursor=${cursor}`);
      assert.equal(answer.status, 400, cursor);
      assert.match(answer.text, /cursor-invalid/);
    }
  });
});
