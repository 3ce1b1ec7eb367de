import {
  IconAddressBook,
  IconBroadcast,
  IconChartBar,
  IconKey,
  IconLink,
  IconListDetails,
  IconMailOff,
  IconPlugConnected,
  IconRocket,
  IconSettings,
  IconUsers,
  IconWorld,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Role } from '#contract/roles.ts';
import { sitesQuery } from '../api/queries.ts';
import { may } from '../parts/may.ts';

export function Navigation({ role }: { readonly role: Role }) {
  return (
    <nav className="ll-nav" aria-label="Main">
      {may(role, 'sites.write') && (
        <Link to="/start">
          <IconRocket size={18} stroke={1.7} aria-hidden="true" />
          Get started
        </Link>
      )}
      <Link to="/contacts">
        <IconAddressBook size={18} stroke={1.7} aria-hidden="true" />
        Contacts
      </Link>
      <Link to="/live">
        <IconBroadcast size={18} stroke={1.7} aria-hidden="true" />
        Live
      </Link>
      <VisitorsLink />
      <Link to="/reports">
        <IconChartBar size={18} stroke={1.7} aria-hidden="true" />
        Report
      </Link>
      {may(role, 'links.write') && (
        <Link to="/links">
          <IconLink size={18} stroke={1.7} aria-hidden="true" />
          Links
        </Link>
      )}
      <SettingsLinks role={role} />
    </nav>
  );
}

/** Only where a site tracks people nobody knows yet. */
function VisitorsLink() {
  const sites = useQuery({ ...sitesQuery, staleTime: 60_000 });
  if (!sites.data?.items.some(({ config }) => config.modes.anonymousVisitors)) return null;
  return (
    <Link to="/visitors">
      <IconUsers size={18} stroke={1.7} aria-hidden="true" />
      Visitors
    </Link>
  );
}

function SettingsLinks({ role }: { readonly role: Role }) {
  return (
    <>
      <h2 className="ll-nav-heading">Settings</h2>
      <Link to="/settings/general">
        <IconSettings size={18} stroke={1.7} aria-hidden="true" />
        General
      </Link>
      {may(role, 'sites.write') && (
        <Link to="/settings/sites">
          <IconWorld size={18} stroke={1.7} aria-hidden="true" />
          Sites
        </Link>
      )}
      {may(role, 'connections.read') && (
        <>
          <Link to="/settings/integrations">
            <IconPlugConnected size={18} stroke={1.7} aria-hidden="true" />
            Integrations
          </Link>
          <Link to="/settings/sync-log">
            <IconListDetails size={18} stroke={1.7} aria-hidden="true" />
            Sync log
          </Link>
        </>
      )}
      {may(role, 'dead-letters.write') && (
        <Link to="/settings/dead-letters">
          <IconMailOff size={18} stroke={1.7} aria-hidden="true" />
          Dead letters
        </Link>
      )}
      {may(role, 'keys.write') && (
        <Link to="/settings/api-keys">
          <IconKey size={18} stroke={1.7} aria-hidden="true" />
          API keys
        </Link>
      )}
    </>
  );
}
