import type { ReactNode } from 'react';
import type { AlarmView } from '../api/types.js';
import { Link } from '../app/router.js';
import { Means } from './means.js';
import { EMAIL } from './page-strings.js';

export function EmailSection({ view }: { readonly view: AlarmView }): ReactNode {
  switch (view.email) {
    case 'ready':
      return <Means title={EMAIL.title} standing="on" state={EMAIL.ready(view.emailAfterMinutes)} />;
    case 'not-configured':
      return <Means title={EMAIL.title} standing="off" state={EMAIL.notConfigured} />;
    case 'no-address':
      return (
        <Means title={EMAIL.title} standing="to-do" state={EMAIL.noAddress}>
          <p>
            <Link to={{ name: 'account' }} className="button">
              {EMAIL.addAddress}
            </Link>
          </p>
        </Means>
      );
  }
}
