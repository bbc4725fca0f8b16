import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { boundaries } from './test/boundaries/constraints.mjs';

/**
 * Lint reads the room from the Nx tags and the layer from the file suffix (house rule: the suffix is the layer).
 * Rules that need types are in .oxlintrc.json, where a compiled linter runs them in a tenth of the time.
 */
export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.local/**', '**/*.config.mjs', '**/jest.preset.mjs', 'test/boundaries/fixtures/**', '**/vite.config.ts'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allowCircularSelfDependency: true, banTransitiveDependencies: false, checkDynamicDependenciesExceptions: ['@zhijian/**'], allow: ['../deploy/local/engines.mjs', '../../deploy/local/engines.mjs', '../../../deploy/local/engines.mjs'], depConstraints: boundaries }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true, skipRegExps: true, skipComments: true, skipJSXText: true }],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', fetch: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', URL: 'readonly', Buffer: 'readonly', AbortSignal: 'readonly', AbortController: 'readonly', performance: 'readonly', setImmediate: 'readonly', URLSearchParams: 'readonly', structuredClone: 'readonly' } },
  },
  {
    files: ['services/**/*.ts', 'workflows/runtime/**/*.ts'],
    ignores: ['**/*spec.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: "CallExpression[callee.property.name='save']", message: 'save() loses concurrent updates: use tx.insert or a guarded update.' }] },
  },
  {
    files: ['**/*.rules.ts', 'libs/policy/src/**/*.ts', 'libs/calendar/src/**/*.ts', 'workflows/definitions/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': ['error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The time comes in as an argument.' },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Chance comes in as an argument.' },
      ],
    },
  },
  { files: ['workflows/definitions/src/**/*.fixture.ts'], rules: { '@nx/enforce-module-boundaries': 'off' } }, // tests run a real worker; nothing of a fixture is bundled
);
