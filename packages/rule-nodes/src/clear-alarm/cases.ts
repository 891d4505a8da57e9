import { alarmId, givenAlarm } from '../harness/alarms.ts'
import type { NodeCase } from '../node-case.ts'

const id = alarmId(900)
const alarm = { entityType: 'ALARM' as const, id }
const alarmOrigin = { originator: alarm }

export const cases: NodeCase[] = [
  {
    title: 'clears the active alarm of originator and type, and tells the rule engine of it first',
    alarms: [{}],
    leaves: [
      {
        by: 'Cleared',
        type: 'ALARM',
        metadata: { deviceName: 'Thermometer', isClearedAlarm: 'true' },
        data: JSON.stringify(givenAlarm({ cleared: true, clearTs: 1_000 })),
      },
    ],
    cleared: [{ alarmId: id, clearTs: 1_000, details: {} }],
    enqueued: [
      {
        type: 'ALARM_CLEAR',
        originator: givenAlarm().originator,
        metadata: { ruleNodeId: 'node-1' },
        data: JSON.stringify(givenAlarm({ cleared: true, clearTs: 1_000 })),
      },
    ],
  },
  {
    title: 'an acknowledged alarm keeps that mark',
    alarms: [{ acknowledged: true }],
    leaves: [{ by: 'Cleared' }],
    cleared: [{ alarmId: id, clearTs: 1_000 }],
    enqueued: [{ data: JSON.stringify(givenAlarm({ acknowledged: true, cleared: true, clearTs: 1_000 })) }],
  },
  {
    title: 'passes a message on unchanged when no alarm is active',
    messages: [{ data: '{"a":1}' }],
    leaves: [{ by: 'False', type: 'POST_TELEMETRY_REQUEST', data: '{"a":1}' }],
  },
  {
    title: 'an alarm of another type or originator, or one that was cleared before, is none',
    alarms: [
      { type: 'Other', id: { entityType: 'ALARM', id: alarmId(901) } },
      { originator: { entityType: 'ASSET', id: '66666666-6666-4666-8666-666666666666' } },
      { cleared: true, id: { entityType: 'ALARM', id: alarmId(902) } },
    ],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'with an alarm as originator clears that alarm, whatever its type',
    alarms: [{ type: 'Other' }],
    messages: [alarmOrigin],
    leaves: [{ by: 'Cleared' }],
    cleared: [{ alarmId: id, clearTs: 1_000 }],
    enqueued: [{ type: 'ALARM_CLEAR', originator: givenAlarm().originator }],
  },
  {
    title: 'with an alarm as originator that is cleared or gone does nothing',
    alarms: [{ cleared: true }],
    messages: [alarmOrigin, { originator: { entityType: 'ALARM', id: alarmId(999) } }],
    leaves: [{ by: 'False' }, { by: 'False' }],
  },
  {
    title: 'makes the details by its script from those that the alarm has',
    config: {
      scriptLang: 'TBEL',
      alarmDetailsBuildTbel: 'var d = JSON.parse(metadata.prevAlarmDetails); d.clearedAt = msg.temperature; return d;',
    },
    alarms: [{ details: { since: 1 } }],
    leaves: [{ by: 'Cleared' }],
    cleared: [{ alarmId: id, clearTs: 1_000, details: { since: 1, clearedAt: 21.5 } }],
    enqueued: [{}],
  },
  {
    title: 'names the alarm by a template',
    config: { alarmType: '$[kind] of ${deviceName}' },
    alarms: [{ type: 'Leak of Valve' }],
    messages: [{ data: '{"kind":"Leak"}', metadata: { deviceName: 'Valve' } }],
    leaves: [{ by: 'Cleared' }],
    cleared: [{ alarmId: id, clearTs: 1_000 }],
    enqueued: [{}],
  },
  {
    title: 'of several messages of one batch the first clears; where its script fails the next one does',
    config: { scriptLang: 'JS', alarmDetailsBuildJs: 'if (msg.bad) throw new Error("bad"); return msg;' },
    alarms: [{}],
    messages: [{ data: '{"bad":true}' }, { data: '{"n":2}' }, { data: '{"n":3}' }],
    leaves: [{ by: 'Failure', error: 'Error: bad' }, { by: 'Cleared' }, { by: 'False', data: '{"n":3}' }],
    outcomes: ['dead-lettered', 'finished', 'finished'],
    cleared: [{ alarmId: id, clearTs: 1_000, details: { n: 2 } }],
    enqueued: [{}],
  },
  {
    title: 'fails a template over data that is no JSON',
    alarms: [{}],
    messages: [{ data: 'x' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start with a blank script',
    config: { alarmDetailsBuildTbel: ' ' },
    leaves: [],
    refuses: 'TBEL script is blank!',
  },
]
