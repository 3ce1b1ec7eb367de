import type { Site } from '#contract/api.ts';
import type { Integration } from '#contract/integrations.ts';

export type StepName = 'snippet' | 'crm' | 'alerts' | 'link';

export interface StepFacts {
  readonly site: Pick<Site, 'snippetSeenAt' | 'firstVisitAt'> | undefined;
  readonly integrations: readonly Pick<Integration, 'kind' | 'connection'>[];
  /** Whether a tracked link was made, or a merge tag copied, in this browser. */
  readonly linkMade: boolean;
}

/** Which of the first steps are done. */
export function stepsDone({ site, integrations, linkMade }: StepFacts): Readonly<Record<StepName, boolean>> {
  const active = (kind: Integration['kind']) =>
    integrations.flatMap((one) => (one.kind === kind && one.connection?.state === 'active' ? [one.connection] : []));
  return {
    snippet: site !== undefined && site.snippetSeenAt !== null,
    crm: active('crm').some((connection) => connection.sync === null || connection.sync.state === 'done'),
    alerts: active('alerts').some((connection) => connection.channel !== null),
    link: linkMade || (site !== undefined && site.firstVisitAt !== null),
  };
}

export const stepOrder: readonly StepName[] = ['snippet', 'crm', 'alerts', 'link'];

/** The step to do now: the first that is not done. */
export function nextStep(done: Readonly<Record<StepName, boolean>>): StepName | null {
  return stepOrder.find((name) => !done[name]) ?? null;
}
