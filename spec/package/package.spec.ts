import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack, Project, readSubpaths } from './project.js'

const MODULES = readSubpaths()
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => join('mtls-identity', subpath))

const LIST_REQUIRED = 'console.log(JSON.stringify(process.argv.slice(1).map((m) => Object.keys(require(m)))))'
const LIST_IMPORTED = `
  const modules = await Promise.all(process.argv.slice(1).map((m) => import(m)))
  console.log(JSON.stringify(modules.map((module) => Object.keys(module))))`

const isRegistryReachable = (): boolean => {
  try {
    execFileSync('npm', ['view', 'express', 'version', '--fetch-retries=0'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

// Where the registry cannot be reached, only CI has to fail.
const isInstallable = process.env['CI'] === 'true' || isRegistryReachable()
if (!isInstallable) console.warn('No npm registry: the specs that install the package are skipped.')
const describeInstalled = isInstallable ? describe : describe.skip

let folder: string
let tarball: Awaited<ReturnType<typeof pack>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mtls-identity-'))
  tarball = await pack(folder)
}, 60_000)

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('the tarball', () => {
  it('holds the build and the documents, nothing else', () => {
    const documents = tarball.files.filter((path) => !path.startsWith('dist/'))
    expect(documents.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'])
  })

  it('holds no file in dist but code, its types and its source maps', () => {
    const built = tarball.files.filter((path) => path.startsWith('dist/'))
    const others = built.filter((path) => !/\.(?:js|js\.map|d\.ts)$/.test(path))
    expect(others).toEqual(['dist/cjs/package.json'])
  })
})

describeInstalled('the installed package', () => {
  let commonJs: Project
  let esModule: Project

  const install = async (type: 'commonjs' | 'module'): Promise<Project> => {
    const packages = [tarball.path, 'express@5', 'express4@npm:express@4']
    const project = await Project.create(join(folder, type), type, packages)
    await project.compile(join(__dirname, 'consumer'))
    return project
  }

  // One after the other, so that nothing still writes to the folder when a failure has it removed.
  beforeAll(async () => {
    commonJs = await install('commonjs')
    esModule = await install('module')
  }, 180_000)

  const listExports = async (): Promise<[required: string[][], imported: string[][]]> => {
    const required = await commonJs.node(['--eval', LIST_REQUIRED, ...MODULES])
    const imported = await esModule.node(['--input-type=module', '--eval', LIST_IMPORTED, ...MODULES])
    return [JSON.parse(required) as string[][], JSON.parse(imported) as string[][]]
  }

  it('has the same names to require and to import, and no default export', async () => {
    const [required, imported] = await listExports()
    const sorted = (modules: string[][]): string[][] => modules.map((names) => names.sort())
    expect(sorted(required)).toEqual(sorted(imported))
    expect(required.flat()).not.toContain('default')
    expect(required.every((names) => names.length > 0)).toBe(true)
  }, 30_000)

  it.each([
    ['CommonJS', () => commonJs],
    ['an ES module', () => esModule],
  ])(
    'serves Express 4 and 5 from %s, compiled with its types',
    async (_what, project) => {
      const report = JSON.parse(await project().node(['consumer.js'])) as {
        readonly thumbprint: string
        readonly express4: unknown
        readonly express5: unknown
      }
      const seen = { problems: [], subject: 'CN=alice', thumbprint: report.thumbprint }
      const answers = [
        { status: 200, body: { ...seen, evidence: 'certificate' } },
        { status: 200, body: { ...seen, evidence: 'thumbprint' } },
        { status: 403 },
      ]
      expect(report.express4).toEqual(answers)
      expect(report.express5).toEqual(answers)
    },
    30_000,
  )
})
