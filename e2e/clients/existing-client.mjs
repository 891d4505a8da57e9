// A back end as somebody wrote it years ago against ThingsBoard's API, with nothing but fetch and ws. It knows no code
// of this project. Run it against an installation:
//   node e2e/clients/existing-client.mjs http://localhost:8080 tenant@thingwire.local tenant
import assert from 'node:assert/strict'
import WebSocket from 'ws'

const [base = 'http://localhost:8080', username = 'tenant@thingwire.local', password = 'tenant'] = process.argv.slice(2)
const suffix = Date.now().toString(36)
let token = ''

const rest = async (method, path, body) => {
  const response = await fetch(base + path, {
    method,
    headers: {
      'X-Authorization': `Bearer ${token}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text ? JSON.parse(text) : undefined
}

/** Waits for the first message that fits; those that came before are looked at too. */
const listenTo = (socket) => {
  const seen = []
  const waiting = new Set()
  socket.on('message', (data) => {
    seen.push(JSON.parse(data.toString()))
    for (const look of waiting) look()
  })
  return (what, fits) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look)
        reject(new Error(`No message: ${what}. Seen: ${JSON.stringify(seen).slice(0, 2000)}`))
      }, 10_000)
      const look = () => {
        const found = seen.find(fits)
        if (!found) return
        clearTimeout(timer)
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
}

const step = async (name, work) => {
  const result = await work()
  console.log(`✓ ${name}`)
  return result
}

await step('signs in and refreshes the token', async () => {
  const login = await rest('POST', '/api/auth/login', { username, password })
  const claims = JSON.parse(Buffer.from(login.token.split('.')[1], 'base64url').toString())
  assert.equal(claims.sub, username)
  assert.deepEqual(claims.scopes, ['TENANT_ADMIN'])
  token = (await rest('POST', '/api/auth/token', { refreshToken: login.refreshToken })).token
  assert.equal((await rest('GET', '/api/auth/user')).email, username)
})

const customer = await step('creates a customer', () => rest('POST', '/api/customer', { title: `Plant ${suffix}` }))
const asset = await step('creates an asset of a new type', async () => {
  const saved = await rest('POST', '/api/asset', { name: `Hall ${suffix}`, type: 'hall', label: 'North' })
  assert.equal(saved.type, 'hall')
  return saved
})
const device = await step('creates a device with a token of its own and assigns it', async () => {
  const saved = await rest('POST', `/api/device?accessToken=token-${suffix}`, {
    name: `Boiler ${suffix}`,
    type: 'boiler',
    additionalInfo: { description: 'in the north hall' },
  })
  assert.equal(saved.version, 1)
  const assigned = await rest('POST', `/api/customer/${customer.id.id}/device/${saved.id.id}`)
  assert.equal(assigned.customerId.id, customer.id.id)
  const credentials = await rest('GET', `/api/device/${saved.id.id}/credentials`)
  assert.equal(credentials.credentialsId, `token-${suffix}`)
  return assigned
})
await step('relates them and finds the device from the asset', async () => {
  await rest('POST', '/api/relation', { from: asset.id, to: device.id, type: 'Contains', typeGroup: 'COMMON' })
  const found = await rest('POST', '/api/devices', {
    parameters: { rootId: asset.id.id, rootType: 'ASSET', direction: 'FROM', relationTypeGroup: 'COMMON', maxLevel: 1 },
    relationType: 'Contains',
    deviceTypes: ['boiler'],
  })
  assert.deepEqual(
    found.map(({ name }) => name),
    [device.name],
  )
})
await step('makes a dashboard and shows it to the customer', async () => {
  const dashboard = await rest('POST', '/api/dashboard', { title: `Boilers ${suffix}`, configuration: { widgets: {} } })
  const assigned = await rest('POST', `/api/customer/${customer.id.id}/dashboard/${dashboard.id.id}`)
  assert.equal(assigned.assignedCustomers[0].title, customer.title)
})

const socket = new WebSocket(`${base.replace('http', 'ws')}/api/ws`)
const message = listenTo(socket)
await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))

await step('posts telemetry and attributes', async () => {
  await rest('POST', `/api/plugins/telemetry/DEVICE/${device.id.id}/timeseries/ANY`, { temperature: 61, on: true })
  await rest('POST', `/api/plugins/telemetry/DEVICE/${device.id.id}/SERVER_SCOPE`, { site: 'north' })
  const latest = await rest('GET', `/api/plugins/telemetry/DEVICE/${device.id.id}/values/timeseries?keys=temperature`)
  assert.equal(latest.temperature[0].value, '61')
})
await step('queries entities by type, attribute and value', async () => {
  const page = await rest('POST', '/api/entitiesQuery/find', {
    entityFilter: { type: 'deviceType', deviceTypes: ['boiler'], deviceNameFilter: 'Boiler' },
    keyFilters: [
      {
        key: { type: 'TIME_SERIES', key: 'temperature' },
        valueType: 'NUMERIC',
        predicate: { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 60, dynamicValue: null } },
      },
      {
        key: { type: 'SERVER_ATTRIBUTE', key: 'site' },
        valueType: 'STRING',
        predicate: { type: 'STRING', operation: 'EQUAL', value: { defaultValue: 'north' }, ignoreCase: false },
      },
      {
        key: { type: 'ENTITY_FIELD', key: 'name' },
        valueType: 'STRING',
        predicate: { type: 'STRING', operation: 'ENDS_WITH', value: { defaultValue: suffix }, ignoreCase: false },
      },
    ],
    entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
    latestValues: [{ type: 'TIME_SERIES', key: 'temperature' }],
    pageLink: { pageSize: 10, page: 0, sortOrder: { key: { type: 'ENTITY_FIELD', key: 'name' }, direction: 'ASC' } },
  })
  assert.equal(page.totalElements, 1)
  assert.equal(page.data[0].latest.ENTITY_FIELD.name.value, device.name)
  assert.equal(page.data[0].latest.TIME_SERIES.temperature.value, '61')
})
await step('subscribes over the web socket and gets an update that the device sends', async () => {
  const keys = [{ type: 'TIME_SERIES', key: 'temperature' }]
  socket.send(
    JSON.stringify({
      authCmd: { cmdId: 0, token },
      cmds: [
        {
          type: 'ENTITY_DATA',
          cmdId: 1,
          query: {
            entityFilter: { type: 'singleEntity', singleEntity: device.id },
            pageLink: { pageSize: 1, page: 0, textSearch: null, dynamic: false },
            entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
            latestValues: keys,
          },
          latestCmd: { keys },
        },
      ],
    }),
  )
  const first = await message('the page', ({ cmdId, data }) => cmdId === 1 && data)
  assert.equal(first.cmdUpdateType, 'ENTITY_DATA')
  assert.equal(first.data.data[0].latest.TIME_SERIES.temperature.value, '61')
  const sent = await fetch(`${base}/api/v1/token-${suffix}/telemetry`, { method: 'POST', body: '{"temperature":64.5}' })
  assert.equal(sent.status, 200)
  const update = await message('the update', ({ cmdId, update }) => cmdId === 1 && update)
  assert.equal(update.update[0].latest.TIME_SERIES.temperature.value, '64.5')
  assert.equal(update.data, null)
})
await step('raises an alarm, sees it live, acknowledges and clears it', async () => {
  socket.send(
    JSON.stringify({
      cmds: [{ type: 'ALARM_STATUS', cmdId: 2, originatorId: device.id, typeList: ['Overheated'], severityList: [] }],
    }),
  )
  await message('no alarm yet', ({ cmdId, active }) => cmdId === 2 && active === false)
  const alarm = await rest('POST', '/api/alarm', { originator: device.id, type: 'Overheated', severity: 'CRITICAL' })
  await message('the alarm', ({ cmdId, active }) => cmdId === 2 && active === true)
  assert.equal((await rest('POST', `/api/alarm/${alarm.id.id}/ack`)).status, 'ACTIVE_ACK')
  const page = await rest('GET', `/api/alarm/DEVICE/${device.id.id}?pageSize=10&page=0&searchStatus=ACK`)
  assert.equal(page.data[0].originatorName, device.name)
  assert.equal((await rest('POST', `/api/alarm/${alarm.id.id}/clear`)).status, 'CLEARED_ACK')
  await message('no alarm any more', ({ cmdId, active }) => cmdId === 2 && active === false)
})
await step('calls the device and gets its answer', async () => {
  const polled = fetch(`${base}/api/v1/token-${suffix}/rpc?timeout=10000`).then((response) => response.json())
  const answer = rest('POST', `/api/rpc/twoway/${device.id.id}`, {
    method: 'setPoint',
    params: { value: 55 },
    timeout: 9000,
  })
  const command = await polled
  assert.deepEqual([command.method, command.params], ['setPoint', { value: 55 }])
  await fetch(`${base}/api/v1/token-${suffix}/rpc/${command.id}`, { method: 'POST', body: '{"accepted":true}' })
  assert.deepEqual(await answer, { accepted: true })
})
await step('finds what it did in the audit log', async () => {
  const page = await rest('GET', `/api/audit/logs/entity/DEVICE/${device.id.id}?pageSize=50&page=0`)
  const actions = page.data.map(({ actionType }) => actionType)
  for (const action of ['ADDED', 'ASSIGNED_TO_CUSTOMER', 'RPC_CALL']) assert.ok(actions.includes(action), action)
})
await step('cleans up', async () => {
  await rest('DELETE', `/api/device/${device.id.id}`)
  await rest('DELETE', `/api/asset/${asset.id.id}`)
  await rest('DELETE', `/api/customer/${customer.id.id}`)
  const gone = await fetch(`${base}/api/device/${device.id.id}`, { headers: { 'X-Authorization': `Bearer ${token}` } })
  assert.equal(gone.status, 404)
})
socket.close()
