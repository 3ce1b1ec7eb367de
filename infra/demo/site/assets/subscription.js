/** The invented account's subscription, in this browser: `{ plan, state }`. */
const key = 'halden.subscription';
const plans = { yard: 'Yard', depot: 'Depot', network: 'Network' };

export function subscription() {
  try {
    const { plan, state } = JSON.parse(localStorage.getItem(key) ?? '{}');
    return { plan: plan in plans ? plan : 'depot', state: state === 'cancelled' ? 'cancelled' : 'active' };
  } catch {
    return { plan: 'depot', state: 'active' };
  }
}

export function changeSubscription(change) {
  localStorage.setItem(key, JSON.stringify({ ...subscription(), ...change }));
}

export function planName(plan) {
  return plans[plan];
}
