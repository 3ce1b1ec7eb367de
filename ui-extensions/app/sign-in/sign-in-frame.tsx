import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Logo } from '../parts/logo.tsx';
import './sign-in.css';

interface SignInFrameProps {
  readonly title: string;
  readonly intro: ReactNode;
  readonly children: ReactNode;
}

/** The frame of the pages for people who are not signed in. */
export function SignInFrame({ title, intro, children }: SignInFrameProps) {
  useDocumentTitle(`${title} · Leadlight`);
  return (
    <div className="ll-door">
      <main className="ll-door-main">
        <Logo size={30} />
        <div className="ll-door-card">
          <Title order={1}>{title}</Title>
          <Text c="dimmed" mt={6} mb={24}>
            {intro}
          </Text>
          {children}
        </div>
      </main>
    </div>
  );
}
