import assert from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { testPlatform } from '../testing/test-platform.ts';
import { webRoutes } from '../testing/web-routes.ts';

const documentShape = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string(), summary: z.string() }))),
});

describe('the OpenAPI document', () => {
  let app: TestApp;
  let routes: string[];
  let text: string;
  let document: z.infer<typeof documentShape>;

  before(async () => {
    const platform = await testPlatform();
    app = await testApp(platform);
    routes = webRoutes(platform).map(({ method, path }) => `${method} ${path}`);
    const answer = await app.call('/v1/openapi.json');
    text = answer.text;
    document = documentShape.parse(answer.json);
  });
  after(() => app.close());

  it('tells every route that there is, and none that there is not', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    assert.deepEqual(told.sort(), routes.toSorted());
  });

  it('is valid OpenAPI 3.1, and everything it refers to is in it', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(text));
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(document.openapi, '3.1.1');
    const { components } = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) }).parse(JSON.parse(text));
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) assert.ok(name in components.schemas, name);
    assert.doesNotMatch(text, /\$defs/);
  });

  it('gives each operation a name of its own', () => {
    const names = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    assert.equal(new Set(names).size, names.length);
  });

  it('has a page for people that tells every operation and asks nothing of other hosts', async () => {
    const { status, text: page, headers } = await app.call('/docs/api');
    assert.equal(status, 200);
    assert.match(headers.get('Content-Type') ?? '', /^text\/html/);
    for (const methods of Object.values(document.paths)) {
      for (const { operationId } of Object.values(methods)) assert.ok(page.includes(`<article id="${operationId}">`), operationId);
    }
    assert.doesNotMatch(page, /<script|(?:src|href)="(?:https?:)?\/\//);
  });
});
