/** What a browser's word for who it is makes of its binding. Pure. */
import type { OpenedLink, VisitorDocument } from './visitor.ts';

export interface SaidByIdentify {
  readonly by: 'identify';
  readonly contactId: string;
}

export interface SaidByLink {
  readonly by: 'link';
  readonly contactId: string;
  readonly linkId: string | null;
  /** See `OpenedLink`. */
  readonly key: string;
  /** The link was bound to another browser before. */
  readonly heldByOther: boolean;
}

export interface Moment {
  readonly at: Date;
  /** The browser session in which it was said. */
  readonly sid: string;
}

/** The visitor as it is then, its version grown; the same object when nothing changes. */
export function bindVisitor(visitor: VisitorDocument, said: SaidByIdentify | SaidByLink, moment: Moment): VisitorDocument {
  return said.by === 'identify' ? identified(visitor, said, moment) : followed(visitor, said, moment);
}

function identified(visitor: VisitorDocument, { contactId }: SaidByIdentify, moment: Moment): VisitorDocument {
  const isTheirs = visitor.contactId === contactId && visitor.standing === 'bound' && visitor.boundBy !== 'link';
  return isTheirs ? visitor : bound(visitor, { contactId, boundBy: 'identify', standing: 'bound', opened: [] }, moment);
}

function followed(visitor: VisitorDocument, said: SaidByLink, moment: Moment): VisitorDocument {
  const { contactId, key, linkId } = said;
  if (visitor.unboundFrom.includes(contactId)) return visitor;
  const opened = { key, linkId, at: moment.at };
  if (visitor.contactId === contactId) return openedAgain(visitor, opened, said);
  if (visitor.contactId !== null && staysTheirs(visitor, said)) return visitor;
  return bound(visitor, { contactId, boundBy: 'link', standing: 'open', opened: [opened] }, moment);
}

/** A link may have been forwarded: it never replaces what the site or a member said, and takes nobody's browser once it is bound. */
function staysTheirs({ boundBy, standing }: VisitorDocument, { heldByOther }: SaidByLink): boolean {
  return boundBy !== 'link' || (standing === 'bound' && heldByOther);
}

function openedAgain(visitor: VisitorDocument, opened: OpenedLink, { heldByOther }: SaidByLink): VisitorDocument {
  const isKnown = visitor.opened.some(({ key, linkId }) => key === opened.key && linkId === opened.linkId);
  // The browser that the link was bound to may have given it back.
  const isFree = visitor.standing === 'forwarded' && !visitor.unsettled && !heldByOther;
  if (isKnown && !isFree) return visitor;
  return {
    ...visitor,
    version: visitor.version + 1,
    unsettled: true,
    opened: isKnown ? visitor.opened : [...visitor.opened, opened].slice(-mostOpened),
  };
}

const mostOpened = 50;

type Binding = Pick<VisitorDocument, 'contactId' | 'boundBy' | 'standing' | 'opened'>;

function bound(visitor: VisitorDocument, binding: Binding, { at, sid }: Moment): VisitorDocument {
  return {
    ...visitor,
    ...binding,
    opened: visitor.contactId === binding.contactId ? visitor.opened : binding.opened,
    boundAt: at,
    version: visitor.version + 1,
    unsettled: true,
    unboundFrom: visitor.unboundFrom.filter((contactId) => contactId !== binding.contactId),
    firstOfSid: handedOver(visitor, binding, sid),
    withdrawnAt: null,
  };
}

/** Whoever had the browser for sure keeps the session as it was until now. */
function handedOver({ standing, contactId, firstOfSid }: VisitorDocument, next: Binding, sid: string): VisitorDocument['firstOfSid'] {
  if (standing !== 'bound' || contactId === null || contactId === next.contactId || firstOfSid?.sid === sid) return firstOfSid;
  return { sid, contactId };
}
