import { bands } from '#contract/snapshot.ts';

export const PROPERTY_GROUP = { name: 'leadlight', label: 'Leadlight' } as const;

export interface ContactProperty {
  readonly name: string;
  /** What people see on the contact record and in list filters. */
  readonly label: string;
  readonly description: string;
  readonly type: 'number' | 'enumeration' | 'string' | 'datetime';
  readonly fieldType: 'number' | 'select' | 'text' | 'textarea' | 'date';
  readonly options?: readonly string[];
}

/**
 * The fields Leadlight keeps on each contact. The names are written into marketers' e-mails and lists, so they never change. None is
 * hidden: a hidden property cannot be used in an e-mail.
 */
export const contactProperties = [
  {
    name: 'leadlight_intent_score',
    label: 'Intent score',
    description: 'How close this person seems to buying, from 0 to 100, judged by what they do on your website.',
    type: 'number',
    fieldType: 'number',
  },
  {
    name: 'leadlight_intent_band',
    label: 'Intent band',
    description: 'The intent score in words: low, medium or high. Handy for lists and workflows.',
    type: 'enumeration',
    fieldType: 'select',
    options: bands,
  },
  {
    name: 'leadlight_intent_trend',
    label: 'Intent trend',
    description: 'Whether the intent score is rising, steady or falling.',
    type: 'enumeration',
    fieldType: 'select',
    options: ['rising', 'steady', 'falling'],
  },
  {
    name: 'leadlight_score_reasons',
    label: 'Reasons for the score',
    description: 'What this person did that made the score, strongest reason first.',
    type: 'string',
    fieldType: 'textarea',
  },
  {
    name: 'leadlight_last_seen',
    label: 'Last seen on the website',
    description: 'When this person was last on your website.',
    type: 'datetime',
    fieldType: 'date',
  },
  {
    name: 'leadlight_sessions_30d',
    label: 'Website visits in 30 days',
    description: 'How many times this person visited your website in the last 30 days.',
    type: 'number',
    fieldType: 'number',
  },
  {
    name: 'leadlight_insight',
    label: 'Latest insight',
    description: 'What the latest visit tells, in a few sentences.',
    type: 'string',
    fieldType: 'textarea',
  },
  {
    name: 'leadlight_next_step',
    label: 'Suggested next step',
    description: 'What to do next with this person.',
    type: 'string',
    fieldType: 'textarea',
  },
  {
    name: 'leadlight_replay_url',
    label: 'Latest replay',
    description: 'Opens the replay of the latest visit. Only for people who can sign in to Leadlight.',
    type: 'string',
    fieldType: 'text',
  },
  {
    name: 'leadlight_link_token',
    label: 'Link token',
    description: 'Put this into the links of your e-mails so that Leadlight recognises who clicked. It holds no personal data.',
    type: 'string',
    fieldType: 'text',
  },
] as const satisfies readonly ContactProperty[];

export type ContactPropertyName = (typeof contactProperties)[number]['name'];
