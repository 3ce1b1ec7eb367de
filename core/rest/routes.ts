/** The API about itself: its OpenAPI document, and the reference page for people. */
import type Router from '@koa/router';
import { z } from 'zod';
import type { Platform } from '../platform.ts';
import { declarationsOn, openApi } from './api.ts';
import { noQuery, nothing } from './declaration.ts';
import { addEventRoutes } from './event-routes.ts';
import { addExportRoutes } from './export-routes.ts';
import { openApiDocument } from './openapi.ts';
import { describePublicRoutes } from './public-routes.ts';
import { addRecordingRoutes } from './recording-routes.ts';
import { referencePage } from './reference-page.ts';

/** To be called after the routes that it tells of. */
export function addRestRoutes(router: Router, platform: Platform): void {
  addEventRoutes(router, platform);
  addRecordingRoutes(router, platform);
  addExportRoutes(router, platform);
  describePublicRoutes(router, platform);
  const api = openApi(router, platform);
  const document = once(() => openApiDocument(declarationsOn(router), platform.config.publicUrl));
  const page = once(() => referencePage(document()));
  const read = { method: 'get', path: '/v1/openapi.json', name: 'readOpenApi', summary: 'Read this document', tag: 'workspace' } as const;
  api.open({ ...read, needs: 'nobody', query: noQuery, body: nothing, answer: z.looseObject({ openapi: z.string() }) }, async (ctx) => {
    ctx.set('Cache-Control', 'public, max-age=300');
    ctx.body = document();
  });
  router.get('/docs/api', (ctx) => {
    ctx.set('Cache-Control', 'public, max-age=300');
    ctx.type = 'html';
    ctx.body = page();
  });
}

/** All routes are there only when the first request comes. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
