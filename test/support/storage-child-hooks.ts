/** Lets a child process of a test run the sources as they are: an import of `x.js` finds `x.ts`. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isOwnSource = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/');
    return nextResolve(isOwnSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
