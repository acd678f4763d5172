import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);

/** The delegates' page, served under /inbox. Everything it needs is a file of ours: its policy allows nothing inline. */
export default defineConfig({
  root: here('.'),
  base: '/inbox/',
  publicDir: here('sw/public'),
  plugins: [frenchOnly()],
  resolve: { alias: { crypto: here('crypto/no-node-crypto.ts') } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    outDir: here('../../../dist/web/inbox'),
    emptyOutDir: true,
    target: ['es2023', 'safari16.4'],
    // A file of its own for each: `data:` addresses would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // A file whose name begins with a dot is not served.
    manifest: '.files.json',
    reportCompressedSize: false,
    rolldownOptions: {
      input: { inbox: here('index.html'), sw: here('sw/sw.ts') },
      onLog(level, log, handler) {
        // Icons are marked for servers that render React; there is none here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
      },
      output: {
        // A service worker is known by its address, which therefore never changes.
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  worker: { format: 'es' },
});

/** react-aria brings its few words in 34 languages; the page speaks one. */
function frenchOnly(): Plugin {
  const language = /\/react-aria[^/]*\/.*\/intl\/.*?([a-z]{2}-[A-Z]{2})\.mjs$/;
  return {
    name: 'french-only',
    load(id) {
      const found = language.exec(id)?.[1];
      return found && found !== 'fr-FR' ? 'export default {};' : undefined;
    },
  };
}
