import type { z } from 'zod';
import { failureOf, unreadable } from './failure.ts';
import { type HubspotRequest, type HubspotSettings, send } from './send.ts';

/** Calls the API for a customer and reads the answer by `shape`. Throws a `Failure` for everything but a success. */
export async function call<Shape extends z.ZodType>(
  settings: HubspotSettings,
  request: HubspotRequest,
  shape: Shape,
): Promise<z.infer<Shape>> {
  const answer = await send(settings, request);
  if (answer.status < 200 || answer.status > 299) throw failureOf(answer, settings.tools.now(), [request.accessToken]);
  const read = shape.safeParse(answer.body);
  if (!read.success) throw unreadable();
  return read.data;
}
