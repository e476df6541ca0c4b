// Builds dist/esm and dist/cjs with two plain tsc runs; dist/cjs says of itself that it is CommonJS.
// Compiles beside dist and puts it in place at the end, for something may be running from dist.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

mkdirSync(`${root}.cache`, { recursive: true })
const built = mkdtempSync(`${root}.cache/dist-`)
try {
  for (const [format, project] of Object.entries({
    esm: 'lib/tsconfig.json',
    cjs: 'lib/tsconfig.cjs.json',
  })) {
    const args = [tsc, '-p', project, '--outDir', `${built}/${format}`]
    execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  }
  writeFileSync(`${built}/cjs/package.json`, '{ "type": "commonjs" }\n')
  rmSync(`${root}dist`, { recursive: true, force: true })
  renameSync(built, `${root}dist`)
} finally {
  rmSync(built, { recursive: true, force: true })
}
