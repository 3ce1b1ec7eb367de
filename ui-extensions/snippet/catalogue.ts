import type { EventType } from '#contract/events.ts';

/** Events of the catalogue that a page may announce in its own words. The others are what the snippet itself observes. */
export type AnnouncedType = Extract<
  EventType,
  | `product_${string}`
  | `add_to_${string}`
  | `c${'heckout_view' | 'heckout_form_complete' | `ancel_${string}`}`
  | 'variant_select'
  | 'upsell_click'
  | 'begin_checkout'
  | 'purchase'
  | 'search_query'
  | 'trial_signup'
  | 'pricing_engage'
  | 'demo_request'
  | 'subscription_change'
>;

const announced =
  /^(?:product_(?:view|compare)|variant_select|add_to_(?:cart|wishlist)|upsell_click|(?:begin_checkout|checkout_view|checkout_form_complete)|purchase|search_query|trial_signup|pricing_engage|demo_request|cancel_(?:intent|confirmed|saved)|subscription_change)$/;

export function isAnnounced(name: string): name is AnnouncedType {
  return announced.test(name);
}
