/** One visitor of one site with one tool, everything new: browser profile, site, stand-in for the tool's service. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Reply, startLocalServer } from '../browser/local-server.ts';
import { newVisitor } from '../browser/visitor.ts';
import type { Service, Tool } from '../tools/tool.ts';

/** What a site answers by path, with this in the head of its pages. */
export type Site = (head: string) => Pages | Promise<Pages>;

export interface Pages {
  get(path: string): Reply | undefined;
}

export interface Stage {
  readonly page: Page;
  readonly service: Service;
  /** Of the site's page, as this visitor comes to it. */
  readonly address: string;
}

/** On an empty page of the site; all is closed afterwards. `tool` undefined: the site alone. */
export async function onStage<Result>(
  { browser, site, tool }: { browser: Browser; site: Site; tool: Tool | undefined },
  act: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  await using open = new AsyncDisposableStack();
  const service = (await tool?.start()) ?? nothing;
  open.defer(() => service.close());
  const pages = await site(service.head);
  const server = await startLocalServer(({ url }) => pages.get(new URL(url, 'http://site').pathname) ?? rest(url), 'localhost');
  open.defer(() => server.close());
  const context: BrowserContext = await newVisitor(browser);
  open.defer(() => context.close());
  const page = await context.newPage();
  await page.goto(`${server.origin}/empty`);
  return await act({ page, service, address: `${server.origin}/${service.query}` });
}

const nothing: Service = { head: '', query: '', asked: () => [], close: () => Promise.resolve() };

function rest(url: string): Reply | undefined {
  if (url === '/empty') return { type: 'text/html', body: '<!doctype html><title>Empty</title>' };
  return url === '/favicon.ico' ? { status: 204 } : undefined;
}
