/** One record of a data file, in the words of its maker, as a place. */
import { z } from 'zod';
import type { Place } from '#contract/connector.ts';

const names = z.object({ names: z.object({ en: z.string().optional() }).optional() });
/** https://dev.maxmind.com/geoip/docs/databases/city-and-country */
const nested = z.object({
  country: z.object({ iso_code: z.string() }),
  subdivisions: z.array(names).optional(),
  city: names.optional(),
});
/** https://github.com/sapics/ip-location-db */
const flat = z.object({ country_code: z.string(), state1: z.string().optional(), city: z.string().optional() });

export function readPlace(record: unknown): Place | null {
  const one = nested.safeParse(record);
  if (one.success) {
    const { country, subdivisions, city } = one.data;
    return placeOf(country.iso_code, subdivisions?.[0]?.names?.en, city?.names?.en);
  }
  const other = flat.safeParse(record);
  return other.success ? placeOf(other.data.country_code, other.data.state1, other.data.city) : null;
}

/** `ZZ` and the like stand for nowhere. */
function placeOf(country: string, region: string | undefined, city: string | undefined): Place | null {
  const code = country.toUpperCase();
  if (!/^[A-Z]{2}$/.test(code) || /^(?:ZZ|XX|AP|EU|T1|A[12])$/.test(code)) return null;
  return { country: code, region: cut(region), city: cut(city) };
}

function cut(name: string | undefined): string | null {
  return name === undefined || name.trim() === '' ? null : name.trim().slice(0, 100);
}
