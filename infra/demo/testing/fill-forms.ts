import type { Page } from 'playwright-core';

/** What is typed in the walks. The word in all of it must be in nothing that leaves a page. */
export const person = { email: 'ada@typed-secret.example', company: 'Typed-secret Ltd', name: 'Ada Typed-secret' } as const;

export async function fillCheckout(page: Page): Promise<void> {
  const values = {
    'checkout-email': person.email,
    'given-name': 'Ada',
    'family-name': 'Typed-secret',
    organization: person.company,
    'address-line1': 'Typed-secret Street 1',
    'postal-code': '3511 AB',
    city: 'Utrecht',
    'cc-name': person.name,
    'cc-number': '4242424242424242',
    'cc-exp': '12/30',
    'cc-csc': '123',
  };
  for (const [id, value] of Object.entries(values)) await page.locator(`#${id}`).fill(value);
  await page.getByText('Express').click();
}
