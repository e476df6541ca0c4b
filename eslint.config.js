import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import importX from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

const X509 = { name: '@peculiar/x509', message: 'Only lib/certificate parses certificates.' }
const LRU = { name: 'lru-cache', message: 'Only lib/continuity remembers things.' }
const REFLECT = { name: 'reflect-metadata', message: 'Only lib/certificate needs the polyfill.' }

/** The folders of lib, lowest first: a folder may import from itself and from those before it. */
const LAYERS = ['field', 'certificate', 'trust', 'edges', 'continuity', 'policy', 'testing']

const fence = (folder, paths) => {
  const above = LAYERS.slice(LAYERS.indexOf(folder) + 1).map((layer) => `../${layer}/*`)
  const patterns = [
    { group: [...above, '../middleware.js', '../index.js'], message: 'Imports run downwards.' },
  ]
  return {
    files: [`lib/${folder}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }] },
  }
}

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
      '@typescript-eslint/no-restricted-imports': ['error', { paths: [X509, LRU, REFLECT] }],
    },
  },
  ...LAYERS.map((folder) =>
    fence(folder, [
      ...(folder === 'certificate' ? [] : [X509, REFLECT]),
      ...(folder === 'continuity' ? [] : [LRU]),
    ]),
  ),
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' },
    },
  },
  prettier,
)
