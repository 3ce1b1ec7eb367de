import type { ConnectorDefinition } from '#contract/connector.ts';
import { geo } from './geo/geo.ts';
import { hubspot } from './hubspot/hubspot.ts';
import { slack } from './slack/slack.ts';

/** Every connector Leadlight ships with: one line a vendor. */
export const connectorDefinitions: readonly ConnectorDefinition[] = [hubspot, slack, geo];
