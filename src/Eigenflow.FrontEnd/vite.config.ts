import { defineConfig, loadEnv, type Plugin, type UserConfig } from 'vite';

// The colours of both themes stand side by side, as light-dark().
const cssTarget = ['chrome123', 'firefox128', 'safari17.5'];

// Every browser that the page runs in reads WOFF2: the other two formats of each font of KaTeX stay out.
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('katex.min.css') ? { code: code.replace(/,url\([^)]*\) format\("(?:woff|truetype)"\)/g, ''), map: null } : null),
};

const proxy = (explorer: string | undefined): Record<string, string> => (explorer ? { '/api': explorer, '/theme.css': explorer } : {});

// The charts of reports, and the exported page, are one script and one style sheet each, which are put inside a file; the page of the explorer is served, in parts that load when they are needed.
const single = (name: 'report' | 'static'): UserConfig => ({
  publicDir: false,
  plugins: [woff2Only],
  build: {
    outDir: `dist/${name}`,
    emptyOutDir: true,
    target: 'es2022',
    cssTarget,
    cssCodeSplit: false,
    lib: { entry: `src/${name}/main.ts`, name: `eigenflow_${name}`, formats: ['iife'], fileName: () => `${name}.js`, cssFileName: name },
  },
});

export default defineConfig(({ mode }) =>
  mode === 'report' || mode === 'static'
    ? single(mode)
    : {
        base: './',
        plugins: [woff2Only],
        build: {
          outDir: 'dist/app',
          emptyOutDir: true,
          target: 'es2022',
          cssTarget,
          // No data: addresses: the content security policy does not allow them for fonts.
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
        },
        // npx vite --port N with EIGENFLOW_EXPLORER=http://127.0.0.1:M works on the page over an explorer that runs.
        server: { proxy: proxy(loadEnv(mode, '.', 'EIGENFLOW_')['EIGENFLOW_EXPLORER']) },
      },
);
