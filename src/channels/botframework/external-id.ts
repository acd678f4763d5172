import { randomUUID } from 'node:crypto';

const PREFIX = 'bf:';

/** The stored id of an inbound activity; a fresh one for an activity that has none. */
export function externalIdOf(activityId: string | undefined): string {
  return `${PREFIX}${activityId ?? randomUUID()}`;
}

/** The activity's own id. One that was made up is unknown to the channel, which then shows the answer all the same. */
export function activityIdOf(externalId: string): string | undefined {
  return externalId.startsWith(PREFIX) ? externalId.slice(PREFIX.length) : undefined;
}
