import Router, { type RouterContext } from '@koa/router';
import { portal } from '../accounts.ts';
import { readForm } from '../http/read-body.ts';
import type { Sandbox } from '../sandbox.ts';
import { campaignPage, emailPage } from './campaign-page.ts';
import { contactListPage } from './contact-list-page.ts';
import { contactPage } from './contact-page.ts';
import { hubPage } from './hub-page.ts';
import { problemPage } from './layout.ts';

/** The overview, the HubSpot pages and the campaign. */
export function pageRoutes(sandbox: Sandbox): Router {
  const router = new Router();
  const one = (name: string, ctx: RouterContext) => new URLSearchParams(ctx.querystring).get(name) ?? '';
  router.get('/', (ctx) => show(ctx, hubPage(sandbox)));
  router.get('/hubspot', (ctx) => show(ctx, contactListPage(sandbox, one('q', ctx).trim())));
  router.get('/hubspot/contacts/:id', (ctx) => {
    const contact = sandbox.state.contacts.get(ctx.params.id ?? '');
    show(
      ctx,
      contact ? contactPage(sandbox, contact) : missing(ctx, 'No such contact', `There is no contact ${ctx.params.id} in this account.`),
    );
  });
  router.get('/contacts/:portal{/record/0-1/:id}', (ctx) => {
    const { id } = ctx.params;
    if (ctx.params.portal === String(portal.id))
      ctx.redirect(id === undefined ? '/hubspot' : `/hubspot/contacts/${encodeURIComponent(id)}`);
    else show(ctx, missing(ctx, 'No such account', `There is no portal ${ctx.params.portal} here.`));
  });
  router.get('/hubspot/campaigns', (ctx) =>
    show(ctx, campaignPage(sandbox, { contactId: one('contact', ctx), saved: one('saved', ctx) !== '' })),
  );
  router.post('/hubspot/campaigns', async (ctx) => saveCampaign(sandbox, ctx));
  router.get('/hubspot/campaigns/preview', (ctx) => {
    const contact = sandbox.state.contacts.get(one('contact', ctx));
    show(ctx, contact ? emailPage(sandbox, contact) : missing(ctx, 'No such recipient', 'Choose one of the contacts: ?contact=ID'));
  });
  return router;
}

async function saveCampaign(sandbox: Sandbox, ctx: RouterContext): Promise<void> {
  const form = await readForm(ctx.req);
  const subject = (form.get('subject') ?? '').trim().slice(0, 500);
  const body = (form.get('body') ?? '').replaceAll('\r\n', '\n').slice(0, 50_000);
  if (form.get('restore')) sandbox.state.templates.remove('campaign');
  else if (subject !== '' && body !== '')
    sandbox.state.templates.put({ id: 'campaign', subject, body, savedAt: sandbox.now().toISOString() });
  ctx.redirect(`/hubspot/campaigns?${new URLSearchParams({ contact: form.get('contact') ?? '', saved: 'yes' })}`);
}

/** Nothing from elsewhere runs or is fetched on these pages. */
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'";

export function show(ctx: RouterContext, page: string): void {
  ctx.set({
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  ctx.type = 'html';
  ctx.body = page;
}

export function missing(ctx: RouterContext, title: string, text: string): string {
  ctx.status = 404;
  return problemPage(title, text);
}
