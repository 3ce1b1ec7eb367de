/** `GET /metrics` on a port of its own, which is open to this machine alone unless said otherwise. */
import type { RequestListener } from 'node:http';
import { metricsText } from '#core/http/metrics.ts';
import { type Listening, listen } from './listen.ts';

export function serveMetrics(place: { readonly port: number; readonly host: string }): Promise<Listening> {
  return listen(answer, { ...place, name: 'metrics' });
}

const answer: RequestListener = (request, response) => {
  if (request.method !== 'GET' || request.url !== '/metrics') {
    response.writeHead(404).end();
    return;
  }
  metricsText().then(
    ({ type, text }) => response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text),
    () => response.writeHead(503).end(),
  );
};
