import type { EventType } from '#contract/events.ts';

/** Events of the catalogue that a page may announce in its own words. The others are what the snippet itself observes. */
const announced = [
  'product_view',
  'variant_select',
  'add_to_cart',
  'add_to_wishlist',
  'product_compare',
  'upsell_click',
  'begin_checkout',
  'checkout_view',
  'checkout_form_complete',
  'purchase',
  'search_query',
  'trial_signup',
  'pricing_engage',
  'demo_request',
  'cancel_intent',
  'cancel_confirmed',
  'cancel_saved',
  'subscription_change',
] as const satisfies readonly EventType[];

export type AnnouncedType = (typeof announced)[number];

export function isAnnounced(name: string): name is AnnouncedType {
  return announced.some((type) => type === name);
}
