import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const REPOSITORY = resolve(__dirname, '../..')
const TSC = require.resolve('typescript/bin/tsc')

const execute = promisify(execFile)

/** Runs a program to its end and gives what it printed; its complaints are in the error if it fails. */
const run = async (cwd: string, command: string, args: readonly string[]): Promise<string> => {
  const env = { ...process.env, NODE_ENV: 'test' }
  return await execute(command, args, { cwd, env }).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      const { message, stdout } = error as Error & { readonly stdout: string }
      throw new Error(`${message}\n${stdout}`)
    },
  )
}

/** What package.json lets others import: `.` and the subpaths. */
export const readSubpaths = (): string[] => {
  const manifest = readFileSync(join(REPOSITORY, 'package.json'), 'utf8')
  return Object.keys((JSON.parse(manifest) as { readonly exports: object }).exports)
}

/** The tarball that `npm publish` would send, made in a folder; needs an up-to-date `dist`. */
export const pack = async (folder: string): Promise<{ path: string; files: string[] }> => {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const [packed] = JSON.parse(await run(REPOSITORY, 'npm', args)) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ]
  return { path: join(folder, packed.filename), files: packed.files.map(({ path }) => path) }
}

/** Somebody's project in a folder, with the packages given installed. */
export class Project {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async create(
    folder: string,
    type: 'commonjs' | 'module',
    packages: readonly string[],
  ): Promise<Project> {
    await mkdir(folder)
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type }))
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
    await run(folder, 'npm', ['install', '--prefix', folder, ...quietly, ...packages])
    return new Project(folder)
  }

  /** Compiles the files of a folder as a strict TypeScript user would, with the repository's own tsc. */
  async compile(sources: string): Promise<void> {
    await cp(sources, this.#folder, { recursive: true })
    await symlink(join(REPOSITORY, 'node_modules/@types'), join(this.#folder, 'node_modules/@types'))
    const compilerOptions = {
      strict: true,
      target: 'ES2022',
      module: 'NodeNext',
      types: ['node'],
      skipDefaultLibCheck: true,
    }
    await writeFile(join(this.#folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
    await this.node([TSC])
  }

  async node(args: readonly string[]): Promise<string> {
    return await run(this.#folder, process.execPath, args)
  }
}
