import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import {
  type EntityId,
  entityTypeSchema,
  ruleChainFileSchema,
  saveDeviceProfileSchema,
  saveEntityViewSchema,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { createCustomer } from '@thingwire/db/seed'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { createNodeRegistry, importRuleChain, parseAttributesPayload } from '@thingwire/rules'
import { type SeededTenant, seedTenant } from '@thingwire/testing'
import { z } from 'zod'
import type { NodeFixture } from './node-fixture-file.ts'
import type { QueueWorld } from './queue-world.ts'

export { parseFixture } from './node-fixture-file.ts'

export type FixtureRun = {
  expected: Record<string, unknown>
  /** The same members, as they are now. */
  observe(): Promise<Record<string, unknown>>
}

const common = 'COMMON' as const

/** Makes what is given in a tenant of its own, and sends the messages. */
export const runFixture = async (world: QueueWorld, fixture: NodeFixture): Promise<FixtureRun> => {
  const { db } = world.services
  const tenant = await seedTenant(db)
  const { tenantId, scope } = tenant
  const names = await makeEntities(db, tenant, fixture.given)
  for (const { from, to, type } of fixture.given.relations)
    await db.relations.save(tenantId, { from: names.id(from), to: names.id(to), type, typeGroup: common })

  for (const [name, chain] of Object.entries(fixture.chains)) names.put(await makeChain(db, tenant, names, chain), name)
  const ruleChainId = (await makeChain(db, tenant, names, fixture.chain)).id
  const root = z.object({ ruleChain: z.object({ root: z.boolean().optional() }) }).parse(fixture.chain).ruleChain.root
  if (root) await db.ruleChains.setRoot(scope, ruleChainId)
  for (const node of (await db.ruleChains.metadata(scope, ruleChainId))?.nodes ?? [])
    if (node.id) names.put(node.id, node.name)
  await makeValues(db, tenantId, names, fixture.given)

  const arrived = watchProbes(world, fixture, tenantId)
  // What works without messages begins.
  await world.invalidate({ kind: 'rule-chain', tenantId, id: ruleChainId })
  for (const [index, { originator, data, queueName, ...message }] of fixture.messages.entries()) {
    const id = names.id(originator)
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    const ts = Date.now() + index
    const metadata = { ts: String(ts), ...message.metadata }
    const sent = world.message(names.fill(text), { ...message, ts, tenantId, originator: id, metadata, ruleChainId })
    await world.queue.submitInternal(queueName, id.id, [sent], text.length + 500)
  }

  return {
    expected: expectedOf(fixture.expect, names),
    observe: () => observed(db, tenant, fixture.expect, names, arrived),
  }
}

type Wanted = NodeFixture['expect']

/** In one order and form, as `observed` gives what there is. */
const expectedOf = (
  { letters, out, attributes, telemetry, relations, alarms, owners, exist }: Wanted,
  names: NameBook,
) => ({
  letters: [...letters].sort(),
  ...(out && { out: out.map((one) => ({ ...one, ...(one.data !== undefined && { data: names.deep(one.data) }) })) }),
  ...(attributes && { attributes: names.deep(attributes) }),
  ...(telemetry && { telemetry: names.deep(telemetry) }),
  ...(relations && { relations: endsOf(relations) }),
  ...(owners && { owners }),
  ...(exist && { exist }),
  ...(alarms && { alarms: [...alarms].sort(byText) }),
})

const endsOf = (list: readonly { from: string; to: string; type: string }[]) =>
  list.map(({ from, to, type }) => `${from} --${type}--> ${to}`).sort()

const wholePage = { page: 0, pageSize: 1_000, sortOrder: 'ASC' } as const

/** What there is now of what is expected. */
const observed = async (
  db: Database,
  { tenantId, scope }: SeededTenant,
  { out, attributes, telemetry, relations, owners, exist, alarms }: Wanted,
  names: NameBook,
  arrived: ReturnType<typeof watchProbes>,
) => ({
  letters: (await db.deadLetters.list(scope, wholePage)).data.map(({ error }) => error).sort(),
  ...(out && { out: arrived(names, out) }),
  ...(attributes && {
    attributes: await Promise.all(
      attributes.map(async ({ of, scope: attributeScope, values: wanted }) => {
        const keys = Object.keys(wanted)
        const rows = await db.attributes.find(scope, names.id(of), { scope: attributeScope, keys })
        return { of, scope: attributeScope, values: plain(rows, keys) }
      }),
    ),
  }),
  ...(telemetry && {
    telemetry: await Promise.all(
      telemetry.map(async ({ of, values: wanted }) => {
        const keys = Object.keys(wanted)
        return { of, values: plain(await db.telemetry.latest(scope, names.id(of), keys), keys) }
      }),
    ),
  }),
  ...(relations && {
    relations: endsOf(
      (await db.relations.list(scope, { typeGroup: common })).map(({ from, to, type }) => ({
        from: names.of(from),
        to: names.of(to),
        type,
      })),
    ),
  }),
  ...(owners && { owners: await ownersOf(db, tenantId, Object.keys(owners)) }),
  ...(exist && { exist: await existing(db, tenantId, Object.keys(exist)) }),
  ...(alarms && {
    alarms: (await db.alarms.list(scope, wholePage, {})).data
      .map(({ originator, type, severity, status }) => ({ of: names.of(originator), type, severity, status }))
      .sort(byText),
  }),
})

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

type Entries = readonly { key: string; type: string; value: unknown }[]
const plain = (rows: Entries, keys: readonly string[]): Record<string, unknown> => {
  const found = new Map(rows.map((row) => [row.key, plainOf(row)]))
  return Object.fromEntries(keys.map((key) => [key, found.get(key) ?? null]))
}
const plainOf = (row: Entries[number]): unknown =>
  row.type === 'JSON' && typeof row.value === 'string' ? JSON.parse(row.value) : row.value

/** Which entity has which name. */
const nameBook = () => {
  const ids = new Map<string, EntityId>()
  const names = new Map<string, string>()
  const id = (name: string): EntityId => {
    const found = ids.get(name)
    if (!found) throw new Error(`The fixture has no ${name}`)
    return found
  }
  const fill = (text: string): string => text.replaceAll(/\{\{([^{}]+)\}\}/g, (_, name: string) => id(name).id)
  return {
    id,
    fill,
    deep: (value: unknown): unknown => JSON.parse(fill(JSON.stringify(value))),
    of: (entity: EntityId): string => names.get(entity.id) ?? `${entity.entityType} unknown to the fixture`,
    put: (entity: EntityId, name: string) => {
      const key = entity.entityType === 'TENANT' ? 'TENANT' : `${entity.entityType} ${name}`
      ids.set(key, entity)
      names.set(entity.id, key)
    },
  }
}
type NameBook = ReturnType<typeof nameBook>

const makeEntities = async (
  db: Database,
  { tenantId, scope }: SeededTenant,
  given: NodeFixture['given'],
): Promise<NameBook> => {
  const names = nameBook()
  names.put({ entityType: 'TENANT', id: tenantId }, '')
  const owner = (customer: string | undefined) =>
    customer === undefined
      ? {}
      : { customerId: { entityType: 'CUSTOMER' as const, id: names.id(`CUSTOMER ${customer}`).id } }
  for (const { name } of given.customers)
    names.put({ entityType: 'CUSTOMER', id: await createCustomer(db, { tenantId, title: name }) }, name)
  for (const { name, alarms } of given.profiles) {
    const profile = saveDeviceProfileSchema.parse({ name, profileData: { alarms } })
    names.put((await db.deviceProfiles.save(scope, profile)).id, name)
  }
  for (const { name, profile, customer, label } of given.devices) {
    const device = { name, ...(profile && { type: profile }), ...(label && { label }), ...owner(customer) }
    names.put((await db.devices.save(scope, device)).id, name)
  }
  for (const { name, profile = 'default', customer } of given.assets)
    names.put((await db.assets.save(scope, { name, type: profile, ...owner(customer) })).id, name)
  for (const { name, of, attributes } of given.views) {
    const keys = { timeseries: [], attributes: { cs: [], ss: [], sh: [], ...attributes } }
    const view = saveEntityViewSchema.parse({ name, type: 'default', entityId: names.id(of), keys })
    names.put((await db.entityViews.save(scope, view)).id, name)
  }
  for (const { name, customers } of given.dashboards) {
    const { id } = await db.dashboards.save(scope, { title: name, configuration: {} })
    for (const customer of customers) await db.dashboards.assign(scope, id.id, names.id(`CUSTOMER ${customer}`).id)
    names.put(id, name)
  }
  return names
}

const makeValues = async (db: Database, tenantId: string, names: NameBook, given: NodeFixture['given']) => {
  const entriesOf = (of: unknown) => {
    const parsed = parseAttributesPayload(names.fill(JSON.stringify(of)), { typeCast: false })
    if (!parsed.ok) throw new Error(parsed.message)
    return parsed.entries
  }
  for (const { of, scope, values: stored } of given.attributes)
    await db.attributes.save(tenantId, [{ entityId: names.id(of), scope, entries: entriesOf(stored), ts: Date.now() }])
  for (const { of, ts = Date.now(), values: stored } of given.telemetry)
    await db.telemetry.write(
      entriesOf(stored).map((entry) => ({
        ...{ ...entry, tenantId, entityId: names.id(of), ts },
        ...{ saveTimeseries: true, saveLatest: true },
      })),
    )
}

const registry = createNodeRegistry(nodeManifests)

const makeChain = async (db: Database, tenant: SeededTenant, names: NameBook, file: unknown): Promise<EntityId> => {
  const imported = importRuleChain(names.deep(file), registry)
  if (!imported.ok) throw new Error(imported.problems.join('\n'))
  // Probes are of these tests; what is not there yet is what a fixture may be about.
  const strange = imported.warnings.filter((text) => !text.includes('test.Probe') && !text.includes(': needs '))
  if (strange.length > 0) throw new Error(strange.join('\n'))
  const { ruleChain, metadata } = imported.file
  const named = { ...ruleChain, name: `${ruleChain.name} ${randomUUID().slice(0, 8)}` }
  const stored = await db.ruleChains.create(tenant.scope, ruleChainFileSchema.parse({ ruleChain: named, metadata }))
  return stored.chain.id
}

type Arrival = { by: string; type: string; originator: EntityId; data: unknown; metadata: Record<string, string> }
type Expected = NonNullable<NodeFixture['expect']['out']>

/** What reached probes, by world and tenant: several fixtures may run at the same time, and call theirs the same. */
const arrivals = new WeakMap<QueueWorld, Map<string, Arrival[]>>()

const watchProbes = (world: QueueWorld, fixture: NodeFixture, tenantId: string) => {
  const seen: Arrival[] = []
  const byTenant = arrivals.get(world) ?? new Map<string, Arrival[]>()
  arrivals.set(world, byTenant.set(tenantId, seen))
  const nodes = z.array(z.object({ type: z.string(), name: z.string() }))
  const files = z.array(z.object({ metadata: z.object({ nodes }) }))
  for (const { metadata } of files.parse([fixture.chain, ...Object.values(fixture.chains)]))
    for (const { type, name } of metadata.nodes)
      if (type === 'test.Probe')
        world.behaviours.set(name, (batch) => {
          for (const message of batch) {
            const data = message.dataType === 'JSON' ? parsed(message.data) : message.data
            byTenant.get(message.tenantId)?.push({ by: name, ...message, data })
          }
          return batch.map((message) => ({ message, connection: 'Success' }))
        })

  /** What came, in the order of what is expected: each with the members that its expectation names, the rest whole. */
  return (names: NameBook, expected: Expected): unknown[] => {
    const left = seen.map((one) => ({ ...one, originator: names.of(one.originator) }))
    const fits = (one: (typeof left)[number], wanted: Expected[number]) =>
      isDeepStrictEqual(shown(one, wanted), names.deep(wanted))
    const taken = expected.map((wanted) => {
      const index = left.findIndex((one) => fits(one, wanted))
      const fallback = left.findIndex(({ by }) => by === wanted.by)
      const [one] = left.splice(index >= 0 ? index : fallback, index >= 0 || fallback >= 0 ? 1 : 0)
      return one ? shown(one, wanted) : null
    })
    return [...taken, ...left]
  }
}

/** The members that the expectation names. */
const shown = (one: Record<string, unknown> & { metadata: Record<string, string> }, wanted: Expected[number]) =>
  Object.fromEntries(
    Object.entries(wanted).map(([member, value]) => {
      if (member !== 'metadata') return [member, one[member]]
      return [member, Object.fromEntries(Object.keys(value ?? {}).map((key) => [key, one.metadata[key]]))]
    }),
  )

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const headsOf = async (db: Database, tenantId: string, places: readonly string[]) => {
  const wanted = places.map((text) => {
    const at = text.indexOf(' ')
    return { entityType: entityTypeSchema.parse(text.slice(0, at)), name: text.slice(at + 1) }
  })
  return db.entities.findNamed(tenantId, wanted)
}

const ownersOf = async (db: Database, tenantId: string, places: readonly string[]) => {
  const ids = await headsOf(db, tenantId, places)
  const owners = await Promise.all(
    ids.map(async (id) => {
      const head = id && (await db.entities.findHead(tenantId, id))
      const customers = (head?.customerIds ?? []).map((customer) => ({ entityType: 'CUSTOMER', id: customer }) as const)
      return (await db.entities.findHeads(tenantId, customers)).map(({ name }) => name).sort()
    }),
  )
  return Object.fromEntries(places.map((text, index) => [text, owners[index] ?? []]))
}

const existing = async (db: Database, tenantId: string, places: readonly string[]) => {
  const ids = await headsOf(db, tenantId, places)
  return Object.fromEntries(places.map((text, index) => [text, ids[index] !== null]))
}
