import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Old Chromium of government builds; library sources are read directly; in development the gateway answers the API.
export default defineConfig(({ mode }) => ({
  plugins: [react()],
  resolve: { conditions: ['@zhijian/source', 'module', 'browser', mode === 'production' ? 'production' : 'development'] },
  build: {
    target: 'chrome87', outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'kit', test: /node_modules/ }] } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4200', '/auth': 'http://127.0.0.1:4200' } },
}));
