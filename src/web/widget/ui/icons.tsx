import type { JSX } from 'preact';

/** Drawn for this widget on a 24 × 24 grid; always beside words or under an accessible name. */
const paths = {
  chat: 'M4 5h16v11H9l-5 4z M8 9h8 M8 12h5',
  close: 'M6 6l12 12 M18 6L6 18',
  menu: 'M4 7h16 M4 12h16 M4 17h16',
  robot: 'M5 9h14v10H5z M12 9V5 M9.5 13v1.5 M14.5 13v1.5 M2.5 13v3 M21.5 13v3',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21a8 8 0 0 1 16 0',
  send: 'M12 20V5 M5.5 11.5L12 5l6.5 6.5',
  down: 'M12 5v14 M6 13l6 6 6-6',
  cut: 'M3 3l18 18 M9 6.5A11 11 0 0 1 22 10 M2 10a14 14 0 0 1 4-2.6 M6 14a8.5 8.5 0 0 1 5-2.4 M15.5 12.600A8.5 8.5 0 0 1 18 14 M12 19h.01',
  erase: 'M5 7h14 M9 7V4h6v3 M7 7l1 13h8l1-13 M10.5 11v5 M13.5 11v5',
  size: 'M3 19L8.5 5 14 19 M5 14.500h7 M15 19l3-8 3 8 M16 16.500h4',
  lock: 'M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  exit: 'M10 4H5v16h5 M10 12h11 M17 8l4 4-4 4',
  alert: 'M12 4l9 16H3z M12 10v4 M12 17h.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M12 7v5l3 2',
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
