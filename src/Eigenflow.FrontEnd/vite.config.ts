import { defineConfig, type UserConfig } from 'vite';

// The charts of reports, and the exported page, are one script and one style sheet each, which are put inside a file; the page of the explorer is served, in parts that load when they are needed.
const single = (name: 'report' | 'static'): UserConfig => ({
  publicDir: false,
  build: {
    outDir: `dist/${name}`,
    emptyOutDir: true,
    target: 'es2022',
    cssCodeSplit: false,
    lib: { entry: `src/${name}/main.ts`, name: `eigenflow_${name}`, formats: ['iife'], fileName: () => `${name}.js`, cssFileName: name },
  },
});

export default defineConfig(({ mode }) =>
  mode === 'report' || mode === 'static'
    ? single(mode)
    : {
        base: './',
        build: {
          outDir: 'dist/app',
          emptyOutDir: true,
          target: 'es2022',
          // No data: addresses: the content security policy does not allow them for fonts.
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
        },
      },
);
