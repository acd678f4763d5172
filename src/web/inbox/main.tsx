import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { hasLinkToken, takeLinkToken } from './auth/link-token.js';
import { registerServiceWorker } from './sw/register.js';

// Before anything else: the address is where others could read it.
const linkToken = takeLinkToken({ location, history });
// Another link opened in the same tab changes the fragment only, which loads nothing by itself.
addEventListener('hashchange', () => {
  if (hasLinkToken(location)) location.reload();
});

const page = document.getElementById('page');
if (!page) throw new Error('index.html has no #page');
createRoot(page).render(
  <StrictMode>
    <App linkToken={linkToken} />
  </StrictMode>,
);
registerServiceWorker();
