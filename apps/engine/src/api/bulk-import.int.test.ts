import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

type Column = { type: string; key?: string }
const columnsOf = (text: string): Column[] =>
  text.split(' ').map((word) => {
    const [type = '', key] = word.split(':')
    return { type, ...(key !== undefined && { key }) }
  })
const importCsv = (kind: 'device' | 'asset', columns: string, lines: string[], mapping: object = {}) =>
  api.admin.post(`/api/${kind}/bulk_import`, {
    file: lines.join('\n'),
    mapping: { columns: columnsOf(columns), delimiter: ',', update: false, header: true, ...mapping },
  })
const deviceOf = (name: string) => api.db.devices.findByName(api.tenant.scope, name)
const credentialsOf = async (name: string) => {
  const device = await deviceOf(name)
  return device && api.db.credentials.findByDevice(api.tenant.scope, device.id.id)
}

describe('devices', () => {
  test('come with type, label, description, token, attributes and telemetry', async () => {
    api.messages.splice(0)
    const answer = await importCsv(
      'device',
      'NAME TYPE LABEL DESCRIPTION IS_GATEWAY ACCESS_TOKEN SERVER_ATTRIBUTE:floor SHARED_ATTRIBUTE:rate TIMESERIES:t',
      [
        'name,type,label,description,gateway,token,floor,rate,t',
        'Imported 1,boiler,"Hall 1, left",Old one,true,imported-1,3,2.5,21',
        'Imported 2,boiler,,,false,imported-2,ground,true,',
      ],
    )
    expect(answer).toMatchObject({ status: 200, body: { created: 2, updated: 0, errors: 0, errorsList: [] } })
    const device = await deviceOf('Imported 1')
    expect(device).toMatchObject({
      type: 'boiler',
      label: 'Hall 1, left',
      additionalInfo: { description: 'Old one', gateway: true },
    })
    expect(await credentialsOf('Imported 1')).toMatchObject({ credentialsId: 'imported-1' })
    if (!device) throw new Error('not imported')
    const attributes = await api.db.attributes.find(api.tenant.scope, device.id, {})
    expect(attributes).toMatchObject([
      { scope: 'SERVER_SCOPE', key: 'floor', type: 'LONG', value: 3 },
      { scope: 'SHARED_SCOPE', key: 'rate', type: 'DOUBLE', value: 2.5 },
    ])
    expect(await api.db.telemetry.latest(api.tenant.scope, device.id)).toMatchObject([{ key: 't', value: 21 }])
    expect(api.messages.filter(({ message }) => message.type === 'ENTITY_CREATED')).toHaveLength(2)
  })

  test('that exist are changed only when asked, and keep what the file does not say', async () => {
    await importCsv('device', 'NAME LABEL DESCRIPTION', ['Kept,label,text'], { header: false })
    const line = ['Kept,,changed']
    expect((await importCsv('device', 'NAME LABEL DESCRIPTION', line, { header: false })).body).toEqual({
      created: 0,
      updated: 0,
      errors: 1,
      errorsList: ['Line 1: Device with such name already exists!'],
    })
    const updated = await importCsv('device', 'NAME LABEL DESCRIPTION', line, { header: false, update: true })
    expect(updated.body).toMatchObject({ updated: 1, errors: 0 })
    expect(await deviceOf('Kept')).toMatchObject({ label: 'label', additionalInfo: { description: 'changed' } })
  })

  test('whose lines are wrong are reported by line, and the others are made', async () => {
    const answer = await importCsv(
      'device',
      'NAME MQTT_CLIENT_ID MQTT_USER_NAME MQTT_PASSWORD',
      ['n;c;u;p', 'Basic;c1;u1;p1', ';c2;u2;p2', 'No user;;;p3', `"${'x'.repeat(256)}";c4;;`],
      { delimiter: ';' },
    )
    expect(answer.body).toMatchObject({
      created: 1,
      errors: 3,
      errorsList: [
        'Line 3: Name should be specified!',
        'Line 4: User name should be specified with the password!',
        'Line 5: Validation error: name length must be equal or less than 255',
      ],
    })
    expect(await credentialsOf('Basic')).toMatchObject({ credentialsType: 'MQTT_BASIC' })
  })

  test('twice in one file: the second line changes what the first made', async () => {
    const answer = await importCsv('device', 'NAME LABEL', ['Twice,one', 'Twice,two'], { header: false, update: true })
    expect(answer.body).toMatchObject({ created: 1, updated: 1, errors: 0 })
    expect(await deviceOf('Twice')).toMatchObject({ label: 'two' })
  })

  test.each([
    ['LABEL', 'A column with the name should be specified!'],
    ['NAME TIMESERIES', 'A column of type TIMESERIES needs a key!'],
    ['NAME LWM2M_CLIENT_ENDPOINT', "Column type 'LWM2M_CLIENT_ENDPOINT' is not supported!"],
  ])('columns "%s" are refused with "%s"', async (columns, message) => {
    expect(await importCsv('device', columns, ['a,b'])).toMatchObject({ status: 400, body: { message } })
  })

  test('a file that is no CSV is refused', async () => {
    expect((await importCsv('device', 'NAME', ['"open'])).status).toBe(400)
  })

  test('a column may have any key', async () => {
    const answer = await importCsv('device', 'NAME SERVER_ATTRIBUTE:__proto__', ['Odd,1'], { header: false })
    expect(answer.body).toMatchObject({ created: 1, errors: 0 })
  })
})

describe('assets', () => {
  test('come with type, label, description and attributes', async () => {
    const answer = await importCsv('asset', 'NAME TYPE LABEL DESCRIPTION SERVER_ATTRIBUTE:area', [
      'name,type,label,description,area',
      'Building,building,HQ,Tall,1200',
    ])
    expect(answer).toMatchObject({ status: 200, body: { created: 1, updated: 0, errors: 0, errorsList: [] } })
    expect(await api.db.assets.findByName(api.tenant.scope, 'Building')).toMatchObject({
      type: 'building',
      label: 'HQ',
      additionalInfo: { description: 'Tall' },
    })
  })

  test('have no credentials', async () => {
    expect(await importCsv('asset', 'NAME ACCESS_TOKEN', ['a,b'])).toMatchObject({
      status: 400,
      body: { message: 'Assets have no column of type ACCESS_TOKEN!' },
    })
  })
})

test('nobody but the administrator of the tenant imports', async () => {
  const body = { file: 'x', mapping: { columns: [{ type: 'NAME' }] } }
  for (const client of [api.customer, api.systemAdmin])
    expect((await client.post('/api/device/bulk_import', body)).status).toBe(403)
})
