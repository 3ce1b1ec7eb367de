import type { State } from '../state/open-state.ts';
import type { Fault, Provider } from '../state/records.ts';

/** The oldest planted fault that meets this call, used up by one. */
export function takeFault(
  state: State,
  call: { readonly provider: Provider; readonly method: string; readonly path: string },
): Fault | null {
  const name = `${call.method} ${call.path}`;
  const fault = state.faults.all().find((one) => one.provider === call.provider && name.includes(one.match));
  if (!fault) return null;
  if (fault.timesLeft > 1) state.faults.put({ ...fault, timesLeft: fault.timesLeft - 1 });
  else state.faults.remove(fault.id);
  return fault;
}
