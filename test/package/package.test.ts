import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InstalledPackage, installPackage } from './installed-package.ts'

const programs = fileURLToPath(new URL('programs/', import.meta.url))
const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))

let installed: InstalledPackage

beforeAll(() => {
  installed = installPackage()
  for (const name of readdirSync(programs)) {
    copyFileSync(join(programs, name), join(installed.project, name))
  }
  // npm may have to build an optional package.
}, 300_000)

afterAll(() => {
  installed.remove()
})

describe('the package', () => {
  it('has what it needs to run and to be read, and nothing of its making', () => {
    const { directory } = installed
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('node_modules'))
      .filter((name) => statSync(join(directory, name)).isFile())
    const bytes = files.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0)
    console.log(`package: ${files.length} files, ${Math.round(bytes / 1024)} KiB`)
    expect(new Set(files.map((name) => name.split('/')[0]))).toEqual(
      new Set(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'package.json', 'proto']),
    )
    const [proto, docs, dist] = ['proto/', 'docs/', 'dist/'].map((folder) =>
      files.filter((name) => name.startsWith(folder)),
    )
    expect(proto?.filter((name) => !name.endsWith('.proto'))).toEqual([])
    expect(docs?.filter((name) => !name.endsWith('.md'))).toEqual([])
    expect(dist?.filter((name) => !/\.(js|js\.map|d\.ts)$/.test(name))).toEqual([])
    // Declarations are those of what programs import, not of how it works inside.
    expect(
      dist?.filter((name) => /^dist\/(broker|storage|server|cli)\/.*\.d\.ts$/.test(name)),
    ).toEqual([])
    // A quarter of it are source maps; the bench took some 400 KiB.
    expect(bytes).toBeLessThan(5 * 1024 * 1024)
  })

  it('has a change log that begins with its version', () => {
    const text = readFileSync(join(installed.directory, 'CHANGELOG.md'), 'utf8')
    expect(/^## \[(\d+\.\d+\.\d+)\]/m.exec(text)?.[1]).toBe(installed.manifest.version)
  })

  it('gives the command varve', () => {
    const program = join('node_modules', '.bin', 'varve')
    expect(installed.run(program, ['--version'])).toBe(`${installed.manifest.version}\n`)
    expect(installed.run(program, ['start', '--help'])).toContain('--data-dir')
    expect(installed.run('npx', ['--no-install', 'varve', 'config', '--json'])).toContain(
      '"storage"',
    )
  })

  it('serves a plain JavaScript program within its process', () => {
    expect(installed.run(process.execPath, ['in-process.mjs'])).toBe('0 one\n1 two\n')
  })

  it('serves the command line and a CommonJS program over gRPC', async () => {
    const program = join(installed.project, 'node_modules', '.bin', 'varve')
    const args = ['start', '--json', '--listen', '127.0.0.1:0', '--metrics-listen', 'off']
    const broker = spawn(program, args, {
      cwd: installed.project,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = new Promise((resolve) => broker.on('close', resolve))
    try {
      const [line] = (await once(createInterface({ input: broker.stdout }), 'line')) as [string]
      const { address } = JSON.parse(line) as { address: string }
      const varve = (...rest: string[]): string =>
        installed.run(program, [...rest, '--broker', address])
      writeFileSync(join(installed.project, 'lines.txt'), 'one\ntwo\n')
      varve('topic', 'create', 'lines')
      varve('produce', 'lines', '--file', 'lines.txt', '--quiet')
      const said = installed.run(process.execPath, ['over-grpc.cjs', address])
      expect(said).toBe('2 synced\ntrue\n')
      expect(varve('consume', 'lines', '--until-end')).toBe('one\ntwo\nthree\n')
    } finally {
      broker.kill('SIGTERM')
    }
    expect(await ended).toBe(0)
  })

  it.each([
    ['nodenext', 'nodenext'],
    ['preserve', 'bundler'],
  ])('has types for TypeScript with module %s and resolution %s', (module, resolution) => {
    const options = [
      '--strict',
      '--exactOptionalPropertyTypes',
      '--target',
      'es2023',
      '--lib',
      'es2023',
    ]
    const resolving = ['--module', module, '--moduleResolution', resolution, '--outDir', module]
    installed.run(process.execPath, [compiler, ...options, ...resolving, 'typed.mts'])
    const said = installed.run(process.execPath, [join(module, 'typed.mjs')])
    expect(said).toBe('0 one true\nINVALID_ARGUMENT\n3600000\n')
  })
})
