import { type ApiKey, apiKeyRequest, type DeadLetter } from '#contract/rest.ts';
import { type Answers, done, find, ok, page } from './fake-answer.ts';

/** Who made what when; of every test alike. */
export function sampleKeys(): ApiKey[] {
  const made = new Date(Date.now() - 40 * 86_400_000).toISOString();
  const used = new Date(Date.now() - 3 * 60_000).toISOString();
  const key = { createdBy: 'Nora Lindqvist', createdAt: made, expiresAt: null, lastUsedAt: null };
  return [
    {
      ...key,
      id: 'key1',
      name: 'Data warehouse',
      prefix: 'llk_7Qm2vXk4',
      scopes: ['contacts:read', 'sessions:read', 'exports:read'],
      lastUsedAt: used,
    },
    { ...key, id: 'key2', name: 'Sign-up form', prefix: 'llk_pA9fRt1c', scopes: ['contacts:write'], expiresAt: made },
  ];
}

export function sampleDeadLetters(): DeadLetter[] {
  const receivedAt = new Date(Date.now() - 26 * 60_000).toISOString();
  const letter = { siteId: 'site1', sessionId: 's1', eid: '3f6c1b1e-4a1f-4f0e-9a55-0d7e1c2b3a4d', receivedAt, replayedAt: null };
  return [
    { ...letter, id: 'dead1', reason: 'type: "pageview" is not in the catalogue', replayable: true },
    { ...letter, id: 'dead2', reason: 'props.scrollDepth: Too big: expected number to be <=100', replayable: false },
  ];
}

export const keyAnswers: Answers = {
  'GET /keys': ({ world, query }) => page(world.apiKeys, query),
  'POST /keys': ({ world, body }) => {
    const { name, scopes, expiresAt } = apiKeyRequest.parse(body);
    const times = { createdAt: new Date().toISOString(), createdBy: 'Nora Lindqvist', expiresAt, lastUsedAt: null };
    const made = { id: `key${world.apiKeys.length + 1}`, name, prefix: 'llk_N3wKey00', scopes, ...times };
    world.apiKeys = [made, ...world.apiKeys];
    return { ...ok({ ...made, secret: `llk_N3wKey00${'a'.repeat(35)}` }), status: 201 };
  },
  'DELETE /keys/:id': ({ world, params }) => {
    const { id } = find(world.apiKeys, params[0]);
    world.apiKeys = world.apiKeys.filter((key) => key.id !== id);
    return done;
  },
  'GET /dead-letters': ({ world, query }) => page(world.deadLetters, query),
  'GET /dead-letters/:id': ({ world, params }) =>
    ok({
      ...find(world.deadLetters, params[0]),
      event: { type: 'pageview', url: 'https://www.northwind.example/pricing', props: { title: 'Pricing' } },
    }),
  'POST /dead-letters/:id/replay': ({ world, params }) => ok({ accepted: false, reason: find(world.deadLetters, params[0]).reason }),
  'DELETE /dead-letters/:id': ({ world, params }) => {
    const { id } = find(world.deadLetters, params[0]);
    world.deadLetters = world.deadLetters.filter((letter) => letter.id !== id);
    return done;
  },
};
