import { resolve } from 'node:path';
import { build, defineConfig, type Plugin } from 'vite';

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);

const TARGET = ['es2022', 'safari16.4'];

/** The widget as one classic script for any site, and the server's own pages copied beside it. */
export default defineConfig({
  root: here('.'),
  publicDir: here('pages'),
  oxc: {
    jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' },
    jsxInject: "import { h, Fragment } from 'preact'",
  },
  plugins: [withReportScript()],
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: TARGET,
    lib: { entry: here('widget/main.ts'), name: 'PermanenceWidget', formats: ['iife'], fileName: () => 'widget.js' },
    reportCompressedSize: false,
  },
});

/** What the widget shows of reports: a module of its own beside it, since a classic script is one file. */
function withReportScript(): Plugin {
  let outDir = '';
  return {
    name: 'widget-report',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      await build({
        configFile: false,
        root: here('.'),
        publicDir: false,
        logLevel: 'warn',
        build: {
          outDir,
          emptyOutDir: false,
          target: TARGET,
          modulePreload: false,
          reportCompressedSize: false,
          rolldownOptions: {
            input: here('widget/report/main.ts'),
            preserveEntrySignatures: 'strict',
            output: { format: 'es', entryFileNames: 'widget-report.js' },
          },
        },
      });
    },
  };
}
