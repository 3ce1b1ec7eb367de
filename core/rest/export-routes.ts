/** Contacts, sessions and events as files. What stands in memory is a batch of rows, however long the file and slow its reader. */
import { pipeline, type Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { between } from '#contract/rest.ts';
import type { Platform } from '../platform.ts';
import { sessionModes } from '../sessions/session.ts';
import { wantedSessions } from '../sessions/wanted-sessions.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import { openApi } from './api.ts';
import { nothing } from './declaration.ts';
import { contactRows, eventRows, type Row, sessionRows } from './export-rows.ts';
import { type ExportFormat, exportFormats, mediaTypes, writeRows } from './write-rows.ts';

const format = z.enum(exportFormats, `Give one of ${exportFormats.join(', ')}`).default('csv');
const ofContacts = z.strictObject({ format });
const ofSessions = z.strictObject({
  format,
  ...between,
  site: z.string().max(100).optional().describe('Id of a site'),
  contact: z.string().max(100).optional().describe('Id of a contact'),
  mode: z.enum(sessionModes, `Give one of ${sessionModes.join(', ')}`).optional(),
});

const columns = {
  contacts: 'id,name,email,externalId,company,score,band,trend,sessions30d,lastSeenAt,createdAt'.split(','),
  sessions:
    'id,siteId,contactId,visitorId,mode,startedAt,lastSeenAt,endedAt,activeMs,pageviews,device,browser,os,channel,intent,held,hasRecording'.split(
      ',',
    ),
  events: 'id,sessionId,contactId,type,at,pageId,url,props'.split(','),
} as const;

const about = 'A stream: it ends early when the connection breaks. Compressed when gzip is accepted. The access log names who exported.';
const asked = { tag: 'exports', method: 'get', needs: { scope: 'exports:read' }, about, body: nothing, answer: nothing } as const;
const files = { media: ['text/csv', 'application/json', 'application/x-ndjson'] };

export function addExportRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const contacts = { path: '/v1/exports/contacts', name: 'exportContacts', summary: 'Export contacts' } as const;
  api.route({ ...asked, ...files, ...contacts, query: ofContacts }, async ({ ctx, caller, query }) => {
    await noteAccess(platform, caller, { action: 'contacts.exported', subject: query.format });
    sendRows(ctx, contactRows(caller.workspaceId), { what: 'contacts', format: query.format });
    return undefined;
  });

  for (const [what, rowsOf] of Object.entries({ sessions: sessionRows, events: eventRows })) {
    const name = what === 'sessions' ? 'sessions' : 'events';
    const told = { path: `/v1/exports/${what}`, name: name === 'sessions' ? 'exportSessions' : 'exportEvents', summary: `Export ${what}` };
    api.route({ ...asked, ...files, ...told, query: ofSessions }, async ({ ctx, caller, query }) => {
      const wanted = await wantedSessions(caller.workspaceId, query);
      await noteAccess(platform, caller, { action: `${what}.exported`, subject: query.format });
      sendRows(ctx, rowsOf(wanted, platform.clock.now()), { what: name, format: query.format });
      return undefined;
    });
  }
}

function sendRows(ctx: Context, rows: AsyncIterable<Row>, file: { what: keyof typeof columns; format: ExportFormat }): void {
  const stream = writeRows(rows, { format: file.format, columns: columns[file.what] });
  ctx.attachment(`leadlight-${file.what}.${file.format}`);
  ctx.type = mediaTypes[file.format];
  ctx.vary('Accept-Encoding');
  ctx.body = ctx.acceptsEncodings('gzip', 'identity') === 'gzip' ? zipped(ctx, stream) : stream;
}

/** Whichever end breaks, the other is closed: with the reader goes the cursor in the database. */
function zipped(ctx: Context, stream: Readable) {
  ctx.set('Content-Encoding', 'gzip');
  return pipeline(stream, createGzip(), () => {});
}
