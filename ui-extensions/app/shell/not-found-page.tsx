import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Logo } from '../parts/logo.tsx';
import { LinkButton } from '../parts/router-links.tsx';

export function NotFoundPage() {
  useDocumentTitle('Page not found · Leadlight');
  return (
    <main className="ll-alone">
      <Logo />
      <div>
        <Title order={1}>There is no page here</Title>
        <Text c="dimmed" mt={4}>
          The address may be mistyped, or what it named has been deleted.
        </Text>
      </div>
      <LinkButton to="/">Go to Leadlight</LinkButton>
    </main>
  );
}
