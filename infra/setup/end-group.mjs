// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const graceMs = 10_000;

/** Ends what is left of a process group. @param {number} group */
export async function endGroup(group) {
  signalGroup(group, 'SIGTERM');
  for (const end = Date.now() + graceMs; isGroupAlive(group); await delay(50)) {
    if (Date.now() > end) return signalGroup(group, 'SIGKILL');
  }
}

/** @param {number} group @param {NodeJS.Signals | 0} signal Whether anybody was left to hear it. */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Members that ended but were not reaped still hear signals, and in a container nobody may ever reap them: where the system tells,
 * they do not count.
 * @param {number} group
 */
function isGroupAlive(group) {
  if (!signalGroup(group, 0)) return false;
  if (!existsSync('/proc/self/stat')) return true;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && isLivingMember(name, group));
}

/** @param {string} pid @param {number} group */
function isLivingMember(pid, group) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name in parentheses: state, parent, group.
    const [state, , of] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state !== 'Z' && Number(of) === group;
  } catch {
    return false;
  }
}
