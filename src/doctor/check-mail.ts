import { checkMailServer, type MailSettings } from '../alarms/mailer.js';
import { ConfigError } from '../config.js';
import { advice, type Check, type Finding, fault, well } from './finding.js';

/** Codes of nodemailer, for what they mean to the operator. */
const REMEDIES: Readonly<Record<string, string>> = {
  EAUTH: 'Le serveur refuse le compte ou le mot de passe : corrigez-les dans SMTP_URL.',
  EDNS: 'Ce nom de serveur n’existe pas : corrigez SMTP_URL.',
  ESOCKET:
    'Le serveur ne répond pas à ce port, ou son certificat n’est pas valable : vérifiez SMTP_URL (smtps, port 465 ; smtp, port 587).',
  ETLS: 'La ligne ne peut pas être chiffrée : choisissez smtps://, ou un serveur qui le peut.',
};
const OTHERWISE = 'Vérifiez SMTP_URL, et que ce serveur a le droit de joindre ce port.';

/** Signs in to the mail server. @param check replaced by tests. */
export function checkMail(settings: MailSettings | undefined, check = checkMailServer): Check {
  return { title: 'E-mail', run: () => look(settings, check) };
}

async function look(settings: MailSettings | undefined, check: typeof checkMailServer): Promise<readonly Finding[]> {
  if (!settings)
    return [advice('pas d’e-mail', 'Donnez SMTP_URL et SMTP_FROM : sans eux, l’alarme n’a pas de dernier recours.')];
  try {
    await check(settings);
    return [well('le serveur d’envoi accepte la connexion')];
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return [fault(`le serveur d’envoi refuse${code && ` (${code})`}`, REMEDIES[code] ?? OTHERWISE)];
  }
}
