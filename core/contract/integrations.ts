/** What the web app and API clients exchange with the core about connectors, connections and deliveries; as `api.ts` tells. */
import { z } from 'zod';
import { page } from './page.ts';

const moment = z.iso.datetime();

const connectionState = z.enum(['active', 'needs_reauth', 'disconnected']);

/** In GET /integrations → list: every connector that is configured, with its connection when there is one. */
export const integration = z.object({
  provider: z.string(),
  title: z.string(),
  kind: z.enum(['crm', 'alerts']),
  connection: z
    .object({
      id: z.string(),
      state: connectionState,
      accountName: z.string(),
      accountUrl: z.string(),
      connectedAt: moment,
      /** What went wrong last, in the vendor's words; null when all is well. */
      problem: z.string().nullable(),
      /** CRM: how far the first sync is. */
      sync: z
        .object({
          state: z.enum(['waiting', 'running', 'done', 'failed']),
          imported: z.number().int(),
          linkTokensWritten: z.number().int(),
        })
        .nullable(),
      /** CRM: a link for a campaign, its address standing for any page of the site: `https://site/?ll={{ contact.leadlight_link_token }}`. */
      mergeTagLink: z.string().nullable(),
      mergeTag: z.string().nullable(),
      /** Alerts: the chosen channel. */
      channel: z.object({ id: z.string(), name: z.string() }).nullable(),
      pendingDeliveries: z.number().int(),
    })
    .nullable(),
});
export type Integration = z.infer<typeof integration>;
export const integrationList = page(integration);

/** POST /integrations/:provider/connect → where to send the browser. The provider comes back to GET /integrations/:provider/callback, which ends at `APP/settings/integrations?connected=PROVIDER` or `?failed=PROVIDER&reason=…`. */
export const connectStart = z.object({ consentUrl: z.string() });
/** GET /connections/:id/channels → list. PUT /connections/:id/channel {channelId} → 204. DELETE /connections/:id → 204. */
export const channelList = page(z.object({ id: z.string(), name: z.string() }));
export const chooseChannel = z.object({ channelId: z.string().min(1).max(100) });

/** GET /deliveries?cursor (50 a page): the sync log, newest first. */
export const delivery = z.object({
  id: z.string(),
  provider: z.string(),
  at: moment,
  /** One sentence: "Updated Ada Park in HubSpot: score 72 (high)". */
  text: z.string(),
  outcome: z.enum(['done', 'retrying', 'waiting', 'failed']),
  reason: z.string().nullable(),
  contactId: z.string().nullable(),
});
export type Delivery = z.infer<typeof delivery>;
export const deliveryList = page(delivery);
