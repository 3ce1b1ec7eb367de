import Router from '@koa/router';
import { readBody, readForm } from '../http/read-body.ts';
import type { Sandbox } from '../sandbox.ts';
import { press, pressButton } from '../slack/press-button.ts';
import { answerResponseUrl } from '../slack/response-url.ts';
import { missing, show } from './page-routes.ts';
import { slackPage } from './slack-page.ts';

/** The Slack workspace as pages, its buttons, and the `response_url`s they hand out. */
export function slackPageRoutes(sandbox: Sandbox): Router {
  const router = new Router();
  router.get('/slack', (ctx) => ctx.redirect('/slack/C0HOTLEADS'));
  router.post('/slack/press', async (ctx) => {
    const pressed = press.safeParse(Object.fromEntries(await readForm(ctx.req)));
    ctx.status = pressed.success ? 200 : 400;
    ctx.body = { problem: pressed.success ? await pressButton(sandbox, pressed.data) : 'That is not a button of a message.' };
  });
  router.post('/slack/actions/:team/:id', async (ctx) => {
    const reply = answerResponseUrl(sandbox, ctx.params.id ?? '', await readBody(ctx.req));
    ctx.status = reply.status;
    ctx.body = reply.body;
  });
  router.get('/slack/archives/:channel/:place', (ctx) => {
    const ts = (ctx.params.place ?? '').replace(/^p(\d+)(\d{6})$/, '$1.$2');
    ctx.redirect(`/slack/${encodeURIComponent(ctx.params.channel ?? '')}#m-${encodeURIComponent(ts)}`);
  });
  router.get('/slack/:channel', (ctx) => {
    const channel = sandbox.state.channels.get(ctx.params.channel ?? '');
    show(ctx, channel ? slackPage(sandbox, channel) : missing(ctx, 'No such channel', 'There is no such channel in this workspace.'));
  });
  return router;
}
