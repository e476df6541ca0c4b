// Builds dist/esm and dist/cjs with two plain tsc runs; dist/cjs says of itself that it is CommonJS.
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

rmSync(`${root}dist`, { recursive: true, force: true })
for (const project of ['lib/tsconfig.json', 'lib/tsconfig.cjs.json']) {
  execFileSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' })
}
writeFileSync(`${root}dist/cjs/package.json`, '{ "type": "commonjs" }\n')
