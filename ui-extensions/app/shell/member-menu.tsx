import { Button, Text, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconSelector } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Me } from '#contract/api.ts';
import { signOut } from '../api/endpoints.ts';
import { wordsOf } from '../api/request.ts';
import { tellProblem } from '../parts/tell.ts';

/** Who is signed in and where; opens the browser's own popover, which closes on Escape and on a click beside it. */
export function MemberMenu({ me }: { readonly me: Me }) {
  return (
    <>
      <button type="button" className="ll-member" popoverTarget="member-menu">
        <span className="ll-initials" aria-hidden="true">
          {initialsOf(me.member.name)}
        </span>
        <span className="ll-member-names">
          <Text span size="sm" fw={600} truncate>
            {me.workspace.name}
          </Text>
          <Text span size="xs" c="dimmed" truncate>
            {me.member.name}
          </Text>
        </span>
        <IconSelector size={16} aria-hidden="true" />
      </button>
      <div id="member-menu" popover="auto" className="ll-member-menu" role="dialog" aria-label="Your account">
        <Text size="sm" c="dimmed" className="ll-break">
          {me.member.email}
        </Text>
        <SchemeChoice />
        <SignOutButton />
      </div>
    </>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ?? '').slice(0, 1).toUpperCase()).join('');
}

const schemes = [
  { value: 'auto', words: 'Like my system' },
  { value: 'light', words: 'Light' },
  { value: 'dark', words: 'Dark' },
] as const;

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <fieldset className="ll-schemes">
      <legend>Appearance</legend>
      {schemes.map(({ value, words }) => (
        <label key={value}>
          <input type="radio" name="color-scheme" checked={colorScheme === value} onChange={() => setColorScheme(value)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}

function SignOutButton() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in', replace: true });
      queryClient.clear();
    },
    onError: (error) => tellProblem('Not signed out', wordsOf(error)),
  });
  return (
    <Button
      variant="default"
      fullWidth
      loading={leaving.isPending}
      leftSection={<IconLogout size={16} aria-hidden="true" />}
      onClick={() => leaving.mutate()}
    >
      Sign out
    </Button>
  );
}
