import type { LiveState } from '#contract/live.ts';
import { type Answers, done, find, ok, page } from './fake-answer.ts';
import type { World } from './fake-world.ts';

export function liveStateOf({ sessions }: World): LiveState {
  return { now: new Date().toISOString(), sessions: sessions.filter(({ live }) => live) };
}

export const visitorAnswers: Answers = {
  'GET /contacts/:id/visitors': ({ world, params, query }) =>
    page(
      world.visitors.filter(({ contactId }) => contactId === params[0]),
      query,
    ),
  'POST /visitors/:id/confirm': ({ world, params }) => {
    const confirmed = { ...find(world.visitors, params[0]), boundBy: 'member' as const, possiblyForwarded: false };
    world.visitors = world.visitors.map((visitor) => (visitor.id === confirmed.id ? confirmed : visitor));
    world.sessions = world.sessions.map((session) =>
      session.visitorId === confirmed.id && session.held === 'forwarded' ? { ...session, held: null, heldBecause: null } : session,
    );
    return ok(confirmed);
  },
  'POST /visitors/:id/unbind': ({ world, params }) => {
    const { id } = find(world.visitors, params[0]);
    world.visitors = world.visitors.filter((visitor) => visitor.id !== id);
    world.sessions = world.sessions.filter(({ visitorId }) => visitorId !== id);
    return done;
  },
  'GET /live': ({ world }) => ok(liveStateOf(world)),
  'GET /sessions': ({ world, query }) => {
    const site = world.sites.find(({ id }) => id === query.get('site'));
    const wanted = world.sessions.filter(({ mode, contactId }) => mode === query.get('mode') && contactId === null);
    return page(site === undefined ? wanted : wanted.filter(({ siteName }) => siteName === site.name), query);
  },
};
