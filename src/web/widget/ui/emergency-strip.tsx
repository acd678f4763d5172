import type { JSX } from 'preact';
import { strings } from '../strings.js';

/** Always in sight, whatever the state: it is no message and needs no connection. */
export function EmergencyStrip(): JSX.Element {
  const { label, danger, or, police, policeLabel, european, europeanLabel, sms, smsLabel } = strings.emergency;
  return (
    <section class="strip" aria-label={label}>
      <span class="danger-label">{danger}</span>
      <span class="calls">
        <a href="tel:17" aria-label={policeLabel}>
          {police}
        </a>
        <span>{or}</span>
        <a href="tel:112" aria-label={europeanLabel}>
          {european}
        </a>
        <span aria-hidden="true">·</span>
        <a href="sms:114" aria-label={smsLabel}>
          {sms}
        </a>
      </span>
    </section>
  );
}
