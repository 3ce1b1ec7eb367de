/** Every route of the web application as it is really put together, so that a test can walk them all, those of tomorrow too. */
import Router from '@koa/router';
import { createCore } from '../create-core.ts';
import type { Platform } from '../platform.ts';
import { declarationsOn } from '../rest/api.ts';
import type { Declaration } from '../rest/declaration.ts';

export interface WebRoute {
  readonly method: string;
  /** As it was registered: `/v1/contacts/:id`. */
  readonly path: string;
}

/** Routes of the API, without the one that answers for what is not there. */
export function webRoutes(platform: Platform): WebRoute[] {
  const routes = routersMade(() => createCore(platform)).routers.flatMap((router) =>
    router.stack.flatMap(({ methods, path }) => methods.map((method) => ({ method, path: String(path) }))),
  );
  return routes.filter(({ method, path }) => path.startsWith('/v1/') && method !== 'HEAD' && path !== '/v1/{*path}');
}

/** What the application's routes were made of. */
export function declarationsIn(routers: readonly Router[]): readonly Declaration[] {
  return routers.flatMap(declarationsOn);
}

/** The application is a closed function: the routers are caught at the moment when it takes them. */
export function routersMade<Made>(make: () => Made): { readonly routers: readonly Router[]; readonly made: Made } {
  const routers: Router[] = [];
  const { routes } = Router.prototype;
  Router.prototype.routes = function (this: Router) {
    routers.push(this);
    return routes.call(this);
  };
  try {
    return { made: make(), routers };
  } finally {
    Router.prototype.routes = routes;
  }
}
