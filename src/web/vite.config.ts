import { defineConfig } from 'vite';

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);

/** The widget as one classic script for any site, and the server's own pages copied beside it. */
export default defineConfig({
  root: here('.'),
  publicDir: here('pages'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: ['es2022', 'safari16.4'],
    lib: { entry: here('widget/main.ts'), name: 'PermanenceWidget', formats: ['iife'], fileName: () => 'widget.js' },
    reportCompressedSize: false,
  },
});
