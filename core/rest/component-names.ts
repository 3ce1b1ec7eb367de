/** What schemas are called in the OpenAPI document: each is written there once. */
import { z } from 'zod';
import * as api from '#contract/api.ts';
import * as events from '#contract/events.ts';
import * as integrations from '#contract/integrations.ts';
import * as rest from '#contract/rest.ts';
import { role } from '#contract/roles.ts';
import { scope } from '#contract/scopes.ts';
import { insight, intentScore } from '#contract/snapshot.ts';

const names: readonly (readonly [string, z.ZodType])[] = [
  ['Problem', api.problem],
  ['Me', api.me],
  ['Site', api.site],
  ['SiteConfig', events.siteConfig],
  ['Leak', api.leak],
  ['Fault', api.fault],
  ['SessionRow', api.sessionRow],
  ['SessionDetail', api.sessionDetail],
  ['ContactRow', api.contactRow],
  ['ContactDetail', api.contactDetail],
  ['Visitor', api.visitor],
  ['TrackedLink', api.trackedLink],
  ['Integration', integrations.integration],
  ['Delivery', integrations.delivery],
  ['Insight', insight],
  ['IntentScore', intentScore],
  ['Role', role],
  ['Scope', scope],
  ['Workspace', rest.workspace],
  ['Member', rest.member],
  ['ApiKey', rest.apiKey],
  ['NewApiKey', rest.newApiKey],
  ['Event', rest.event],
  ['Recording', rest.recording],
  ['LinkCheck', rest.linkCheck],
  ['DeadLetter', rest.deadLetter],
  ['DeadLetterDetail', rest.deadLetterDetail],
];

// The registry that holds the schemas' descriptions too.
for (const [id, schema] of names) z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });

/** The registry to write schemas with. */
export const componentNames = z.globalRegistry;
