import { readFileSync } from 'node:fs';
import Router from '@koa/router';

const folder = new URL('../assets/', import.meta.url);
const names = [
  'colours.css',
  'base.css',
  'crm.css',
  'campaign.css',
  'slack.css',
  'sandbox.js',
  'live.js',
  'slack.js',
  'toast.js',
  'favicon.svg',
];

/** Styles and scripts of the pages. */
export function assetRoutes(): Router {
  const router = new Router();
  for (const name of names) {
    const bytes = readFileSync(new URL(name, folder));
    router.get(`/assets/${name}`, (ctx) => {
      ctx.type = name.slice(name.lastIndexOf('.'));
      ctx.set('cache-control', 'no-cache');
      ctx.body = bytes;
    });
  }
  return router;
}
