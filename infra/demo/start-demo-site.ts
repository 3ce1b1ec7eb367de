import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import Koa from 'koa';
import { adminRoutes } from './admin-routes.ts';
import { openHeadCode } from './head-code.ts';
import { loadPages } from './load-pages.ts';
import { answerWithPage, siteRoutes } from './site-routes.ts';

const siteFolder = fileURLToPath(new URL('site/', import.meta.url));

export interface DemoSiteOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Script tags for the head of every page, until a person replaces them on `/admin`. May be empty. */
  readonly headCode: string;
  /** Where a replacement is kept between starts; null keeps it in memory. */
  readonly dataFile: string | null;
  readonly log?: (line: string) => void;
}

export interface DemoSite {
  /** `http://localhost:PORT`, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the website of an invented company on this machine, as a customer of Leadlight would: static pages with pasted header code. */
export async function startDemoSite(options: DemoSiteOptions): Promise<DemoSite> {
  const log = options.log ?? (() => undefined);
  const headCode = await openHeadCode({ headCode: options.headCode, dataFile: options.dataFile, log });
  const pages = await loadPages(siteFolder);

  const app = new Koa();
  app.on('error', (error: Error & { status?: number }) => {
    if (error.status === undefined || error.status >= 500) log(`demo site: ${error.stack ?? error.message}`);
  });
  app.use(answerWithPage(pages, headCode));
  app.use((await adminRoutes(`${siteFolder}admin.html`, headCode)).routes());
  app.use(siteRoutes(pages, `${siteFolder}assets`).routes());
  return listen(app, options.port);
}

async function listen(app: Koa, port: number): Promise<DemoSite> {
  const server = createServer(app.callback());
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://localhost:${taken}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
