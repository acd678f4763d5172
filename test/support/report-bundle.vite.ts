import { defineConfig } from 'vite';

const here = (path: string): string => decodeURIComponent(new URL(path, import.meta.url).pathname);

/** report-vectors-run.ts as one script for any page; what it exports is `vectors` there. */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  build: {
    target: 'es2023',
    minify: false,
    lib: { entry: here('report-vectors-run.ts'), formats: ['iife'], name: 'vectors', fileName: () => 'vectors.js' },
  },
});
