// Comes back to the page that was asked for as soon as the server answers.
const PROBE = '/inbox/manifest.webmanifest';
const FIRST_MS = 3_000;
const LONGEST_MS = 30_000;

const state = document.getElementById('state');
let delay = FIRST_MS;
let timer;

async function tryAgain() {
  clearTimeout(timer);
  if (await answers()) {
    state.textContent = state.dataset.back;
    // Opened under its own address it has nothing to come back to.
    if (location.pathname.endsWith('/offline.html')) location.replace('/inbox');
    else location.reload();
    return;
  }
  state.textContent = state.dataset.waiting;
  timer = setTimeout(tryAgain, delay);
  delay = Math.min(delay * 1.5, LONGEST_MS);
}

async function answers() {
  try {
    return (await fetch(PROBE, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

function hurry() {
  delay = FIRST_MS;
  void tryAgain();
}

document.getElementById('retry').addEventListener('click', (event) => {
  event.preventDefault();
  hurry();
});
addEventListener('online', hurry);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') hurry();
});
timer = setTimeout(tryAgain, delay);
