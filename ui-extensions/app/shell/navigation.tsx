import { IconAddressBook, IconLink, IconListDetails, IconPlugConnected, IconRocket, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Role } from '#contract/roles.ts';
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

function SettingsLinks({ role }: { readonly role: Role }) {
  return (
    <>
      <h2 className="ll-nav-heading">Settings</h2>
      <Link to="/settings/general">
        <IconSettings size={18} stroke={1.7} aria-hidden="true" />
        General
      </Link>
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
    </>
  );
}
