import type { ApiReply } from '../http/answer-call.ts';
import type { Sandbox } from '../sandbox.ts';
import type { PropertyGroup } from '../state/records.ts';
import type { HubSpotCall, HubSpotRoute } from './call-hubspot.ts';
import { conflict, invalid, notFound } from './hubspot-error.ts';
import { changedGroup, newGroup } from './property-body.ts';

const read = ['crm.objects.contacts.read', 'crm.schemas.contacts.read', 'crm.schemas.contacts.write'];
const write = ['crm.schemas.contacts.write'];
const path = '/crm/properties/2026-09/contacts/groups';

/** The groups that contact properties are shown in. */
export const groupRoutes: readonly HubSpotRoute[] = [
  { method: 'get', path, scopes: read, run: list },
  { method: 'post', path, scopes: write, run: create },
  {
    method: 'get',
    path: `${path}/:name`,
    scopes: read,
    run: (sandbox, call) => ({ status: 200, body: groupBody(requireGroup(sandbox, call)) }),
  },
  { method: 'patch', path: `${path}/:name`, scopes: write, run: change },
  { method: 'delete', path: `${path}/:name`, scopes: write, run: archive },
];

function groupBody({ name, label, displayOrder }: PropertyGroup): object {
  return { name, label, displayOrder, archived: false };
}

function list(sandbox: Sandbox): ApiReply {
  const groups = sandbox.state.groups.all().filter((one) => one.objectType === 'contacts');
  return { status: 200, body: { results: groups.map(groupBody) } };
}

function requireGroup(sandbox: Sandbox, call: HubSpotCall): PropertyGroup {
  const group = sandbox.state.groups.get(`contacts/${call.params.name ?? ''}`);
  if (!group) throw notFound(`Property group ${call.params.name} does not exist`);
  return group;
}

function create(sandbox: Sandbox, call: HubSpotCall): ApiReply {
  const { name, label, displayOrder = -1 } = call.read(newGroup);
  if (sandbox.state.groups.get(`contacts/${name}`)) throw conflict(`Property group '${name}' already exists.`, 'OBJECT_ALREADY_EXISTS');
  return { status: 201, body: groupBody(sandbox.state.groups.put({ objectType: 'contacts', name, label, displayOrder })) };
}

function change(sandbox: Sandbox, call: HubSpotCall): ApiReply {
  const group = requireGroup(sandbox, call);
  const { label = group.label, displayOrder = group.displayOrder } = call.read(changedGroup);
  return { status: 200, body: groupBody(sandbox.state.groups.put({ ...group, label, displayOrder })) };
}

function archive(sandbox: Sandbox, call: HubSpotCall): ApiReply {
  const group = requireGroup(sandbox, call);
  const used = sandbox.state.properties.all().some((one) => one.objectType === 'contacts' && one.groupName === group.name);
  if (used) throw invalid(`Property group ${group.name} still has properties`);
  sandbox.state.groups.remove(`contacts/${group.name}`);
  return { status: 204 };
}
