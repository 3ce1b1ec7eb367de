import type { State } from '../state/open-state.ts';
import { fillCrm } from './fill-crm.ts';
import { fillProperties } from './fill-properties.ts';
import { fillSlack } from './fill-slack.ts';

/** The seed: what the sandbox holds before anybody touched it. */
export function fillState(state: State): void {
  fillProperties(state);
  fillCrm(state);
  fillSlack(state);
}
