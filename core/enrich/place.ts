/** Where a visit comes from, as far as the site keeps it. The address is used here, in memory, and nowhere else. */
import type { LocationLevel } from '#contract/api.ts';
import type { Place } from '#contract/connector.ts';
import type { Platform } from '../platform.ts';
import type { SessionMode } from '../sessions/session.ts';
import { locationOf, type SiteDocument } from '../workspaces/site.ts';

export function keepsPlace(site: Pick<SiteDocument, 'location'>): boolean {
  const { contacts, anonymous } = locationOf(site);
  return contacts !== 'off' || anonymous !== 'off';
}

/** From the first connector that knows. Null where none does. */
export function findPlace({ connectors }: Pick<Platform, 'connectors'>, address: string): Place | null {
  for (const connector of connectors.values()) {
    const place = connector.locate?.(address) ?? null;
    if (place !== null) return place;
  }
  return null;
}

/** The field of a session: no more than the site's switch for such visits lets through. */
export function placeKept(site: Pick<SiteDocument, 'location'>, mode: SessionMode, place: Place | null = null): { place?: Place } {
  const { contacts, anonymous } = locationOf(site);
  const level: LocationLevel = mode === 'contact' ? contacts : anonymous;
  if (place === null || level === 'off') return {};
  return { place: level === 'city' ? place : { country: place.country, region: null, city: null } };
}
