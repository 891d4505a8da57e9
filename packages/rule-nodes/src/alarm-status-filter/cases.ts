import { alarmId } from '../harness/alarms.ts'
import type { NodeCase } from '../node-case.ts'

const about = (n: number, change: Record<string, unknown> = {}) => ({
  type: 'ALARM',
  data: JSON.stringify({ id: { entityType: 'ALARM', id: alarmId(n) }, ...change }),
})
const id = (n: number) => ({ id: { entityType: 'ALARM' as const, id: alarmId(n) } })

export const cases: NodeCase[] = [
  {
    title: 'lets active alarms pass along True with its standard setting',
    alarms: [id(900), { ...id(901), acknowledged: true }, { ...id(902), cleared: true }],
    messages: [about(900), about(901), about(902)],
    leaves: [{ by: 'True' }, { by: 'True' }, { by: 'False' }],
  },
  {
    title: 'looks at the alarm as it is now, not as the message says',
    config: { alarmStatusList: ['CLEARED_ACK'] },
    alarms: [{ cleared: true, acknowledged: true }],
    messages: [about(900, { status: 'ACTIVE_UNACK', cleared: false })],
    leaves: [{ by: 'True' }],
  },
  {
    title: 'tells apart what is acknowledged',
    config: { alarmStatusList: ['ACTIVE_UNACK', 'CLEARED_UNACK'] },
    alarms: [id(900), { ...id(901), acknowledged: true }, { ...id(902), cleared: true }],
    messages: [about(900), about(901), about(902)],
    leaves: [{ by: 'True' }, { by: 'False' }, { by: 'True' }],
  },
  {
    title: 'with no status in its list takes False',
    config: { alarmStatusList: null },
    alarms: [{}],
    messages: [about(900)],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'leaves the message unchanged, and reads an alarm once for all that are about it',
    alarms: [{}],
    messages: [about(900, { note: 'x' }), about(900)],
    leaves: [{ by: 'True', ...about(900, { note: 'x' }) }, { by: 'True' }],
  },
  {
    title: 'fails an alarm that is gone',
    messages: [about(999)],
    leaves: [{ by: 'Failure', error: `There is no alarm with id ${alarmId(999)}` }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails data that is no alarm and says why',
    alarms: [{}],
    messages: [
      { data: '{"temperature":1}' },
      { data: 'null' },
      { data: 'x' },
      { data: '{"id":{"id":"7"}}' },
      about(900),
    ],
    leaves: [
      {
        by: 'Failure',
        error: 'The data of the message is no alarm: id: it is missing',
      },
      { by: 'Failure', error: 'The data of the message is no alarm: Invalid input: expected object, received null' },
      { by: 'Failure', error: 'The data of the message is no alarm: it is not JSON' },
      { by: 'Failure', error: 'The data of the message is no alarm: id.id: Invalid GUID' },
      { by: 'True' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered', 'dead-lettered', 'finished'],
  },
]
