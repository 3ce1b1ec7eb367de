import { useQueryClient } from '@tanstack/react-query';
import type { Integration } from '#contract/integrations.ts';
import { disconnect } from '../api/endpoints.ts';
import { integrationsQuery } from '../api/queries.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { tell } from '../parts/tell.ts';

interface DisconnectButtonProps {
  readonly connectionId: string;
  readonly title: string;
  readonly kind: Integration['kind'];
}

const consequence: Readonly<Record<Integration['kind'], string>> = {
  crm: 'Contacts stop being read and their records stop being updated. What was written before stays where it is.',
  alerts: 'No more alerts are sent, and what waits to be sent is dropped.',
};

/** Disconnects after asking. */
export function DisconnectButton({ connectionId, title, kind }: DisconnectButtonProps) {
  const queryClient = useQueryClient();
  const leave = async () => {
    await disconnect(connectionId);
    void tell({ message: `${title} is disconnected.` });
    await queryClient.invalidateQueries({ queryKey: integrationsQuery.queryKey });
  };
  return (
    <ConfirmButton words="Disconnect" title={`Disconnect ${title}?`} confirmWords="Disconnect" keepWords="Keep it" onConfirm={leave}>
      <p>{consequence[kind]} You can connect again at any time.</p>
    </ConfirmButton>
  );
}
