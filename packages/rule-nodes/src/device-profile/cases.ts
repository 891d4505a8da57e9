import type { Alarm } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import { givenAlarm } from '../harness/alarms.ts'
import type { NodeCase } from '../node-case.ts'

type Value = { defaultValue?: unknown; dynamicValue?: Record<string, unknown> }
const above = (key: string, value: Value | number, operation = 'GREATER', type = 'TIME_SERIES') => ({
  key: { type, key },
  valueType: 'NUMERIC',
  predicate: {
    type: 'NUMERIC',
    operation,
    value: typeof value === 'number' ? { defaultValue: value } : value,
  },
})
const rule = (filters: unknown[], rest: { spec?: unknown; [member: string]: unknown } = {}) => {
  const { spec = { type: 'SIMPLE' }, ...others } = rest
  return { condition: { condition: filters, spec }, schedule: null, alarmDetails: null, ...others }
}
const hot = (createRules: Record<string, unknown>, rest: Record<string, unknown> = {}) => ({
  ...{ id: 'hot', alarmType: 'Hot', createRules, clearRule: null, propagate: false, propagateRelationTypes: null },
  ...rest,
})
const above30 = rule([above('t', 30)])
const below20 = rule([above('t', 20, 'LESS')])
const t = (value: number, ts = 1_000) => ({ data: JSON.stringify({ t: value }), metadata: { ts: String(ts) } })
const active = (change: Partial<Alarm> = {}): Partial<Alarm> => ({ type: 'Hot', severity: 'MAJOR', ...change })
const repeating = (count: Value | number) => ({
  type: 'REPEATING',
  predicate: typeof count === 'number' ? { defaultValue: count } : count,
})
const lasting = (seconds: Value | number) => ({
  ...{ type: 'DURATION', unit: 'SECONDS' },
  predicate: typeof seconds === 'number' ? { defaultValue: seconds } : seconds,
})
const ofDevice = (key: string, defaultValue: number | null = null, inherit = false): Value => ({
  defaultValue,
  dynamicValue: { sourceType: 'CURRENT_DEVICE', sourceAttribute: key, inherit },
})
const server = 'SERVER_SCOPE' as const
const long = (key: string, value: number) => ({ key, type: 'LONG' as const, value })
const customer = { entityType: 'CUSTOMER' as const, id: '66666666-6666-4666-8666-666666666666' }
const pass = { by: 'Success' }
const made = { by: 'Alarm Created', type: 'ALARM' }

export const cases: NodeCase[] = [
  {
    title: 'passes messages of every type on unchanged when the profile has no rules',
    alarmRules: [],
    messages: [
      { type: 'POST_TELEMETRY_REQUEST' },
      { type: 'ENTITY_UPDATED', data: '{"name":"x"}' },
      { type: 'custom' },
    ],
    leaves: [pass, { by: 'Success', data: '{"name":"x"}' }, pass],
  },
  {
    title: 'raises an alarm when a condition holds, and passes the message on besides',
    alarmRules: [hot({ MAJOR: above30 }, { propagate: true, propagateRelationTypes: ['Contains'] })],
    messages: [t(31, 700), t(30)],
    leaves: [
      { by: 'Success', type: 'POST_TELEMETRY_REQUEST', data: '{"t":31}' },
      { by: 'Success', data: '{"t":30}' },
    ],
    branches: [{ by: 'Alarm Created', type: 'ALARM', metadata: { isNewAlarm: 'true', ts: '700' } }],
    raised: [
      {
        ...{ type: 'Hot', severity: 'MAJOR', startTs: 700, endTs: 700, details: {}, propagate: true },
        propagateRelationTypes: ['Contains'],
      },
    ],
  },
  {
    title: 'the most severe rule that holds decides; the alarm rises and does not fall',
    alarmRules: [hot({ MINOR: above30, CRITICAL: rule([above('t', 50)]) })],
    messages: [t(31), t(51), t(31), t(52)],
    leaves: [pass, pass, pass, pass],
    branches: [
      made,
      { by: 'Alarm Severity Updated', metadata: { isExistingAlarm: 'true', isSeverityUpdated: 'true' } },
      { by: 'Alarm Updated', metadata: { isExistingAlarm: 'true' } },
    ],
    raised: [{ severity: 'MINOR' }, { severity: 'CRITICAL' }, { severity: 'CRITICAL' }],
  },
  {
    title: 'clears the alarm by its clear rule when no other rule holds, and raises a new one afterwards',
    alarmRules: [hot({ MAJOR: above30 }, { clearRule: below20 })],
    messages: [t(19), t(31), t(25), t(19), t(31)],
    leaves: [pass, pass, pass, pass, pass],
    branches: [made, { by: 'Alarm Cleared', metadata: { isClearedAlarm: 'true' } }, made],
    raised: [{}, {}],
    cleared: [{ alarmId: '88888888-8888-4888-8888-000000000001', clearTs: 1_000, details: {} }],
  },
  {
    title: 'finds an alarm that was active before',
    alarmRules: [hot({ MAJOR: above30 }, { clearRule: below20 })],
    alarms: [active({ details: { note: 1 } })],
    messages: [t(19)],
    leaves: [pass],
    branches: [{ by: 'Alarm Cleared' }],
    cleared: [{ alarmId: givenAlarm().id.id, clearTs: 1_000, details: { note: 1 } }],
  },
  {
    title: 'evaluates only rules that look at what is new',
    alarmRules: [hot({ MAJOR: rule([above('t', 30), above('limit', 1, 'GREATER', 'ATTRIBUTE')]) })],
    attributes: [{ scope: server, entries: [long('limit', 5)] }],
    latest: [{ entries: [{ ...long('t', 40), ts: 500 }] }],
    messages: [{ data: '{"other":99}' }],
    leaves: [pass],
  },
  {
    title: 'reads values that a message does not bring; in attributes the server says more than the device',
    alarmRules: [hot({ MAJOR: rule([above('t', 30), above('limit', 4, 'GREATER', 'ATTRIBUTE')]) })],
    attributes: [
      { scope: server, entries: [long('limit', 5)] },
      { scope: 'CLIENT_SCOPE', entries: [long('limit', 1)] },
    ],
    messages: [t(31)],
    leaves: [pass],
    branches: [made],
    raised: [{}],
  },
  {
    title: 'puts together values that come in messages of their own, whether or not anybody stores them',
    alarmRules: [hot({ MAJOR: rule([above('t', 30), above('load', 50)]) })],
    messages: [t(31), { data: '{"load":60}' }],
    leaves: [pass, pass],
    branches: [made],
    raised: [{}],
  },
  {
    title: 'takes values of one message in the order of their times',
    alarmRules: [hot({ MAJOR: above30 }, { clearRule: below20 })],
    messages: [{ data: '[{"ts":900,"values":{"t":10}},{"ts":800,"values":{"t":40}}]' }],
    leaves: [pass],
    branches: [made, { by: 'Alarm Cleared' }],
    raised: [{ startTs: 800 }],
    cleared: [{ alarmId: '88888888-8888-4888-8888-000000000001', clearTs: 1_000 }],
  },
  {
    title: 'an alarm of values from the future begins now',
    alarmRules: [hot({ MAJOR: above30 })],
    messages: [t(31, 5_000)],
    leaves: [pass],
    branches: [made],
    raised: [{ startTs: 1_000 }],
  },
  {
    title: 'counts how often a condition holds in a row',
    alarmRules: [hot({ MAJOR: rule([above('t', 30)], { spec: repeating(3) }) })],
    messages: [t(31), t(31), t(20), t(31), t(31), t(31)],
    leaves: [pass, pass, pass, pass, pass, pass],
    branches: [{ by: 'Alarm Created', metadata: { isNewAlarm: 'true', alarmConditionRepeats: '3' } }],
    raised: [{}],
  },
  {
    title: 'a duration is that between values, and must be exceeded',
    alarmRules: [hot({ MAJOR: rule([above('t', 30)], { spec: lasting(2) }) })],
    messages: [t(31, 100_000), t(32, 102_000), t(33, 102_001)],
    leaves: [pass, pass, pass],
    branches: [{ by: 'Alarm Created', metadata: { isNewAlarm: 'true', alarmConditionDuration: '2001' } }],
    raised: [{}],
  },
  {
    title: 'a value that does not fit begins the duration anew',
    alarmRules: [hot({ MAJOR: rule([above('t', 30)], { spec: lasting(2) }) })],
    messages: [t(31, 100_000), t(20, 101_000), t(33, 102_001), t(33, 104_000)],
    leaves: [pass, pass, pass, pass],
  },
  {
    title: 'how often and how long may be said by attributes of the device; without one the default counts',
    alarmRules: [
      hot({ MAJOR: rule([above('t', 30)], { spec: repeating(ofDevice('times', 1)) }) }),
      hot({ MAJOR: rule([above('t', 30)], { spec: repeating(ofDevice('missing', 1)) }) }, { id: 'b', alarmType: 'B' }),
    ],
    attributes: [{ scope: server, entries: [long('times', 2)] }],
    messages: [t(31), t(31)],
    leaves: [pass, pass],
    branches: [made, made, { by: 'Alarm Updated' }],
    raised: [{ type: 'B' }, { type: 'B' }, { type: 'Hot' }],
  },
  {
    title: 'fails a message of which a number of repetitions is no number, and says which',
    alarmRules: [hot({ MAJOR: rule([above('t', 30)], { spec: repeating(ofDevice('times', 1)) }) })],
    attributes: [{ scope: server, entries: [{ key: 'times', type: 'STRING', value: 'often' }] }],
    messages: [t(31)],
    leaves: [
      { by: 'Failure', error: 'The number of repetitions of an alarm rule is no number: attribute times is "often"' },
    ],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'a limit comes from the device, else from its customer, else from the tenant',
    alarmRules: [hot({ MAJOR: rule([above('t', ofDevice('max', 100, true))]) })],
    ruled: { customerId: customer.id },
    attributes: [
      { scope: server, entityId: customer, entries: [long('max', 40)] },
      { scope: server, entityId: { entityType: 'TENANT', id: testIds.tenant }, entries: [long('max', 20)] },
    ],
    messages: [t(30), t(41)],
    leaves: [pass, pass],
    branches: [made],
    raised: [{}],
  },
  {
    title: 'a device without a customer goes straight to the tenant, and a limit that nobody has is the default',
    alarmRules: [
      hot({ MAJOR: rule([above('t', ofDevice('max', 100, true))]) }),
      hot({ MAJOR: rule([above('t', ofDevice('none', 35, true))]) }, { id: 'b', alarmType: 'B' }),
      hot({ MAJOR: rule([above('t', ofDevice('max', 35, false))]) }, { id: 'c', alarmType: 'C' }),
    ],
    attributes: [{ scope: server, entityId: { entityType: 'TENANT', id: testIds.tenant }, entries: [long('max', 20)] }],
    messages: [t(30)],
    leaves: [pass],
    branches: [made],
    raised: [{ type: 'Hot' }],
  },
  {
    title: 'compares a constant with an attribute; without one nothing is known, whatever the default',
    alarmRules: [
      hot({ MAJOR: rule([above('t', 0), { ...above('', ofDevice('max', 1), 'GREATER', 'CONSTANT'), value: 50 }]) }),
      hot(
        { MAJOR: rule([above('t', 0), { ...above('', ofDevice('none', 1), 'GREATER', 'CONSTANT'), value: 50 }]) },
        { id: 'b', alarmType: 'B' },
      ),
    ],
    attributes: [{ scope: server, entries: [long('max', 40)] }],
    messages: [t(1)],
    leaves: [pass],
    branches: [made],
    raised: [{ type: 'Hot' }],
  },
  {
    title: 'evaluates attributes as they are posted, changed and deleted',
    alarmRules: [
      hot(
        { MAJOR: rule([above('mode', 1, 'GREATER', 'ATTRIBUTE')]) },
        { clearRule: rule([above('mode', 1, 'LESS_OR_EQUAL', 'ATTRIBUTE')]) },
      ),
    ],
    messages: [
      { type: 'POST_ATTRIBUTES_REQUEST', data: '{"mode":2}' },
      { type: 'ATTRIBUTES_UPDATED', data: '{"mode":1}', metadata: { scope: server } },
      { type: 'ATTRIBUTES_DELETED', data: '{"attributes":["mode"]}', metadata: { scope: server } },
    ],
    leaves: [pass, pass, pass],
    branches: [made, { by: 'Alarm Cleared' }],
    raised: [{}],
    cleared: [{ alarmId: '88888888-8888-4888-8888-000000000001', clearTs: 1_000 }],
  },
  {
    title: 'evaluates series that were saved by REST, and what the platform says of a device',
    alarmRules: [
      hot({ MAJOR: above30 }),
      hot({ MAJOR: rule([above('active', 1, 'LESS', 'ATTRIBUTE')]) }, { id: 'b', alarmType: 'Silent' }),
    ],
    messages: [
      { type: 'TIMESERIES_UPDATED', data: '{"timeseries":[{"ts":900,"values":{"t":40}}]}' },
      { type: 'INACTIVITY_EVENT', data: '{"active":false}', metadata: { scope: server } },
    ],
    leaves: [pass, pass],
    branches: [made, made],
    raised: [{ type: 'Hot', startTs: 900 }, { type: 'Silent' }],
  },
  {
    title: 'writes the details by a template of the rule, with the dashboard',
    alarmRules: [
      hot({
        MAJOR: rule([above('t', 30)], {
          alarmDetails: 'At ${t} degrees, ${other}',
          dashboardId: { entityType: 'DASHBOARD', id: customer.id },
        }),
      }),
    ],
    messages: [{ data: '{"t":31.0,"other":1}' }],
    leaves: [pass],
    branches: [made],
    raised: [{ details: { data: 'At 31.0 degrees, ${other}', dashboardId: customer.id } }],
  },
  {
    title: 'rules outside their schedule do not hold',
    alarmRules: [
      hot({
        MAJOR: rule([above('t', 30)], {
          schedule: { type: 'SPECIFIC_TIME', timezone: 'UTC', daysOfWeek: [4], startsOn: 0, endsOn: 1_000 },
        }),
      }),
    ],
    // The first of January 1970 was a Thursday.
    messages: [t(31, 999), t(31, 1_000), t(31, 86_400_500)],
    leaves: [pass, pass, pass],
    branches: [made],
    raised: [{}],
  },
  {
    title: 'an alarm that somebody has cleared begins anew, and so does what its rules count',
    alarmRules: [hot({ MAJOR: rule([above('t', 30)], { spec: repeating(2) }) })],
    messages: [
      t(31),
      {
        type: 'ALARM_CLEAR',
        data: JSON.stringify({ id: { id: '88888888-8888-4888-8888-000000000555' }, type: 'Hot' }),
      },
      t(31),
      t(31),
    ],
    leaves: [pass, pass, pass, pass],
    branches: [made],
    raised: [{}],
  },
  {
    title: 'messages of other entities pass, and those of a device that is gone end',
    alarmRules: [hot({ MAJOR: above30 })],
    messages: [
      { ...t(31), originator: { entityType: 'ASSET', id: customer.id } },
      { ...t(31), originator: { entityType: 'DEVICE', id: '99999999-9999-4999-8999-99999999dead' } },
      { type: 'ENTITY_DELETED', originator: { entityType: 'DEVICE', id: '99999999-9999-4999-8999-99999999dead' } },
    ],
    leaves: [pass, { by: 'Success', type: 'ENTITY_DELETED' }],
  },
  {
    title: 'fails data that has not the form of its type, when there are rules that could look at it',
    alarmRules: [hot({ MAJOR: above30 })],
    messages: [{ data: '[1]' }, { type: 'ATTRIBUTES_DELETED', data: '{}' }],
    leaves: [
      { by: 'Failure', error: 'Unable to parse the body: a list must contain objects only' },
      { by: 'Failure', error: 'The data of the message has not the form that its type says' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'leaves out what is no rule and evaluates the others',
    alarmRules: [{ id: 'x', alarmType: 'X', createRules: { HIGH: above30 } }, hot({ MAJOR: above30 })],
    messages: [t(31)],
    leaves: [pass],
    branches: [made],
    raised: [{ type: 'Hot' }],
    logged: ['Device profile thermometer: Alarm rule 1: createRules: Unrecognized key: "HIGH"'],
  },
]
