import { UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { call } from '../api/client.js';
import { useLoad } from '../api/use-load.js';
import { Link } from '../app/router.js';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';
import { TEAM } from '../strings-team.js';
import { Button, LoadState, Section } from '../ui/index.js';
import { InvitationList } from './invitation-list.js';
import { InviteDialog } from './invite-dialog.js';
import { LinkDialog, type MadeLink } from './link-dialog.js';
import { Member } from './member.js';

/** Accounts and links, for coordinators. */
export default function TeamPage(): ReactNode {
  const { data, problem, reload, setData } = useLoad('team', (signal) => call('readTeam', {}, signal));
  const [isInviting, setInviting] = useState(false);
  const [made, setMade] = useState<MadeLink>();
  const showLink = (link: MadeLink) => {
    setInviting(false);
    setMade(link);
    reload();
  };
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <PageTitle>{PAGES.team}</PageTitle>
          <p className="quiet-words">{TEAM.intro}</p>
        </div>
        <Button kind="primary" icon={UserPlus} onPress={() => setInviting(true)}>
          {TEAM.invite}
        </Button>
      </div>
      {data ? (
        <>
          <Section title={TEAM.accounts}>
            <p className="quiet-words">{TEAM.fingerprintHint}</p>
            <p>
              <Link to={{ name: 'reportAccess' }}>{TEAM.reportAccess}</Link>
            </p>
            <ul className="rows">
              {data.accounts.map((account) => (
                <Member key={account.id} account={account} onTeam={setData} onLink={showLink} />
              ))}
            </ul>
          </Section>
          <Section title={TEAM.invitations}>
            <InvitationList invitations={data.invitations} onChange={reload} />
          </Section>
        </>
      ) : (
        <LoadState problem={problem} onRetry={reload} />
      )}
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} onLink={showLink} />
      <LinkDialog made={made} onClose={() => setMade(undefined)} />
    </div>
  );
}
