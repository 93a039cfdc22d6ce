// What is generated from proto/ is committed; this test fails when it is stale (`npm run generate` renews it).
import { spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import {
  describedServices,
  fileByName,
  fileBySymbol,
} from '../../../src/protocol/grpc/proto-files.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const GENERATED = join(ROOT, 'src/protocol/grpc/generated')

async function filesBelow(directory: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(directory.length), await readFile(path, 'utf8'))
  }
  return files
}

it('the generated files are those of proto/ as it is', async () => {
  const fresh = join(await temporaryDirectory(), 'generated')
  const run = spawnSync(process.execPath, [join(ROOT, 'scripts/generate.mjs'), fresh], {
    encoding: 'utf8',
  })
  expect(run.status, run.stderr).toBe(0)
  expect(await filesBelow(fresh)).toEqual(await filesBelow(GENERATED))
})

it('every .proto file is described', async () => {
  const files = await filesBelow(join(ROOT, 'proto'))
  const names = Array.from(files.keys(), (path) => path.slice(1))
  expect(names.length).toBeGreaterThan(5)
  for (const name of names) expect(fileByName(name)).toBeDefined()
})

it('a described file comes with all that it imports, itself first', () => {
  const files = fileBySymbol('varve.v1.LogService.Produce') ?? []
  const texts = files.map((bytes) => bytes.toString('latin1'))
  expect(texts[0]).toContain('varve/v1/log.proto')
  for (const name of [
    'google/protobuf/any.proto',
    'google/rpc/status.proto',
    'varve/v1/record.proto',
  ]) {
    expect(texts.some((text) => text.includes(name))).toBe(true)
  }
  expect(describedServices).toContain('varve.v1.AdminService')
  expect(fileBySymbol('varve.v1.Nothing')).toBeUndefined()
  expect(fileByName('nothing.proto')).toBeUndefined()
})
