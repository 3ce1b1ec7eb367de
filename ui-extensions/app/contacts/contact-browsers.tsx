import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ContactDetail, Visitor } from '#contract/api.ts';
import { confirmVisitor, unbindVisitor } from '../api/endpoints.ts';
import { contactQuery, contactSessionsQuery, contactVisitorsQuery } from '../api/queries.ts';
import { wordsOf } from '../api/request.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Mark } from '../parts/marks.tsx';
import { tell } from '../parts/tell.ts';
import { tellAgo, tellCount, tellDay } from '../parts/words.ts';

interface ContactBrowsersProps {
  readonly contact: Pick<ContactDetail, 'id' | 'name'>;
  readonly mayDecide: boolean;
}

/** The browsers that are this contact's, and those that may be: a member says which. */
export function ContactBrowsers({ contact, mayDecide }: ContactBrowsersProps) {
  const visitors = useQuery(contactVisitorsQuery(contact.id));
  const items = visitors.data?.items ?? [];
  if (items.length === 0 && !visitors.isError) return null;
  return (
    <section className="ll-card" aria-label="Browsers of this contact" id="browsers">
      <Title order={2}>Browsers of this contact</Title>
      {visitors.isError && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" mt="sm">
          {wordsOf(visitors.error)}
        </Text>
      )}
      <ul className="ll-plain-list">
        {[...items].sort(questionsFirst).map((visitor) => (
          <BrowserLine key={visitor.id} visitor={visitor} contact={contact} mayDecide={mayDecide} />
        ))}
      </ul>
    </section>
  );
}

function questionsFirst(a: Visitor, b: Visitor): number {
  return Number(b.possiblyForwarded) - Number(a.possiblyForwarded);
}

const boundWords: Readonly<Record<Visitor['boundBy'], string>> = {
  link: 'Came through a tracked link',
  identify: 'Identified by your site',
  member: 'Confirmed by a member',
};

interface BrowserLineProps extends ContactBrowsersProps {
  readonly visitor: Visitor;
}

function BrowserLine({ visitor, contact, mayDecide }: BrowserLineProps) {
  const seen = visitor.lastSeenAt === null ? 'no visit yet' : `last seen ${tellAgo(visitor.lastSeenAt, Date.now())}`;
  return (
    <li className="ll-browser">
      <Group gap={8}>
        <Text fw={600} size="sm">
          {browserName(visitor)}
        </Text>
        {visitor.possiblyForwarded && <Mark tone="high">Possibly forwarded</Mark>}
      </Group>
      <Text size="sm" c="dimmed">
        {[visitor.device, tellCount(visitor.sessions, 'session'), seen].filter(isKnown).join(' · ')}
      </Text>
      <Text size="sm" c="dimmed">
        {boundWords[visitor.boundBy]} on {tellDay(visitor.boundAt)}
      </Text>
      {visitor.possiblyForwarded && (
        <p className="ll-browser-question">
          This browser opened a link of {contact.name} after another browser had. Its visits do not count until somebody says whose it is.
        </p>
      )}
      {mayDecide && <Decide visitor={visitor} contact={contact} />}
    </li>
  );
}

function browserName({ browser, os }: Visitor): string {
  return [browser, os].filter(isKnown).join(' on ') || 'A browser';
}

function isKnown(word: string): boolean {
  return word !== '' && word !== 'unknown';
}

function Decide({ visitor, contact }: Omit<BrowserLineProps, 'mayDecide'>) {
  const refresh = useRefresh(contact.id);
  const confirming = useMutation({ mutationFn: () => confirmVisitor(visitor.id), onSuccess: refresh });
  const unbind = async () => {
    await unbindVisitor(visitor.id);
    void tell({ message: `The visits of this browser are no longer ${contact.name}'s.` });
    await refresh();
  };
  return (
    <>
      <Group gap="xs" mt={8}>
        {visitor.possiblyForwarded && (
          <Button size="xs" loading={confirming.isPending} onClick={() => confirming.mutate()}>
            It is them
          </Button>
        )}
        <ConfirmButton
          words="Not them"
          title={`Take this browser from ${contact.name}?`}
          confirmWords="Take it away"
          keepWords="Leave it"
          onConfirm={unbind}
        >
          <p>
            {browserName(visitor)}, {tellCount(visitor.sessions, 'session')}:
          </p>
          <ul>
            <li>Its visits and replays leave this contact, and the score is worked out anew without them.</li>
            <li>Score and insight on the CRM record follow. Notes and messages that were sent about these visits stay where they are.</li>
            <li>No link of {contact.name} recognises it again. It is theirs again only if your site identifies them there.</li>
          </ul>
        </ConfirmButton>
      </Group>
      {confirming.isError && (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" mt={6}>
          {wordsOf(confirming.error)}
        </Text>
      )}
    </>
  );
}

function useRefresh(contactId: string): () => Promise<unknown> {
  const queryClient = useQueryClient();
  const keys = [contactVisitorsQuery(contactId).queryKey, contactQuery(contactId).queryKey, contactSessionsQuery(contactId).queryKey];
  return () => Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
