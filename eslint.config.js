import { readdirSync } from 'node:fs'
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import importX from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

/** Folders of lib, lowest first: each may import from itself and from those before it; others from none. */
const LAYERS = [
  'field',
  'certificate',
  'events',
  'trust',
  'edges',
  'store',
  'redis',
  'continuity',
  'policy',
  'audit',
  'metrics',
]
/** The files beside them that every layer may import. The rest is above the layers. */
const GROUND = [
  'clock.ts',
  'errors.ts',
  'maybe-promise.ts',
  'option-check.ts',
  'origin-connection.ts',
  'request-properties.ts',
]
/**
 * What a layer may import besides: policies judge what the middleware attached to a request, events tell it.
 * @type {Record<string, string[]>}
 */
const BESIDES = {
  policy: ['context.ts', 'request.ts'],
  audit: ['context.ts', 'request.ts'],
  events: ['context.ts'],
  metrics: ['context.ts'],
}

/** Packages and the one folder of lib that may import each. */
const FENCES = {
  '@peculiar/x509': 'certificate',
  'reflect-metadata': 'certificate',
  'lru-cache': 'continuity',
  'proxy-addr': 'trust',
  express: 'none',
  'mtls-identity': 'none',
}

/** @param {string} folder */
const downwards = (folder) => {
  const layer = LAYERS.indexOf(folder)
  const below = layer === -1 ? [] : [...LAYERS.slice(0, layer), ...GROUND, ...(BESIDES[folder] ?? [])]
  return {
    target: `lib/${folder}`,
    from: 'lib',
    except: [folder, ...below].map((path) => `./${path}`),
    message: 'Imports run downwards: see LAYERS in eslint.config.js.',
  }
}

const ZONES = [
  ...readdirSync(`${import.meta.dirname}/lib`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => downwards(entry.name)),
  { target: 'lib/*.ts', from: 'lib/testing', message: 'The test kit is no part of the middleware.' },
]

/** @type {(files: string[], folder?: string) => import('eslint').Linter.Config} */
const fence = (files, folder) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: Object.entries(FENCES)
          .filter(([, owner]) => owner !== folder)
          .map(([name, owner]) => ({
            group: [name],
            message: `Fenced: see FENCES in eslint.config.js (folder: ${owner}).`,
          })),
      },
    ],
  },
})

export default tseslint.config(
  { ignores: ['dist', '.cache', 'node_modules'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [importX.createNodeResolver({ extensionAlias: { '.js': ['.ts', '.js'] } })],
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: ZONES }],
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 150 }],
      'max-lines-per-function': ['error', { max: 40 }],
      'max-params': ['error', { max: 3 }],
    },
  },
  fence(['lib/**/*.ts']),
  ...[...new Set(Object.values(FENCES))].map((folder) => fence([`lib/${folder}/**/*.ts`], folder)),
  // tsc checks the JavaScript files too, and knows the globals.
  { files: ['**/*.js'], rules: { 'no-undef': 'off' } },
  prettier,
)
