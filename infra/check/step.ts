export interface Step {
  readonly title: string;
  run(): Promise<StepResult>;
}

export interface StepResult {
  readonly ok: boolean;
  /** What was found, or a figure worth knowing. */
  readonly text: string;
}

/** Problems make a step fail, one line each; without any, `summary` is shown. */
export function stepResult(problems: readonly string[], summary = ''): StepResult {
  return problems.length === 0 ? { ok: true, text: summary } : { ok: false, text: problems.join('\n') };
}
