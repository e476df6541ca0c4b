/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Real servers and processes on a busy machine: a limit for what hangs, not for what is slow.
  testTimeout: 60_000,
  // Half of the specs wait for sockets and other processes.
  maxWorkers: '100%',
  roots: ['<rootDir>/spec'],
  testMatch: ['**/*.spec.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'spec/tsconfig.json', diagnostics: false }] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^mtls-identity$': '<rootDir>/lib/index',
    '^mtls-identity/(.*)$': '<rootDir>/lib/$1/index',
  },
  collectCoverage: true,
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageDirectory: '.cache/coverage',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { statements: 100, branches: 100, functions: 100, lines: 100 } },
  cacheDirectory: '<rootDir>/.cache/jest',
}
