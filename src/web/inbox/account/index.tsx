import type { ReactNode } from 'react';
import { Link } from '../app/router.js';
import { useSession } from '../app/session.js';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';
import { ACCOUNT } from '../strings-account.js';
import { Fingerprint, Section } from '../ui/index.js';
import { PasswordSection } from './password-section.js';
import { ProfileSection } from './profile-section.js';
import { SecondFactorSection } from './second-factor-section.js';
import { SessionsSection } from './sessions-section.js';

export default function AccountPage(): ReactNode {
  const { session } = useSession();
  return (
    <div className="page">
      <PageTitle>{PAGES.account}</PageTitle>
      <ProfileSection />
      <PasswordSection />
      <SecondFactorSection />
      <SessionsSection />
      <Section title={ACCOUNT.key}>
        <p>{ACCOUNT.keyIntro}</p>
        <Fingerprint>{session.keys.fingerprint}</Fingerprint>
        <p>
          <Link to={{ name: 'reportAccess' }}>{ACCOUNT.keyLink}</Link>
        </p>
      </Section>
      {session.operator && <p className="quiet-words">{ACCOUNT.operator(session.operator)}</p>}
    </div>
  );
}
