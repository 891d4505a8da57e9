import { seedTenant, waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hashPassword } from '../auth/passwords.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

/** Alarm rules over arguments, from a device's own words to the alarm. */
let services: TestServices
let engine: TestEngine
let tenant: Awaited<ReturnType<typeof seedTenant>>
let token = ''

const call = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') => {
  const response = await fetch(`http://127.0.0.1:${engine.ports.http}${path}`, {
    method,
    headers: {
      ...(token && { 'x-authorization': `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

const startEngine = async () => {
  engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway,rules,api' })
  token = ''
  const signedIn = await call('/api/auth/login', { username: tenant.admin.email, password: 'correct horse battery' })
  token = z.object({ token: z.string() }).parse(signedIn).token
}

/** Each test has a device of its own, with an access token. */
let current: { id: { entityType: 'DEVICE'; id: string }; token: string }
let made = 0
const deviceSchema = z.object({ id: z.object({ entityType: z.literal('DEVICE'), id: z.string() }) })
const newDevice = async (rest: Record<string, unknown> = {}) => {
  const accessToken = `alarm-fields-${process.pid}-${++made}`
  const { id } = deviceSchema.parse(
    await call(`/api/device?accessToken=${accessToken}`, { name: accessToken, ...rest }),
  )
  return { id, token: accessToken }
}
beforeEach(async () => {
  current = await newDevice()
})

const device = () => current.id
const argument = (key: string, rest: Record<string, unknown> = {}, type = 'TS_LATEST') => ({
  refEntityKey: { key, type, ...(type === 'ATTRIBUTE' && { scope: 'SERVER_SCOPE' }) },
  ...rest,
})
const above = (name: string, value: unknown) => ({
  type: 'SIMPLE',
  filters: [{ argument: name, valueType: 'NUMERIC', predicates: [{ type: 'NUMERIC', operation: 'GREATER', value }] }],
})
const below = (name: string, staticValue: number) => ({
  type: 'SIMPLE',
  filters: [
    {
      argument: name,
      valueType: 'NUMERIC',
      predicates: [{ type: 'NUMERIC', operation: 'LESS', value: { staticValue } }],
    },
  ],
})
const rule = (expression: unknown, rest: Record<string, unknown> = {}) => ({
  condition: { type: 'SIMPLE', expression, ...rest },
})

const saveRule = (name: string, configuration: Record<string, unknown>, entityId: unknown = device()) =>
  call('/api/alarm/rule', { name, entityId, configuration })

const alarmsOf = async (type: string, entity: { entityType: string; id: string } = device()) => {
  const { data } = z
    .object({ data: z.array(z.looseObject({ type: z.string(), severity: z.string(), status: z.string() })) })
    .parse(await call(`/api/alarm/${entity.entityType}/${entity.id}?pageSize=100&page=0&sortProperty=createdTime`))
  return data.filter((alarm) => alarm.type === type)
}
const statusOf = async (type: string, entity = device()) =>
  (await alarmsOf(type, entity)).map(({ severity, status }) => `${severity} ${status}`).join()
const becomes = (type: string, status: string) =>
  waitFor(async () => (await statusOf(type)) === status, { deadlineMs: 20_000, what: `${type}: ${status}` })

/** As the device, through its rule chain. */
const measure = (values: Record<string, unknown>) => call(`/api/v1/${current.token}/telemetry`, values)

beforeAll(async () => {
  services = await startTestServices()
  tenant = await seedTenant(services.db, { passwordHash: await hashPassword('correct horse battery') })
  await startEngine()
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

test('a rule raises, raises higher and clears; its rule chain hears of each', async () => {
  const watch = { entityId: device(), waitMs: 60_000 }
  await saveRule('Hot', {
    arguments: { t: argument('temperature') },
    createRules: {
      MINOR: { ...rule(above('t', { staticValue: 50 })), alarmDetails: 'It has ${t} degrees' },
      CRITICAL: rule(above('t', { staticValue: 90 })),
    },
    clearRule: rule(below('t', 40)),
  })
  await measure({ temperature: 60 })
  await becomes('Hot', 'MINOR ACTIVE_UNACK')
  expect(await alarmsOf('Hot')).toMatchObject([{ details: { data: 'It has 60 degrees' } }])
  await measure({ temperature: 95 })
  await becomes('Hot', 'CRITICAL ACTIVE_UNACK')
  const { id } = await call('/api/traces', watch)
  await measure({ humidity: 1 })
  await waitFor(async () => (await call(`/api/traces/${id}`)).hops.length > 0)
  const next = await call('/api/traces', watch)
  await measure({ temperature: 30 })
  await becomes('Hot', 'CRITICAL CLEARED_UNACK')
  await waitFor(async () => (await call(`/api/traces/${next.id}`)).hops.length > 0)
})

test('values that were stored before the rule count, and those of users do, too', async () => {
  await call(`/api/plugins/telemetry/DEVICE/${device().id}/SERVER_SCOPE`, { pressure: 12 })
  const expression = above('p', { staticValue: 10 })
  const config = {
    arguments: { p: argument('pressure', {}, 'ATTRIBUTE') },
    createRules: { MAJOR: rule(expression) },
    clearRule: rule(below('p', 5)),
  }
  await saveRule('Pressure', config)
  await becomes('Pressure', 'MAJOR ACTIVE_UNACK')
  await call(`/api/plugins/telemetry/DEVICE/${device().id}/SERVER_SCOPE`, { pressure: 1 })
  await becomes('Pressure', 'MAJOR CLEARED_UNACK')
})

test('an argument may be the owner’s, and a fixed entity’s', async () => {
  const owned = { refDynamicSourceConfiguration: { type: 'CURRENT_OWNER' } }
  const fixed = { refEntityId: tenant.customerDevice.id }
  await saveRule('Above limit', {
    arguments: { t: argument('level'), limit: argument('limit', { ...owned, defaultValue: '100' }, 'ATTRIBUTE') },
    createRules: { MAJOR: rule(above('t', { dynamicValueArgument: 'limit' })) },
  })
  await saveRule('Neighbour', {
    arguments: { t: argument('heat', fixed) },
    createRules: { WARNING: rule(above('t', { staticValue: 5 })) },
  })
  await call(`/api/customer/${tenant.customerId}/device/${device().id}`, {})
  await measure({ level: 80 })
  await call(`/api/plugins/telemetry/CUSTOMER/${tenant.customerId}/SERVER_SCOPE`, { limit: 70 })
  await becomes('Above limit', 'MAJOR ACTIVE_UNACK')
  await call(`/api/v1/${tenant.customerToken}/telemetry`, { heat: 6 })
  await becomes('Neighbour', 'WARNING ACTIVE_UNACK')
})

test('an expression in TBEL decides', async () => {
  const tried = await call('/api/alarm/rule/testScript', {
    expression: 'return a > 1 && ctx.latestTs == 7;',
    arguments: { a: { type: 'SINGLE_VALUE', value: 2, ts: 7 } },
  })
  expect(tried).toEqual({ output: 'true', error: '' })
  await saveRule('Difference', {
    arguments: { a: argument('a'), b: argument('b') },
    createRules: { INDETERMINATE: rule({ type: 'TBEL', expression: 'return a != null && b != null && a - b > 2;' }) },
  })
  await measure({ a: 5, b: 4 })
  await measure({ b: 1 })
  await becomes('Difference', 'INDETERMINATE ACTIVE_UNACK')
  expect((await call('/api/alarm/rule/testScript', { expression: 'return a >;', arguments: {} })).error).not.toBe('')
})

test('a duration and silence are noticed without a further value', async () => {
  const profileId = (await call(`/api/device/${device().id}`)).deviceProfileId
  const silent = {
    type: 'SIMPLE',
    filters: [
      {
        argument: 's',
        valueType: 'NUMERIC',
        predicates: [{ type: 'NO_DATA', unit: 'SECONDS', duration: { staticValue: 1 } }],
      },
    ],
  }
  await saveRule(
    'Long',
    {
      arguments: { t: argument('steam') },
      createRules: {
        MAJOR: rule(above('t', { staticValue: 5 }), { type: 'DURATION', unit: 'SECONDS', value: { staticValue: 2 } }),
      },
    },
    profileId,
  )
  await measure({ steam: 6 })
  await becomes('Long', 'MAJOR ACTIVE_UNACK')
  const field = await saveRule('Silent', { arguments: { s: argument('sound') }, createRules: { MINOR: rule(silent) } })
  const due = async () => {
    const [known] = await services.db.fieldStates.find([{ fieldId: field.id.id, entityId: device().id }])
    return known
  }
  await waitFor(async () => Boolean(await due()))
  // Looked at each minute; here at once.
  await waitFor(
    async () => {
      const state = await due()
      await services.db.fieldStates.keep([{ fieldId: field.id.id, entityId: device(), state, dueMs: 0 }])
      return (await statusOf('Silent')) === 'MINOR ACTIVE_UNACK'
    },
    { deadlineMs: 20_000 },
  )
})

test('what a rule has counted outlives the engine, and begins anew when a user clears the alarm', async () => {
  const field = await saveRule('Often', {
    arguments: { n: argument('knock') },
    createRules: {
      MAJOR: rule(above('n', { staticValue: 0 }), { type: 'REPEATING', count: { staticValue: 3 } }),
    },
  })
  const counted = async () => {
    const [known] = await services.db.fieldStates.find([{ fieldId: field.id.id, entityId: device().id }])
    return z.object({ counts: z.object({ MAJOR: z.object({ times: z.number() }) }) }).safeParse(known).data?.counts
      .MAJOR.times
  }
  await measure({ knock: 1 })
  await measure({ knock: 2 })
  await waitFor(async () => (await counted()) === 2)
  await engine.stop(Date.now() + 5_000)
  await startEngine()
  expect(await statusOf('Often')).toBe('')
  await measure({ knock: 3 })
  await becomes('Often', 'MAJOR ACTIVE_UNACK')
  const [alarm] = await alarmsOf('Often')
  await call(`/api/alarm/${z.object({ id: z.object({ id: z.string() }) }).parse(alarm).id.id}/clear`, {})
  await measure({ knock: 4 })
  await waitFor(async () => (await counted()) === 1)
  expect(await statusOf('Often')).toBe('MAJOR CLEARED_UNACK')
})

describe('by REST', () => {
  const config = { arguments: { t: argument('x') }, createRules: { MAJOR: rule(above('t', { staticValue: 1 })) } }

  test('rules are listed with whom they stand at, changed over their version, and deleted', async () => {
    const asset = await call('/api/asset', { name: 'Boiler house' })
    const made = await saveRule('Listed', config, asset.id)
    expect(made).toMatchObject({ name: 'Listed', version: 1, configuration: { type: 'ALARM' } })
    expect(made).not.toHaveProperty('type')
    const list = await call('/api/alarm/rules?pageSize=10&page=0&entityType=ASSET')
    expect(list.data).toMatchObject([{ id: made.id, entityName: 'Boiler house' }])
    expect((await call(`/api/ASSET/${asset.id.id}/calculatedFields?pageSize=10&page=0`)).data).toMatchObject([
      { id: made.id, type: 'ALARM' },
    ])
    expect((await call('/api/alarm/rules/names?pageSize=100&page=0')).data).toContain('Listed')
    await expect(saveRule('Listed', config, asset.id)).rejects.toThrow('Alarm rule with such type already exists')
    const changed = await call('/api/calculatedField', { ...made, type: 'ALARM', name: 'Renamed' })
    expect(changed).toMatchObject({ name: 'Renamed', version: 2 })
    await expect(call('/api/alarm/rule', made)).rejects.toThrow('409')
    await call(`/api/alarm/rule/${made.id.id}`, undefined, 'DELETE')
    await expect(call(`/api/alarm/rule/${made.id.id}`)).rejects.toThrow('404')
  })

  test('rules go with whom they stand at', async () => {
    const asset = await call('/api/asset', { name: 'Pump house' })
    const rules = [await saveRule('Of an asset', config, asset.id), await saveRule('Of a device', config)]
    await call(`/api/asset/${asset.id.id}`, undefined, 'DELETE')
    await call(`/api/device/${device().id}`, undefined, 'DELETE')
    for (const { id } of rules) await expect(call(`/api/alarm/rule/${id.id}`)).rejects.toThrow('404')
  })

  test.each([
    [{ name: ' ' }, 'Calculated field name should be specified!'],
    [{ configuration: { ...config, arguments: {} } }, 'Arguments must be specified!'],
    [
      { configuration: { ...config, createRules: { MAJOR: rule(above('y', { staticValue: 1 })) } } },
      "Argument 'y' is not defined!",
    ],
    [
      { entityId: { entityType: 'DASHBOARD', id: '22222222-2222-4222-8222-222222222222' } },
      'not supported for DASHBOARD',
    ],
    [
      {
        configuration: {
          ...config,
          arguments: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`t${n || ''}`, argument('x')])),
        },
      },
      'At most 10 are allowed',
    ],
  ])('what cannot be is refused with a reason: %o', async (change, reason) => {
    const body = { name: 'Refused', entityId: device(), configuration: config, ...change }
    await expect(call('/api/alarm/rule', body)).rejects.toThrow(reason)
  })

  test('other types are not there yet, and say so', async () => {
    const body = { type: 'SIMPLE', name: 'Sum', entityId: device(), configuration: { type: 'SIMPLE' } }
    await expect(call('/api/calculatedField', body)).rejects.toThrow('of type SIMPLE are not available yet')
  })
})

describe('debug events', () => {
  const schema = z.object({ data: z.array(z.object({ body: z.looseObject({ error: z.string() }) })) })
  const eventsOf = async (ruleId: string) => {
    const query = `tenantId=${tenant.tenantId}&pageSize=100&page=0`
    const { data } = schema.parse(await call(`/api/events/CALCULATED_FIELD/${ruleId}/DEBUG_CALCULATED_FIELD?${query}`))
    return data.map(({ body }) => body)
  }
  const debugged = (name: string, debugSettings: object, expression: string) =>
    call('/api/alarm/rule', {
      name,
      entityId: device(),
      debugSettings,
      configuration: {
        arguments: { t: argument('temperature') },
        createRules: { MAJOR: rule({ type: 'TBEL', expression }) },
      },
    })

  test('all evaluations are kept for as long as the tenant may: what the rule saw, and what came of it', async () => {
    const saved = await debugged('Debugged', { allEnabled: true }, 'return t > 50;')
    expect(saved.debugSettings).toMatchObject({ allEnabled: false, failuresEnabled: false })
    expect(saved.debugSettings.allEnabledUntil - Date.now()).toBeGreaterThan(60_000)
    await measure({ temperature: 60 })
    await becomes('Debugged', 'MAJOR ACTIVE_UNACK')
    const seen = await waitFor(async () =>
      (await eventsOf(saved.id.id)).find((event) => `${event.result}`.includes('raise')),
    )
    expect(seen).toMatchObject({
      entityId: device().id,
      entityType: 'DEVICE',
      calculatedFieldId: saved.id.id,
      error: '',
    })
    expect(JSON.parse(`${seen?.arguments}`)).toMatchObject({ t: { value: 60 } })
    expect(JSON.parse(`${seen?.result}`)).toEqual({ alarm: 'raise', severity: 'MAJOR' })
    expect(await call(`/api/alarm/rule/${saved.id.id}/debug`)).toMatchObject({ calculatedFieldId: saved.id.id })
  })

  test('of a rule that keeps failures alone only these are there, of one that keeps nothing none', async () => {
    const failing = await debugged('Failing', { failuresEnabled: true }, 'return t > 50 ? true : t.nothing();')
    const silent = await debugged('Silent', {}, 'return t.nothing();')
    await measure({ temperature: 60 })
    await becomes('Failing', 'MAJOR ACTIVE_UNACK')
    await measure({ temperature: 40 })
    const found = await waitFor(async () => {
      const events = await eventsOf(failing.id.id)
      return events.some((event) => `${event.arguments}`.includes('40')) ? events : null
    })
    for (const event of found) expect(event.error).not.toBe('')
    expect(await eventsOf(silent.id.id)).toEqual([])
    expect(await call(`/api/alarm/rule/${silent.id.id}/debug`)).toBeNull()
  })
})
