import type { Problem } from '#contract/api.ts';

interface RefusalDetails {
  readonly code?: string;
  readonly fields?: Record<string, string>;
}

export class Refusal extends Error {
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(status: number, detail: string, details: RefusalDetails = {}) {
    super(detail);
    this.status = status;
    this.details = details;
  }

  toProblem(): Problem {
    const { code = 'refused', fields } = this.details;
    const problem = { type: 'about:blank', title: 'Refused', status: this.status, detail: this.message, code };
    return fields === undefined ? problem : { ...problem, fields };
  }
}
