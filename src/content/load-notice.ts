import { z } from 'zod';
import type { Config } from '../config.js';
import { readJson } from './read-json.js';

/** What the public pages say of who answers for the data. */
export interface Notice {
  readonly controllerName: string;
  readonly controllerContact: string;
  readonly dataProtection: string;
  readonly legalBasis: string;
}

const text = z.string({ error: 'doit être un texte' }).min(1, { error: 'ne doit pas être vide' });
const schema: z.ZodType<Notice> = z.strictObject({
  controllerName: text,
  controllerContact: text,
  dataProtection: text,
  legalBasis: text,
});

/** The operator's details, and the words of notice.json for those that are not set. @throws ContentError */
export function loadNotice(corpusDir: URL, controller: Config['controller']): Notice {
  const unset = readJson(new URL('notice.json', corpusDir), schema);
  return {
    controllerName: controller.name ?? unset.controllerName,
    controllerContact: controller.contact ?? unset.controllerContact,
    dataProtection: controller.dataProtection ?? unset.dataProtection,
    legalBasis: controller.legalBasis ?? unset.legalBasis,
  };
}
