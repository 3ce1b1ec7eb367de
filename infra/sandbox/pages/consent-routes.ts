import Router, { type RouterContext } from '@koa/router';
import { readForm } from '../http/read-body.ts';
import { readHubSpotConsent } from '../hubspot/consent.ts';
import { backToApp, ConsentRefused, type ConsentRequest, issueCode } from '../oauth/consent-request.ts';
import type { Sandbox } from '../sandbox.ts';
import { readSlackConsent } from '../slack/consent.ts';
import type { Provider } from '../state/records.ts';
import { hubspotConsentPage, slackConsentPage } from './consent-page.ts';
import { problemPage } from './layout.ts';
import { show } from './page-routes.ts';

interface Consent {
  readonly provider: Provider;
  readonly path: string;
  read(sandbox: Sandbox, query: URLSearchParams): ConsentRequest;
  page(request: ConsentRequest, query: string): string;
}

const consents: readonly Consent[] = [
  { provider: 'hubspot', path: '/oauth/authorize', read: readHubSpotConsent, page: hubspotConsentPage },
  { provider: 'slack', path: '/oauth/v2/authorize', read: readSlackConsent, page: slackConsentPage },
];

/** Asking a person, and taking the answer back to the app. */
export function consentRoutes(sandbox: Sandbox): Router {
  const router = new Router();
  for (const consent of consents) {
    router.get(consent.path, (ctx) =>
      orExplain(ctx, () => show(ctx, consent.page(consent.read(sandbox, new URLSearchParams(ctx.querystring)), ctx.querystring))),
    );
    router.post(consent.path, async (ctx) => {
      const form = await readForm(ctx.req);
      orExplain(ctx, () => answer(sandbox, ctx, { consent, form }));
    });
  }
  return router;
}

/** The request is checked again: the form came through a browser. */
function answer(sandbox: Sandbox, ctx: RouterContext, { consent, form }: { consent: Consent; form: URLSearchParams }): void {
  const request = consent.read(sandbox, new URLSearchParams(form.get('request') ?? ''));
  if (form.get('answer') !== 'connect') {
    ctx.redirect(backToApp(request, { error: 'access_denied', error_description: 'The person did not agree to connect the app.' }));
    return;
  }
  const code = issueCode(sandbox, consent.provider, request);
  sandbox.state.flush();
  ctx.redirect(backToApp(request, { code }));
}

function orExplain(ctx: RouterContext, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ConsentRefused)) throw error;
    ctx.status = 400;
    show(ctx, problemPage('This app cannot be connected', error.message));
  }
}
