/** Koa as we use it: failures answered, security headers on everything, nothing about the caller logged. */
import Koa from 'koa';
import helmet from 'koa-helmet';
import type { Platform } from '../platform.ts';
import { answerFailures } from './answer-failures.ts';

export function createApp(platform: Platform): Koa {
  const app = new Koa();
  app.silent = true;
  app.on('error', (error: unknown) => {
    if (!isDisconnect(error)) platform.log.warn({ err: error }, 'a connection failed');
  });
  app.use(securityHeaders(platform));
  app.use(answerFailures(platform));
  return app;
}

function securityHeaders(platform: Platform): Koa.Middleware {
  const https = platform.config.publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: [platform.config.replayUrl],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    crossOriginEmbedderPolicy: false,
  });
}

function isDisconnect(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ECONNRESET' || error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}
