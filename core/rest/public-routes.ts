/** Tells of the routes that read and answer by themselves: those of the snippet, of vendors, and streams. */
import type Router from '@koa/router';
import { z } from 'zod';
import { ingestAnswer, ingestEnvelope, siteConfig } from '#contract/events.ts';
import { liveState } from '#contract/live.ts';
import type { Platform } from '../platform.ts';
import { openApi } from './api.ts';
import { noQuery, nothing } from './declaration.ts';

const open = { tag: 'browser', needs: 'nobody' } as const;
const enc = z.enum(['gzip', 'deflate']).optional().describe('How the body is compressed, where no header can say it');

export function describePublicRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const config = {
    method: 'get',
    path: '/v1/sites/:siteKey/config',
    name: 'readSiteConfig',
    summary: "Read a site's configuration",
  } as const;
  api.describe({ ...open, ...config, query: noQuery, body: nothing, answer: siteConfig });

  const key = z.string().describe('The site key');
  const ingest = { method: 'post', path: '/v1/ingest', name: 'ingest', summary: 'Take a batch of the snippet', status: 202 } as const;
  const about = 'Answered once the batch is stored durably. Sending it again is harmless.';
  api.describe({ ...open, ...ingest, about, query: z.object({ key, enc }), body: ingestEnvelope, answer: ingestAnswer });
  const preflight = { method: 'options', path: '/v1/ingest', name: 'preflightIngest', summary: 'Answer a preflight' } as const;
  api.describe({ ...open, ...preflight, query: noQuery, body: nothing, answer: nothing });

  const inbox = { method: 'post', path: '/v1/inbox/:provider', name: 'takeInbox', summary: "Take a vendor's signed webhook" } as const;
  api.describe({ ...open, ...inbox, query: z.looseObject({}), body: z.unknown(), answer: nothing, status: 200, media: [] });

  const watch = { method: 'get', tag: 'browser', needs: { permission: 'contacts.read' }, body: nothing, answer: liveState } as const;
  const stream = 'With `Accept: text/event-stream` it goes on as a stream of server-sent events.';
  const all = { path: '/v1/live', name: 'watchLive', summary: 'Who is on the sites now' } as const;
  api.describe({ ...watch, ...all, about: stream, query: z.looseObject({}) });
  const one = { path: '/v1/sessions/:id/live', name: 'watchSession', summary: 'What goes on in a session now' } as const;
  api.describe({ ...watch, ...one, about: stream, query: z.looseObject({}) });
}
