import { Button, Group, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Copy } from '../parts/copy.tsx';

interface NewSecretProps {
  readonly name: string;
  readonly secret: string;
  readonly onDone: () => void;
}

/** The one moment in which the key can be read. */
export function NewSecret({ name, secret, onDone }: NewSecretProps) {
  const place = useRef<HTMLElement>(null);
  // The form that made it is below, out of sight of it.
  useEffect(() => place.current?.focus(), []);
  return (
    <section ref={place} tabIndex={-1} className="ll-card ll-new-secret" aria-label="Your new key">
      <Title order={2}>Copy “{name}” now</Title>
      <Text role="status" mt={2} mb="md">
        It is shown this one time: we keep only a fingerprint of it. Put it where your program keeps its secrets, never into a web page.
      </Text>
      <code className="ll-secret ll-break">{secret}</code>
      <Group mt="md">
        <Copy text={secret}>Copy key</Copy>
        <Button variant="default" size="xs" onClick={onDone}>
          I have copied it
        </Button>
      </Group>
    </section>
  );
}
