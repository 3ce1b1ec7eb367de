import { readFile } from 'node:fs/promises';
import Router from '@koa/router';
import type { Context } from 'koa';
import { Failure } from '#contract/failure.ts';
import type { HeadCode } from './head-code.ts';

const largestForm = 64 * 1024;
/** No script of any origin runs on this page, whatever is pasted. */
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

interface Notice {
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

/** `/admin`: where the owner of the demo site pastes header code. It never carries the header code as a tag itself. */
export async function adminRoutes(templateFile: string, headCode: HeadCode): Promise<Router> {
  const template = await readFile(templateFile, 'utf8');
  const show = (ctx: Context, text: string, notice: Notice | null) => {
    ctx.type = 'html';
    ctx.set({ 'cache-control': 'no-store', 'content-security-policy': policy, 'x-robots-tag': 'noindex' });
    ctx.body = fillTemplate(template, { code: text, inPlace: headCode.current, notice: noticeHtml(notice), source: sourceText(headCode) });
  };

  const router = new Router();
  router.get('/admin', (ctx) => show(ctx, headCode.current, doneNotices.get(ctx.querystring) ?? null));
  router.post('/admin', async (ctx) => {
    refuseOtherSites(ctx);
    const form = await readForm(ctx);
    if (form.get('action') === 'put-back') {
      await headCode.putBack();
      return seeOther(ctx, '/admin?put-back');
    }
    const pasted = form.get('headCode') ?? '';
    try {
      await headCode.replace(pasted);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      ctx.status = 422;
      return show(ctx, pasted, { tone: 'bad', text: `Nothing was saved. ${error.message}` });
    }
    seeOther(ctx, '/admin?saved');
  });
  return router;
}

const doneNotices: ReadonlyMap<string, Notice> = new Map([
  ['saved', { tone: 'good', text: 'Saved. Every page of the site now carries this code.' }],
  ['put-back', { tone: 'good', text: 'The demo workspace’s code is back on every page.' }],
]);

function sourceText(headCode: HeadCode): string {
  if (headCode.replaced) return 'Your own code is in place.';
  return headCode.current === '' ? 'No code is in place.' : 'The demo workspace’s code is in place.';
}

function noticeHtml(notice: Notice | null): string {
  if (notice === null) return '';
  const role = notice.tone === 'bad' ? 'alert' : 'status';
  return `<p class="notice notice-${notice.tone}" role="${role}">${escapeHtml(notice.text)}</p>`;
}

function fillTemplate(template: string, values: { code: string; inPlace: string; source: string; notice: string }): string {
  return template
    .replace('<!-- notice -->', () => values.notice)
    .replace('<!-- source -->', () => escapeHtml(values.source))
    .replace('<!-- in place -->', () => escapeHtml(values.inPlace))
    .replace('<!-- code -->', () => escapeHtml(values.code));
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** The page has no sign-in, so another website open in the same browser must not be able to post to it. */
function refuseOtherSites(ctx: Context): void {
  const origin = ctx.get('origin');
  // The host alone is compared: behind a proxy that ends TLS the scheme differs.
  if (origin !== '' && URL.parse(origin)?.host !== ctx.host) ctx.throw(403, 'Header code can only be changed from the admin page itself.');
}

async function readForm(ctx: Context): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestForm) ctx.throw(413, 'That is too much text for header code.');
    chunks.push(bytes);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function seeOther(ctx: Context, path: string): void {
  ctx.redirect(path);
  ctx.status = 303;
}
