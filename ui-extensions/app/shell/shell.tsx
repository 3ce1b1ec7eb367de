import { Burger } from '@mantine/core';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { keepLive } from '../live/keep-live.ts';
import { Logo } from '../parts/logo.tsx';
import { MemberMenu } from './member-menu.tsx';
import { Navigation } from './navigation.tsx';
import './shell.css';

/** The frame of every signed-in page: navigation at the left, or behind a button on narrow screens. */
export function Shell() {
  const { data: me } = useSuspenseQuery(meQuery);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  // Opened on this page only: going to another page closes the menu.
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  const opened = openedOn === pathname;
  const main = useFocusOnArrival(pathname);
  const client = useQueryClient();
  useEffect(() => keepLive(client), [client]);

  return (
    <div className="ll-shell">
      <a className="ll-skip" href="#main">
        Skip to content
      </a>
      <header className="ll-topbar">
        <Logo size={24} />
        <Burger
          size="sm"
          opened={opened}
          onClick={() => setOpenedOn(opened ? null : pathname)}
          aria-label="Menu"
          aria-expanded={opened}
          aria-controls="sidebar"
        />
      </header>
      <div id="sidebar" className="ll-sidebar" data-opened={opened}>
        <div className="ll-sidebar-logo">
          <Logo />
        </div>
        <Navigation role={me.member.role} />
        <MemberMenu me={me} />
      </div>
      <main id="main" className="ll-main" tabIndex={-1} ref={main}>
        <Outlet />
      </main>
    </div>
  );
}

/** Moves the focus to the new page after a navigation, as a full page load would. */
function useFocusOnArrival(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
