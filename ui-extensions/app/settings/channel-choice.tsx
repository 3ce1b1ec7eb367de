import { NativeSelect, Skeleton, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Integration } from '#contract/integrations.ts';
import { chooseChannel } from '../api/endpoints.ts';
import { channelsQuery, integrationsQuery } from '../api/queries.ts';
import { wordsOf } from '../api/request.ts';
import { tellProblem } from '../parts/tell.ts';

interface ChannelChoiceProps {
  readonly connection: NonNullable<Integration['connection']>;
  readonly mayChoose: boolean;
}

/** Which channel gets the alerts. */
export function ChannelChoice({ connection, mayChoose }: ChannelChoiceProps) {
  const queryClient = useQueryClient();
  const channels = useQuery({ ...channelsQuery(connection.id), enabled: mayChoose });
  const choosing = useMutation({
    mutationFn: (channelId: string) => chooseChannel(connection.id, channelId),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: integrationsQuery.queryKey }),
    onError: (error) => tellProblem('The channel was not changed', wordsOf(error)),
  });

  if (!mayChoose) return <Text>Alerts go to {connection.channel?.name ?? 'no channel yet'}.</Text>;
  if (channels.isPending) return <Skeleton height={60} maw={320} />;
  const chosen = choosing.isPending ? choosing.variables : (connection.channel?.id ?? '');
  const names = (channels.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name.startsWith('#') ? name : `#${name}` }));
  return (
    <NativeSelect
      label="Alerts go to"
      description="A private channel is listed once the app has been invited to it."
      maw={400}
      data={chosen === '' ? [{ value: '', label: 'Choose a channel', disabled: true }, ...names] : names}
      value={chosen}
      error={channels.isError ? wordsOf(channels.error) : null}
      disabled={choosing.isPending || channels.isError}
      onChange={(event) => choosing.mutate(event.currentTarget.value)}
    />
  );
}
