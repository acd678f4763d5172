import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { builtWeb } from '../../support/browser-harness.js';

const LARGEST_BYTES = 25_000;

test('the widget, with all it needs, weighs at most 25 kB compressed', () => {
  const script = readFileSync(join(builtWeb(), 'widget.js'));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(LARGEST_BYTES);
}, 60_000);

test('what it loads where a report is shown stays small as well', () => {
  const script = readFileSync(join(builtWeb(), 'widget-report.js'));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(4_000);
});

test.each(['widget.js', 'widget-report.js'])('%s needs no permission that a strict site refuses', (name) => {
  const script = readFileSync(join(builtWeb(), name), 'utf8');
  expect(script).not.toMatch(/\beval\(|new Function|document\.write|createElement\([`'"](?:style|script|link)/);
});

test.each(['index.html', 'confidentialite.html', 'accessibilite.html', 'affiche.html'])(
  '%s carries nothing inline',
  (page) => {
    const html = readFileSync(join(builtWeb(), page), 'utf8');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  },
);

test('the privacy notice leaves its place for the one who is responsible', () => {
  const html = readFileSync(join(builtWeb(), 'confidentialite.html'), 'utf8');
  expect(html).toContain('{{controllerName}}');
  expect(html).toContain('{{controllerContact}}');
  expect(html).toContain('{{retentionDays}} jours');
});
