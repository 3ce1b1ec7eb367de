/** Whose request it is, as far as somebody whom we trust says so. Used in memory, hashed at once, never kept. */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import type { Context } from 'koa';

/**
 * The proxies that are believed in `X-Forwarded-For`: their addresses and networks (`10.0.0.0/8`, `2001:db8::/32`), or how many of them
 * append to it in a private network. 0 or none: nobody is.
 */
export type TrustedProxies = number | readonly string[];

/** Loopback and the networks that are not routed on the Internet (RFC 1918, 3927, 4193, 4291, 6598). */
const privateNetworks = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

/** A name for the caller that a limit counts by: the IPv4 address, or the /64 of an IPv6 address, which is one customer's. */
export function callerKey(ctx: Context, trusted: TrustedProxies): string {
  const address = callerAddress(ctx.req.socket.remoteAddress ?? '', ctx.get('X-Forwarded-For'), trusted);
  return isIPv6(address) ? networkOf(address) : address;
}

/**
 * @param peer who is connected to us.
 * @param header `X-Forwarded-For` as it came: each proxy appends whom it was called by.
 * @returns the last address that a trusted proxy wrote; the peer's own where there is none.
 */
export function callerAddress(peer: string, header: string, trusted: TrustedProxies): string {
  const direct = plainAddress(peer) ?? '';
  if (header === '' || trusted === 0) return direct;
  const hops = header.split(',').slice(-mostHops).map(plainAddress);
  if (typeof trusted !== 'number') return lastUntrusted(direct, hops, listOf(trusted));
  // Nobody on the Internet is one of so many proxies of ours.
  return isWithin(listOf(privateNetworks), direct) ? (hops.at(-trusted) ?? direct) : direct;
}

const mostHops = 20;

/** From the peer backwards, as long as the one who wrote it is ours. */
function lastUntrusted(peer: string, hops: readonly (string | null)[], list: BlockList): string {
  let address = peer;
  for (const hop of hops.toReversed()) {
    if (hop === null || !isWithin(list, address)) break;
    address = hop;
  }
  return address;
}

const lists = new WeakMap<readonly string[], BlockList>();

function listOf(networks: readonly string[]): BlockList {
  const made = lists.get(networks) ?? new BlockList();
  if (lists.has(networks)) return made;
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) made.addAddress(address, family);
    else made.addSubnet(address, Number(bits), family);
  }
  lists.set(networks, made);
  return made;
}

function isWithin(list: BlockList, address: string): boolean {
  return address !== '' && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** Without a port, brackets, a zone, and IPv4 as IPv4; null for what is no address. */
function plainAddress(written: string): string | null {
  const bare = written
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '')
    .toLowerCase();
  const mapped = /^(?:::|0:0:0:0:0:)ffff:(\d+(?:\.\d+){3})$/.exec(bare)?.[1];
  const address = mapped ?? bare;
  return isIP(address) === 0 ? null : address;
}

/** The first four groups of an IPv6 address. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const length = after.length + (after.at(-1)?.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - length) }, () => '0');
  return `${[...groups, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Whether this may stand in a list of trusted proxies. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  if (most === undefined || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
}
