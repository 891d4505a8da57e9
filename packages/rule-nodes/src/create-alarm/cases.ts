import { alarmId, givenAlarm } from '../harness/alarms.ts'
import type { NodeCase } from '../node-case.ts'

const alarmData = (change: Record<string, unknown>) => JSON.stringify({ type: 'Smoke', severity: 'MINOR', ...change })
const dead = { entityType: 'DEVICE' as const, id: '99999999-9999-4999-8999-99999999dead' }
const asset = { entityType: 'ASSET' as const, id: '66666666-6666-4666-8666-666666666666' }

export const cases: NodeCase[] = [
  {
    title: 'makes an active alarm that begins when the values were taken, and tells the rule engine of it first',
    messages: [{ metadata: { ts: '700' } }],
    leaves: [{ by: 'Created', type: 'ALARM', metadata: { ts: '700', isNewAlarm: 'true' } }],
    raised: [{ type: 'General Alarm', severity: 'CRITICAL', startTs: 700, endTs: 700, details: {}, propagate: false }],
    enqueued: [
      {
        type: 'ENTITY_CREATED',
        originator: givenAlarm().originator,
        metadata: { ruleNodeId: 'node-1' },
        ruleChainId: null,
        data: JSON.stringify(
          givenAlarm({
            id: { entityType: 'ALARM', id: alarmId(1) },
            createdTime: 1_000,
            severity: 'CRITICAL',
            startTs: 700,
            endTs: 700,
          }),
        ),
      },
    ],
  },
  {
    title: 'goes on with the alarm as data and keeps the other metadata',
    leaves: [{ by: 'Created', metadata: { deviceName: 'Thermometer', isNewAlarm: 'true' } }],
    raised: [{}],
    enqueued: [{}],
  },
  {
    title: 'updates the active alarm: severity, details, propagation and end change, the start does not',
    alarms: [{ details: { count: 1 } }],
    config: {
      severity: 'WARNING',
      scriptLang: 'JS',
      alarmDetailsBuildJs: 'return { count: JSON.parse(metadata.prevAlarmDetails).count + 1, t: msg.temperature };',
      propagate: true,
      propagateToOwner: true,
      propagateToTenant: true,
      relationTypes: ['Contains'],
    },
    leaves: [
      {
        by: 'Updated',
        type: 'ALARM',
        metadata: { isExistingAlarm: 'true' },
        data: JSON.stringify({
          ...givenAlarm(),
          severity: 'WARNING',
          endTs: 1_000,
          details: { count: 2, t: 21.5 },
          propagate: true,
          propagateToOwner: true,
          propagateToTenant: true,
          propagateRelationTypes: ['Contains'],
        }),
      },
    ],
    raised: [{ severity: 'WARNING', details: { count: 2, t: 21.5 }, propagateRelationTypes: ['Contains'] }],
    enqueued: [{ type: 'ENTITY_UPDATED', metadata: { ruleNodeId: 'node-1' } }],
  },
  {
    title: 'a severity that changes takes Updated like any other change',
    alarms: [{ severity: 'MINOR' }],
    leaves: [{ by: 'Updated', metadata: { isExistingAlarm: 'true' } }],
    raised: [{ severity: 'CRITICAL' }],
    enqueued: [{ type: 'ENTITY_UPDATED' }],
  },
  {
    title: 'leaves a cleared alarm alone and makes a new one',
    alarms: [{ cleared: true, details: { old: true } }],
    leaves: [{ by: 'Created' }],
    raised: [{ details: {} }],
    enqueued: [{ type: 'ENTITY_CREATED' }],
  },
  {
    title: 'keeps the details of the active alarm with its standard scripts, in both languages',
    alarms: [{ details: { kept: [1, 'x'] } }],
    leaves: [{ by: 'Updated' }],
    raised: [{ details: { kept: [1, 'x'] } }],
    enqueued: [{}],
  },
  {
    title: 'keeps them in JavaScript, too, which is the language when none is named',
    config: { scriptLang: null },
    alarms: [{ details: { kept: [1, 'x'] } }],
    leaves: [{ by: 'Updated' }],
    raised: [{ details: { kept: [1, 'x'] } }],
    enqueued: [{}],
  },
  {
    title: 'takes messages of one batch one after the other: each sees what the one before has made',
    config: {
      scriptLang: 'JS',
      alarmDetailsBuildJs:
        'var old = metadata.prevAlarmDetails ? JSON.parse(metadata.prevAlarmDetails).n : 0; return { n: old + msg.add };',
    },
    messages: [{ data: '{"add":1}' }, { originator: asset, data: '{"add":50}' }, { data: '{"add":10}' }],
    leaves: [{ by: 'Created' }, { by: 'Created' }, { by: 'Updated', metadata: { isExistingAlarm: 'true' } }],
    raised: [{ details: { n: 1 } }, { originator: asset, details: { n: 50 } }, { details: { n: 11 } }],
    enqueued: [{ type: 'ENTITY_CREATED' }, { type: 'ENTITY_CREATED' }, { type: 'ENTITY_UPDATED' }],
  },
  {
    title: 'names the alarm by a template',
    config: { alarmType: '${deviceName} $[sensor.kind]' },
    messages: [{ data: '{"sensor":{"kind":"leak"}}', metadata: { deviceName: 'Valve' } }],
    leaves: [{ by: 'Created' }],
    raised: [{ type: 'Valve leak' }],
    enqueued: [{}],
  },
  {
    title: 'takes a dynamic severity from the message and fails when it is none',
    config: { dynamicSeverity: true, severity: '$[level]' },
    messages: [{ data: '{"level":"MINOR"}' }, { data: '{"level":"minor"}' }, { data: '{}' }],
    leaves: [
      { by: 'Created' },
      { by: 'Failure', error: 'Used incorrect pattern or Alarm Severity not included in message' },
      { by: 'Failure', error: 'Used incorrect pattern or Alarm Severity not included in message' },
    ],
    outcomes: ['finished', 'dead-lettered', 'dead-lettered'],
    raised: [{ severity: 'MINOR' }],
    enqueued: [{}],
  },
  {
    title: 'a dynamic severity comes from the metadata, too',
    config: { dynamicSeverity: true, severity: '${level}' },
    messages: [{ metadata: { level: 'INDETERMINATE' } }],
    leaves: [{ by: 'Created' }],
    raised: [{ severity: 'INDETERMINATE' }],
    enqueued: [{}],
  },
  {
    title: 'uses the alarm of the message as it is when none is active, without the script',
    config: { useMessageAlarmData: true, overwriteAlarmDetails: true, alarmDetailsBuildTbel: 'return {script: true};' },
    messages: [
      {
        data: alarmData({
          startTs: 300,
          endTs: 400,
          details: { own: 1 },
          propagateToTenant: true,
          propagateRelationTypes: ['Contains'],
        }),
      },
    ],
    leaves: [{ by: 'Created' }],
    raised: [
      {
        ...{ type: 'Smoke', severity: 'MINOR', startTs: 300, endTs: 400, details: { own: 1 } },
        ...{ propagateToTenant: true, propagateRelationTypes: ['Contains'], originator: givenAlarm().originator },
      },
    ],
    enqueued: [{}],
  },
  {
    title: 'an alarm of the message without times begins now, and may have an originator of its own',
    config: { useMessageAlarmData: true },
    messages: [{ data: alarmData({ originator: asset }) }],
    leaves: [{ by: 'Created' }],
    raised: [{ originator: asset, startTs: 1_000, endTs: 1_000, details: null }],
    enqueued: [{ originator: asset }],
  },
  {
    title: 'with an alarm of the message the details of an active one are those of the message',
    config: { useMessageAlarmData: true, overwriteAlarmDetails: false },
    alarms: [{ type: 'Smoke', details: { old: 1 } }],
    messages: [{ data: alarmData({ details: { own: 1 } }) }],
    leaves: [{ by: 'Updated' }],
    raised: [{ details: { own: 1 }, severity: 'MINOR' }],
    enqueued: [{}],
  },
  {
    title: 'or those of the script, which is what a missing setting means',
    config: {
      useMessageAlarmData: true,
      overwriteAlarmDetails: undefined,
      scriptLang: 'JS',
      alarmDetailsBuildJs: 'return { old: JSON.parse(metadata.prevAlarmDetails).old };',
    },
    alarms: [{ type: 'Smoke', details: { old: 1 } }],
    messages: [{ data: alarmData({ details: { own: 1 } }) }],
    leaves: [{ by: 'Updated' }],
    raised: [{ details: { old: 1 } }],
    enqueued: [{}],
  },
  {
    title: 'fails data that is no alarm and says why',
    config: { useMessageAlarmData: true },
    messages: [
      { data: 'x' },
      { data: '{"severity":"MINOR"}' },
      { data: alarmData({ severity: 'HIGH' }) },
      { data: 'null' },
    ],
    leaves: [
      { by: 'Failure', error: 'The data of the message is no alarm: it is not JSON' },
      { by: 'Failure', error: 'The data of the message is no alarm: type: it is missing' },
      { by: 'Failure', error: 'The data of the message is no alarm: severity: it is none of the severities' },
      { by: 'Failure', error: 'The data of the message is no alarm: Invalid input: expected object, received null' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
  {
    title: 'stores nothing when the script fails',
    config: { scriptLang: 'JS', alarmDetailsBuildJs: 'throw new Error("no details")' },
    messages: [{}],
    leaves: [{ by: 'Failure', error: 'Error: no details' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails a template over data that is no JSON, and an originator that the tenant does not have',
    messages: [{ data: 'x' }, { originator: dead }],
    leaves: [
      { by: 'Failure', error: 'Failed to process pattern!' },
      { by: 'Failure', error: `The tenant has no DEVICE with id ${dead.id}` },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'does not start with a severity that is none',
    config: { severity: 'HIGH' },
    leaves: [],
    refuses: 'Incorrect Alarm Severity value: HIGH',
  },
  {
    title: 'does not start without a script in the language of its configuration',
    config: { scriptLang: 'JS', alarmDetailsBuildJs: null },
    leaves: [],
    refuses: 'JS script is blank!',
  },
]
