import { newTrackedLink, newWorkspace, signInLinkRequest, signInRequest } from '#contract/api.ts';
import { type Answer, type Answers, type Asked, done, find, type Handle, ok, page } from './fake-answer.ts';
import { connectionAnswers } from './fake-connections.ts';
import { keyAnswers } from './fake-keys.ts';
import { Refusal } from './fake-refusal.ts';
import { reportAnswers } from './fake-reports.ts';
import { siteAnswers } from './fake-sites.ts';
import { visitorAnswers } from './fake-visitors.ts';
import { siteFor } from './fake-world.ts';

const publicAnswers: Answers = {
  'GET /setup': ({ world }) => ok({ signUp: world.me === null ? 'open' : 'closed', firstRun: world.me === null }),
  'POST /workspaces': makeWorkspace,
  'POST /sign-in': ({ world, body }) => {
    const { email, password } = signInRequest.parse(body);
    if (email !== world.me?.member.email || password !== world.password) {
      throw new Refusal(401, 'E-mail and password do not match. Check both and try again.', { code: 'wrong-credentials' });
    }
    world.signedOut = false;
    return { ...ok(world.me), session: true };
  },
  'POST /sign-in/link': ({ world, body }) => {
    const { token } = signInLinkRequest.parse(body);
    if (!world.linkTokens.delete(token)) {
      throw new Refusal(401, 'This sign-in link has been used or has expired. Ask for a new one.', { code: 'link-spent' });
    }
    return { ...ok(world.me), session: true };
  },
};

const memberAnswers: Answers = {
  'GET /me': ({ world }) => ok(world.me),
  'POST /sign-out': () => ({ ...done, session: false }),
  'GET /contacts': listContacts,
  'GET /contacts/:id': ({ world, params }) => ok(find(world.contacts, params[0])),
  'GET /contacts/:id/sessions': ({ world, params, query }) =>
    page(
      world.sessions.filter((session) => session.contactId === params[0]),
      query,
    ),
  'GET /contacts/:id/links': ({ world, params, query }) =>
    page(
      world.links.filter((link) => link.contactId === params[0]),
      query,
    ),
  'POST /contacts/:id/links': makeLink,
  'GET /sessions/:id': ({ world, params }) => ok(find(world.sessions, params[0])),
  'POST /sessions/:id/replay': ({ world, params, playerOrigin }) => {
    const session = find(world.sessions, params[0]);
    if (!session.hasRecording) throw new Refusal(404, 'This session has no recording.');
    return ok({
      playerUrl: `${playerOrigin}/player#token=${session.id}-${Date.now()}`,
      expiresAt: new Date(Date.now() + 120_000).toISOString(),
    });
  },
  'GET /deliveries': ({ world, query }) => page(world.deliveries, query),
  ...siteAnswers,
  ...reportAnswers,
  ...visitorAnswers,
  ...connectionAnswers,
  ...keyAnswers,
};

function makeWorkspace({ world, body }: Asked): Answer {
  const made = newWorkspace.parse(body);
  if (!made.domain.includes('.')) {
    throw new Refusal(400, 'Some fields need another look.', {
      code: 'invalid',
      fields: { domain: 'Give a domain such as www.example.com' },
    });
  }
  world.me = {
    member: { id: 'm1', name: made.name, email: made.email, role: 'owner' },
    workspace: { id: 'w1', name: made.workspaceName, demo: false },
  };
  world.sites = [siteFor(made.domain)];
  return { ...ok(world.me), session: true };
}

function listContacts({ world, query }: Asked): Answer {
  const q = (query.get('q') ?? '').toLowerCase();
  const found = world.contacts.filter(({ name, email, company }) => `${name} ${email} ${company}`.toLowerCase().includes(q));
  const bySeen = (moment: string | null) => (moment === null ? 0 : Date.parse(moment));
  if (query.get('sort') === 'lastSeen') found.sort((a, b) => bySeen(b.lastSeenAt) - bySeen(a.lastSeenAt));
  return page(found, query);
}

function makeLink({ world, params, body }: Asked): Answer {
  const { url } = newTrackedLink.parse(body);
  const contact = find(world.contacts, params[0]);
  const address = new URL(url);
  if (!world.sites.some((site) => site.origins.includes(address.origin))) {
    throw new Refusal(400, 'Some fields need another look.', { fields: { url: 'The page must be on one of your sites' } });
  }
  address.searchParams.set('ll', contact.linkToken);
  const link = { id: `l${world.links.length + 1}`, contactId: contact.id, url: address.href, createdAt: new Date().toISOString() };
  const made = { ...link, lastClickedAt: null, sessions: 0, revokedAt: null };
  world.links = [made, ...world.links];
  return ok(made);
}

export function findAnswer(method: string, path: string): { handle: Handle; params: string[]; isPublic: boolean } | null {
  for (const [table, isPublic] of [
    [publicAnswers, true],
    [memberAnswers, false],
  ] as const) {
    for (const [route, handle] of Object.entries(table)) {
      const match = new RegExp(`^${route.replace(/:\w+/g, '([^/]+)')}$`).exec(`${method} ${path}`);
      if (match !== null) return { handle, params: match.slice(1), isPublic };
    }
  }
  return null;
}
