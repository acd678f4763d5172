import { z } from 'zod';
import { readJson } from './read-json.js';

/** What the public pages say of who answers for the data. */
export interface Notice {
  readonly controllerName: string;
  readonly controllerContact: string;
}

const text = z.string({ error: 'doit être un texte' }).min(1, { error: 'ne doit pas être vide' });
const schema: z.ZodType<Notice> = z.strictObject({ controllerName: text, controllerContact: text });

/** The operator's details, and the words of notice.json for those that are not set. @throws ContentError */
export function loadNotice(corpusDir: URL, controller: { readonly name?: string; readonly contact?: string }): Notice {
  const unset = readJson(new URL('notice.json', corpusDir), schema);
  return {
    controllerName: controller.name ?? unset.controllerName,
    controllerContact: controller.contact ?? unset.controllerContact,
  };
}
