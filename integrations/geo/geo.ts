import { z } from 'zod';
import { type Connector, defineConnector } from '#contract/connector.ts';
import { openLocations } from './open-locations.ts';

/** Locations from a data file in memory: no request leaves the machine. Without a file of yours, the public country data is used. */
export const geo = defineConnector({
  id: 'geo',
  title: 'Locations',
  env: z.object({
    /** A file in MaxMind's format (`.mmdb`) with countries or cities; `off`: no locations at all. */
    GEO_DATA_FILE: z.string().min(1).optional(),
  }),
  connect({ GEO_DATA_FILE: file }, { log }): Connector | null {
    return file === 'off' ? null : { id: 'geo', title: 'Locations', locate: openLocations(file ?? null, log) };
  },
});
