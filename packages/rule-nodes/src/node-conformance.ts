import { readFile } from 'node:fs/promises'
import { type NodeHandlerFactory, type NodeManifest, upgradeNodeConfig } from '@thingwire/rules'
import { beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { NodeCase } from './node-case.ts'
import { caseMessages, recordingPorts, runNode } from './node-harness.ts'

type JsonSchema = {
  properties?: Record<string, JsonSchema>
  const?: unknown
  title?: string
  description?: string
} & Record<string, unknown>

/** Paths of all settings of a configuration that a form could not label; nested objects and choices included. */
const unlabelled = (schema: unknown, path = ''): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap((item) => unlabelled(item, path))
  const { properties, ...rest } = schema as JsonSchema
  const missing = Object.entries(properties ?? {}).flatMap(([key, field]) => {
    const place = `${path}/${key}`
    const labelled = field.const !== undefined || (field.title && field.description)
    return [...(labelled ? [] : [place]), ...unlabelled({ ...field, title: undefined }, place)]
  })
  return [...missing, ...Object.values(rest).flatMap((part) => unlabelled(part, path))]
}

const objectKeys = <T extends object>(of: T) => Object.keys(of) as (keyof T)[]

/**
 * The tests that every node must pass, inside of a `describe`.
 * @param folder Where its `cases.ts` and `help.md` are, with a slash at the end
 */
export const nodeConformance = (
  manifest: NodeManifest,
  { factory, folder }: { factory: NodeHandlerFactory | undefined; folder: URL },
): void => {
  const load = async (): Promise<{ help: string; cases: NodeCase[] }> => {
    const module: { cases: NodeCase[] } = await import(new URL('cases.ts', folder).href)
    return { help: await readFile(new URL('help.md', folder), 'utf8'), cases: module.cases }
  }
  let loaded: Awaited<ReturnType<typeof load>>
  beforeAll(async () => {
    loaded = await load()
  })

  it('has either a handler or the name of what it needs', () => {
    expect(factory !== undefined).toBe(manifest.needs === undefined)
  })

  it('takes its own defaults', () => {
    expect(manifest.config.safeParse(manifest.defaults)).toMatchObject({ success: true })
  })

  it('climbs from every old version', () => {
    const steps = Object.keys(manifest.upgrades).map(Number)
    expect(steps).toEqual(Array.from({ length: manifest.configVersion }, (_, version) => version))
    for (const version of steps) {
      const upgraded = upgradeNodeConfig(manifest, {
        configuration: manifest.defaults,
        configurationVersion: version,
        queueName: null,
      })
      expect(upgraded).not.toHaveProperty('warning')
      expect(manifest.config.safeParse(upgraded.configuration).success).toBe(true)
    }
  })

  it('has a label and a description for every setting', () => {
    expect(unlabelled(z.toJSONSchema(manifest.config, { io: 'input' }))).toEqual([])
  })

  it('shows every connection by a case', () => {
    const shown = new Set(
      loaded.cases.flatMap(({ leaves, branches = [] }) => [...leaves, ...branches].map(({ by }) => by)),
    )
    const connections = manifest.connections === 'custom' ? [] : manifest.connections
    // A node that cannot run yet shows what keeps it from running instead.
    if (manifest.needs) expect(loaded.cases.some(({ refuses }) => refuses?.includes(manifest.needs ?? ''))).toBe(true)
    else if (!manifest.answersLater)
      expect(connections.filter((label) => !shown.has(label) && !manifest.neverTaken?.includes(label))).toEqual([])
    expect(loaded.cases.length).toBeGreaterThan(0)
  })

  it('names every connection in its help', () => {
    const connections = manifest.connections === 'custom' ? [] : manifest.connections
    expect(connections.filter((label) => !loaded.help.includes(label))).toEqual([])
    expect(loaded.help).toMatch(new RegExp(`^# ${manifest.name}\n`))
    expect(loaded.help).toContain('## Recipe')
  })

  it('does in every case what the case says', async () => {
    for (const example of loaded.cases) await checkCase(example)
  })

  const checkCase = async (example: NodeCase): Promise<void> => {
    const { ports, calls, changed, outside, reads } = recordingPorts(example)
    const wired = [
      ...new Set([
        'Failure',
        ...[...example.leaves, ...(example.branches ?? [])].map(({ by }) => by),
        ...(manifest.connections === 'custom' ? [] : manifest.connections),
      ]),
    ]
    const input = { manifest, factory, config: example.config, messages: caseMessages(example), ports }
    const { left, arrived, instance } = await runNode({ ...input, labels: wired })
    if (example.refuses !== undefined) {
      expect(instance, example.title).toEqual({ state: 'failed', reason: example.refuses })
      return
    }
    expect(instance.state, example.title).toBe('ready')
    const { branches } = example
    const byLabel = <T extends { by: string }>(list: readonly T[]) =>
      wired.flatMap((by) => list.filter((one) => one.by === by))
    const expected = branches ? byLabel([...example.leaves, ...branches]) : example.leaves
    const came = branches ? byLabel(arrived) : left
    expect(
      came.map(({ by }) => by),
      example.title,
    ).toEqual(expected.map(({ by }) => by))
    expected.forEach(({ by: _, error: __, ...content }, index) => {
      expect(came[index]?.message, example.title).toMatchObject(content)
    })
    if (example.telemetry) expect(calls.telemetry.flat(), example.title).toMatchObject(example.telemetry)
    if (example.attributesSaved) expect(calls.attributes.flat(), example.title).toMatchObject(example.attributesSaved)
    expect(calls.enqueued, example.title).toMatchObject(example.enqueued ?? [])
    if (example.logged) expect(calls.logged, example.title).toEqual(example.logged)
    expect(calls.rpcs, example.title).toMatchObject(example.rpcs ?? [])
    expect(calls.deviceReplies, example.title).toEqual(example.deviceReplies ?? [])
    expect(calls.restReplies, example.title).toEqual(example.restReplies ?? [])
    if (example.histories) expect(reads.histories, example.title).toMatchObject(example.histories)
    expect(outside.sent, example.title).toMatchObject(example.sent ?? [])
    if (example.opened) expect(outside.opened, example.title).toMatchObject(example.opened)
    for (const sort of objectKeys(changed))
      expect(changed[sort], `${example.title}: ${sort}`).toMatchObject(example[sort] ?? [])

    // Once more with nobody behind Failure: this shows the errors and what the ledger would count.
    const { result } = await runNode({
      ...input,
      ports: recordingPorts(example).ports,
      labels: wired.filter((label) => label !== 'Failure'),
    })
    expect(result.outcomes, example.title).toEqual(example.outcomes ?? input.messages.map(() => 'finished'))
    const errors = example.leaves.flatMap(({ by, error }) => (by === 'Failure' ? [error] : []))
    expect(
      result.deadLetters.map(({ error }) => error),
      example.title,
    ).toEqual(errors)
  }
}
