import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseFixture, runFixture } from '../testing/node-fixture.ts'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

/** Chains as they are exported, one file a node, through the real queue and PostgreSQL; see node-fixture.ts. */
const folder = new URL('../../../../packages/rule-nodes/src/fixtures/', import.meta.url)
const types = new Set(nodeManifests.map(({ type }) => type))
const files = readdirSync(folder).filter((file) => types.has(file.replace(/\.json$/, '')))

let world: QueueWorld
beforeAll(async () => {
  world = await queueWorld()
  await world.startRunner()
})
afterAll(() => world[Symbol.asyncDispose]())

test('every node has one, those that call other systems in a folder of their own', () => {
  const outside = readdirSync(new URL('outside/', folder))
  const missing = [...types].filter((type) => ![...files, ...outside].includes(`${type}.json`))
  expect(missing).toEqual([])
  expect(types.size).toBeGreaterThan(0)
})

test.concurrent.for(files)('%s', async (file, { expect }) => {
  const fixture = parseFixture(readFileSync(new URL(file, folder), 'utf8'))
  const { expected, observe } = await runFixture(world, fixture)
  const isAsExpected = async () => isDeepStrictEqual(await observe(), expected)
  await waitFor(isAsExpected, { deadlineMs: 10_000, what: fixture.about }).catch(() => {})
  expect(await observe()).toEqual(expected)
})
