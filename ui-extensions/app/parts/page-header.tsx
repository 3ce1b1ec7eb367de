import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface PageHeaderProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly action?: ReactNode;
}

export function PageHeader({ title, intro, action }: PageHeaderProps) {
  useDocumentTitle(`${title} · Leadlight`);
  return (
    <header className="ll-page-header">
      <div>
        <Title order={1}>{title}</Title>
        {intro !== undefined && (
          <Text c="dimmed" mt={4} maw={640}>
            {intro}
          </Text>
        )}
      </div>
      {action}
    </header>
  );
}
