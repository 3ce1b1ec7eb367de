/** The one customer that the sandbox plays: its HubSpot account and its Slack workspace. */
export const portal = {
  id: 4815162,
  name: 'Northwind Robotics',
  domain: 'northwind-robotics.example',
  appId: 1234567,
  userId: 70011001,
  userEmail: 'maya.lindqvist@northwind-robotics.example',
  timeZone: 'Europe/Stockholm',
} as const;

export const team = { id: 'T0NORTHWIND', name: 'Northwind Robotics', domain: 'northwind-robotics' } as const;

/** Leadlight as Slack knows it. */
export const slackApp = { id: 'A0LEADLIGHT', botId: 'B0LEADLIGHT', userId: 'U0LEADLIGHT', name: 'leadlight' } as const;

export interface Person {
  readonly slackId: string;
  readonly ownerId: string;
  readonly first: string;
  readonly last: string;
  readonly email: string;
  readonly title: string;
}

function person(slackId: string, ownerId: string, [first, last, title]: readonly [string, string, string]): Person {
  return { slackId, ownerId, first, last, title, email: `${first}.${last}@northwind-robotics.example`.toLowerCase() };
}

/** The staff: HubSpot owners and Slack users in one. The first is who the person at the screen is. */
export const staff: readonly [Person, ...Person[]] = [
  person('U0MAYA', '70011001', ['Maya', 'Lindqvist', 'Head of Sales']),
  person('U0TOM', '70011002', ['Tom', 'Okafor', 'Account Executive']),
  person('U0IRIS', '70011003', ['Iris', 'Novak', 'Account Executive']),
  person('U0BEN', '70011004', ['Ben', 'Castellano', 'Marketing Manager']),
];

export function personBySlackId(id: string): Person | undefined {
  return staff.find((one) => one.slackId === id);
}

export function ownerName(ownerId: string): string {
  const owner = staff.find((one) => one.ownerId === ownerId);
  return owner ? `${owner.first} ${owner.last}` : '';
}
