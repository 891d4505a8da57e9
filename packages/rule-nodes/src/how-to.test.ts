import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { NodeHandlerFactory, NodeManifest } from '@thingwire/rules'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeConformance } from './node-conformance.ts'

/** A stranger's copy of the example in docs/how-to/add-a-rule-node.md, beside the nodes; git and the compiler pass it over. */
const place = new URL('./.how-to/', import.meta.url)
const repository = fileURLToPath(new URL('../../../', import.meta.url))

const fileBlock = /^`(value-range\/[\w.-]+)`\n\n```\w+\n([\s\S]*?)^```$/gm

const written = async (): Promise<string[]> => {
  const page = await readFile(`${repository}docs/how-to/add-a-rule-node.md`, 'utf8')
  const files = [...page.matchAll(fileBlock)].map(([, name = '', text = '']) => ({ name, text }))
  await mkdir(new URL('value-range/', place), { recursive: true })
  for (const { name, text } of files) await writeFile(new URL(name, place), text)
  await writeFile(new URL('node-case.ts', place), "export type { NodeCase } from '../node-case.ts'\n")
  const settings = { extends: '../../../../tsconfig.base.json', include: ['**/*.ts'] }
  await writeFile(new URL('tsconfig.json', place), JSON.stringify(settings))
  return files.map(({ name }) => name)
}

const files = await written()
const { valueRange }: { valueRange: NodeManifest } = await import(new URL('value-range/manifest.ts', place).href)
const { valueRangeHandler }: { valueRangeHandler: NodeHandlerFactory } = await import(
  new URL('value-range/handler.ts', place).href
)
afterAll(() => rm(place, { recursive: true, force: true }))

describe('the node of the how-to', () => {
  beforeAll(() => expect(files).toHaveLength(4))

  nodeConformance(valueRange, { factory: valueRangeHandler, folder: new URL('value-range/', place) })

  test('compiles', { timeout: 60_000 }, async () => {
    const compiler = `${repository}node_modules/.bin/tsc`
    await promisify(execFile)(compiler, ['--noEmit', '-p', fileURLToPath(place)])
  })
})
