import { chooseChannel, type Integration } from '#contract/integrations.ts';
import { type Answers, type Asked, done, ok, page } from './fake-answer.ts';
import { chatConnection, crmConnection, type World } from './fake-world.ts';

export const connectionAnswers: Answers = {
  'GET /integrations': ({ world, query }) => {
    world.integrations = world.integrations.map(advanceSync);
    return page(world.integrations, query);
  },
  'POST /integrations/:provider/connect': ({ origin, params }) =>
    ok({ consentUrl: `${origin}/v1/integrations/${params[0]}/callback?code=1` }),
  'GET /integrations/:provider/callback': ({ world, params, origin }) => {
    const failed = world.consent !== 'connected';
    if (!failed) connect(world, params[0]);
    const outcome = failed ? `failed=${params[0]}&reason=${encodeURIComponent(world.consent)}` : `connected=${params[0]}`;
    return { status: 302, location: `${origin}/settings/integrations?${outcome}` };
  },
  'GET /connections/:id/channels': ({ world, query }) => page(world.channels, query),
  'PUT /connections/:id/channel': ({ world, params, body }) => {
    const { channelId } = chooseChannel.parse(body);
    const channel = world.channels.find((one) => one.id === channelId) ?? null;
    edit(world, params[0], (connection) => ({ ...connection, channel }));
    return done;
  },
  'DELETE /connections/:id': ({ world, params }: Asked) => {
    world.integrations = world.integrations.map((one) => (one.connection?.id === params[0] ? { ...one, connection: null } : one));
    return done;
  },
};

type Connection = NonNullable<Integration['connection']>;

function connect(world: World, provider: string | undefined): void {
  const made: Connection =
    provider === 'slack'
      ? { ...chatConnection(), channel: null }
      : { ...crmConnection(), sync: { state: 'running', imported: 0, linkTokensWritten: 0 } };
  world.integrations = world.integrations.map((one) => (one.provider === provider ? { ...one, connection: made } : one));
}

function edit(world: World, id: string | undefined, change: (connection: Connection) => Connection): void {
  world.integrations = world.integrations.map((one) =>
    one.connection !== null && one.connection.id === id ? { ...one, connection: change(one.connection) } : one,
  );
}

/** Each look finds the first sync a little further. */
function advanceSync(integration: Integration): Integration {
  const { connection } = integration;
  if (connection?.sync?.state !== 'running') return integration;
  const imported = Math.min(1284, connection.sync.imported + 500);
  const sync = {
    state: imported === 1284 ? ('done' as const) : ('running' as const),
    imported,
    linkTokensWritten: Math.max(0, imported - 84),
  };
  return { ...integration, connection: { ...connection, sync } };
}
