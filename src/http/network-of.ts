import { isIPv6 } from 'node:net';

/** What stands for a household: its IPv4 address, or the first four groups of its IPv6 one (a /64 is given to each). */
export function networkOf(address: string): string {
  if (!isIPv6(address) || /^::ffff:\d+\./i.test(address)) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = groupsOf(head);
  const missing = tail === undefined ? 0 : 8 - groups.length - groupsOf(tail).length;
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...groupsOf(tail ?? '')]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16))
    .join(':');
}

function groupsOf(part: string): readonly string[] {
  return part === '' ? [] : part.split(':');
}
