// varve as its users have it: the tarball in an empty project. npm's own part of an installation (finding, fetching and building the packages that
// varve needs) costs minutes on a slow line, so by default these packages are links to the repository's own, those and only those that the
// manifest in the tarball names. `npm run check:package` has npm install everything (PACKAGE_INSTALL=npm).
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Manifest {
  readonly version: string
  readonly bin: { readonly varve: string }
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

export interface InstalledPackage {
  /** The project that it is installed in. */
  readonly project: string
  /** Where it is in the project. */
  readonly directory: string
  readonly manifest: Manifest
  /** Runs a program in the project. @returns what it printed. @throws with its output when it fails. */
  run(program: string, args: readonly string[]): string
  remove(): void
}

/** Packs (unless PACKAGE_TARBALL names a tarball) and installs. The caller removes it. */
export function installPackage(): InstalledPackage {
  const project = mkdtempSync(join(tmpdir(), 'varve-project-'))
  const directory = join(project, 'node_modules', 'varve')
  writeFileSync(join(project, 'package.json'), '{ "name": "project", "private": true }\n')
  const tarball = process.env['PACKAGE_TARBALL'] ?? pack(project)
  if (process.env['PACKAGE_INSTALL'] === 'npm') {
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
    execFileSync('npm', ['install', ...quiet, tarball], { cwd: project, stdio: 'pipe' })
  } else unpack(tarball, project, directory)
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest
  return {
    project,
    directory,
    manifest,
    run: (program, args) => runIn(project, program, args),
    remove: () => {
      rmSync(project, { recursive: true, force: true })
    },
  }
}

function pack(folder: string): string {
  if (!existsSync(join(root, 'dist', 'index.d.ts'))) {
    throw new Error('dist has no declarations: run npm run build, or npm test')
  }
  // Without `prepack`: it would take dist away under the tests that run beside this one.
  const args = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder]
  execFileSync('npm', args, { cwd: root, stdio: 'pipe' })
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'))
  if (name === undefined) throw new Error('npm pack made no tarball')
  return join(folder, name)
}

/** What npm would leave, with links in the place of the packages that varve needs. */
function unpack(tarball: string, project: string, directory: string): void {
  mkdirSync(join(project, 'node_modules', '.bin'), { recursive: true })
  mkdirSync(directory)
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', directory])
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    const [target, link] = [root, project].map((path) => join(path, 'node_modules', name))
    if (target === undefined || link === undefined || !existsSync(target)) continue
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(target, link)
  }
  const program = join(directory, manifest.bin.varve)
  chmodSync(program, 0o755)
  symlinkSync(program, join(project, 'node_modules', '.bin', 'varve'))
}

function runIn(project: string, program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd: project, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}
