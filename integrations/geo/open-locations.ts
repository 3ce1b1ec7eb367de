/** Opens the data file when it is first asked, and again when a newer one lies in its place. */
import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Reader } from 'mmdb-lib';
import type { ConnectorTools, Place } from '#contract/connector.ts';
import { readPlace } from './read-place.ts';

/** Countries by what the registries publish of each network: CC0, so that anybody may use it for anything. */
const publicData = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';
const lookAgainMs = 3_600_000;

interface Opened {
  readonly reader: Reader<object> | null;
  readonly writtenMs: number;
  readonly lookedAt: number;
}

/** @param file null: the public country data. A file that cannot be read is told in the log, once an hour, and locates nobody. */
export function openLocations(file: string | null, log: ConnectorTools['log']): (address: string) => Place | null {
  let opened: Opened | null = null;
  return (address) => {
    if (isIP(address) === 0) return null;
    opened = fresh(opened, file ?? fileURLToPath(import.meta.resolve(publicData)), log);
    return readPlace(opened.reader?.get(address));
  };
}

function fresh(opened: Opened | null, file: string, log: ConnectorTools['log']): Opened {
  const now = performance.now();
  if (opened !== null && now - opened.lookedAt < lookAgainMs) return opened;
  try {
    const writtenMs = statSync(file).mtimeMs;
    if (opened?.writtenMs === writtenMs) return { ...opened, lookedAt: now };
    return { reader: new Reader<object>(readFileSync(file)), writtenMs, lookedAt: now };
  } catch (error) {
    log.warn(
      { file, err: error },
      'the location data cannot be read: no visit gets a place until GEO_DATA_FILE names a file in MaxMind format',
    );
    return { reader: opened?.reader ?? null, writtenMs: -1, lookedAt: now };
  }
}
