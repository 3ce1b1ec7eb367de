import type { App, Receiver } from '@slack/bolt';

/** A Bolt receiver without a server: the requests come from ours, verified and parsed. */
export interface FeedReceiver extends Receiver {
  /** Resolves once every listener is done. */
  feed(body: Record<string, unknown>): Promise<void>;
}

export function feedReceiver(): FeedReceiver {
  const apps: App[] = [];
  return {
    init(app) {
      apps.push(app);
    },
    start: async () => undefined,
    stop: async () => undefined,
    async feed(body) {
      // The answer to Slack is written after the listeners, so acknowledging inside of Bolt has nothing to do.
      const ack = async () => undefined;
      for (const app of apps) await app.processEvent({ body, ack });
    },
  };
}
