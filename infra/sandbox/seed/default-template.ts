/** The campaign before a marketer changed it. The link is plain concatenation: an encoded brace would never be filled in. */
export function defaultTemplate(demoSiteUrl: string): { readonly subject: string; readonly body: string } {
  const link = `${demoSiteUrl}/pricing?utm_source=newsletter&utm_medium=email&utm_campaign=autumn&ll={{ contact.leadlight_link_token }}`;
  return {
    subject: '{{ personalization_token("contact.firstname","Hello") }}, the autumn price list is out',
    body: `Hi {{ personalization_token("contact.firstname","there") }},

our prices for the coming year are out, and teams like yours at {{ contact.company }} will find a smaller plan to start with.

<a href="${link}">See the new plans and prices</a>

If a short call is easier, just answer this e-mail.

Best wishes,
Ben Castellano
<i>Northwind Robotics</i>`,
  };
}
