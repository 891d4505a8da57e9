import type { KvEntry } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = { entityType: 'DEVICE', id: testIds.device } as const
const key = 'geofencing_node-1'
const yard = { fetchPerimeterInfoFromMessageMetadata: false, polygonsDefinition: '[[0,0],[0,4],[4,4],[4,0]]' }
const once = { ...yard, reportPresenceStatusOnEachMessage: false, minInsideDuration: 0, minOutsideDuration: 0 }
const at = (latitude: number, longitude: number) => ({ data: JSON.stringify({ latitude, longitude }) })
const inside = at(1, 1)
const outside = at(9, 9)
const stateOf = (state: object, name = key): KvEntry => ({ key: name, type: 'STRING', value: JSON.stringify(state) })
const was = (isInside: boolean, stateSwitchTime: number, stayed = false, name = key) => ({
  attributes: [
    { scope: 'SERVER_SCOPE' as const, entries: [stateOf({ inside: isInside, stateSwitchTime, stayed }, name)] },
  ],
})
const kept = (isInside: boolean, stateSwitchTime: number, stayed: boolean, changes: [string, string][]) => ({
  entityId: device,
  scope: 'SERVER_SCOPE' as const,
  entries: [stateOf({ inside: isInside, stateSwitchTime, stayed, changes })],
})

export const cases: NodeCase[] = [
  {
    title: 'the first position inside is Entered',
    config: yard,
    messages: [inside],
    leaves: [{ by: 'Entered', data: '{"latitude":1,"longitude":1}' }],
    attributesSaved: [kept(true, 1_000, false, [['1000 1 1', 'Entered']])],
  },
  {
    title: 'the first position outside is Left',
    config: yard,
    messages: [outside],
    leaves: [{ by: 'Left' }],
    attributesSaved: [kept(false, 1_000, false, [['1000 9 9', 'Left']])],
  },
  {
    title: 'crossing the boundary is Left and Entered, each once',
    config: yard,
    ...was(true, 500),
    messages: [outside, at(8, 8), at(2, 2)],
    leaves: [{ by: 'Left' }, { by: 'Outside' }, { by: 'Entered' }],
    attributesSaved: [
      kept(true, 1_000, false, [
        ['1000 9 9', 'Left'],
        ['1000 2 2', 'Entered'],
      ]),
    ],
  },
  {
    title: 'tells presence by each message when it is asked to, however long it lasts',
    config: { ...yard, minInsideDuration: 10 },
    ...was(true, 999),
    messages: [inside, at(2, 2)],
    leaves: [{ by: 'Inside' }, { by: 'Inside' }],
    attributesSaved: [],
  },
  {
    title: 'tells absence by each message, too',
    config: yard,
    ...was(false, 999, true),
    messages: [outside, at(8, 8)],
    leaves: [{ by: 'Outside' }, { by: 'Outside' }],
    attributesSaved: [],
  },
  {
    title: 'tells once that it stays inside, then passes on',
    config: once,
    ...was(true, 999),
    messages: [inside, at(2, 2)],
    leaves: [{ by: 'Inside' }, { by: 'Success' }],
    attributesSaved: [kept(true, 999, true, [['1000 1 1', 'Inside']])],
  },
  {
    title: 'tells once that it stays outside',
    config: once,
    ...was(false, 999),
    messages: [outside, at(8, 8)],
    leaves: [{ by: 'Outside' }, { by: 'Success' }],
    attributesSaved: [kept(false, 999, true, [['1000 9 9', 'Outside']])],
  },
  {
    title: 'exactly the time is not yet staying',
    config: { ...once, minInsideDuration: 500, minInsideDurationTimeUnit: 'MILLISECONDS' },
    ...was(true, 500),
    messages: [inside],
    leaves: [{ by: 'Success' }],
    attributesSaved: [],
  },
  {
    title: 'longer than the time is',
    config: { ...once, minInsideDuration: 499, minInsideDurationTimeUnit: 'MILLISECONDS' },
    ...was(true, 500),
    messages: [inside],
    leaves: [{ by: 'Inside' }],
    attributesSaved: [kept(true, 500, true, [['1000 1 1', 'Inside']])],
  },
  {
    title: 'has told already that it stays, and passes on',
    config: once,
    ...was(true, 1, true),
    messages: [inside],
    leaves: [{ by: 'Success' }],
    attributesSaved: [],
  },
  {
    title: 'goes on from what ThingsBoard kept under the name of the machine',
    config: yard,
    ...was(true, 500, false, 'machine'),
    messages: [outside],
    leaves: [{ by: 'Left' }],
    attributesSaved: [kept(false, 1_000, false, [['1000 9 9', 'Left']])],
  },
  {
    title: 'its own state goes before that',
    config: yard,
    attributes: [
      {
        scope: 'SERVER_SCOPE',
        entries: [
          stateOf({ inside: true, stateSwitchTime: 500, stayed: false }),
          stateOf({ inside: false, stateSwitchTime: 400, stayed: false }, 'machine'),
        ],
      },
    ],
    messages: [inside],
    leaves: [{ by: 'Inside' }],
    attributesSaved: [],
  },
  {
    title: 'a message that comes again gets the same answer, and changes nothing',
    config: yard,
    attributes: [
      {
        scope: 'SERVER_SCOPE',
        entries: [
          stateOf({
            inside: true,
            stateSwitchTime: 900,
            stayed: false,
            changes: [
              ['1000 1 1', 'Entered'],
              ['1000 9 9', 'Left'],
              ['1000 2 2', 'Entered'],
            ],
          }),
        ],
      },
    ],
    messages: [inside, at(1, 2), outside, at(2, 2)],
    leaves: [{ by: 'Entered' }, { by: 'Inside' }, { by: 'Left' }, { by: 'Entered' }],
    attributesSaved: [],
  },
  {
    title: 'a state that cannot be read is none',
    config: yard,
    attributes: [{ scope: 'SERVER_SCOPE', entries: [{ key, type: 'STRING', value: 'broken' }] }],
    messages: [inside],
    leaves: [{ by: 'Entered' }],
    attributesSaved: [kept(true, 1_000, false, [['1000 1 1', 'Entered']])],
  },
  {
    title: 'a position that is missing fails, and takes no neighbour along',
    config: yard,
    messages: [{ data: '{}', metadata: {} }, inside],
    leaves: [{ by: 'Failure', error: 'The message has no "latitude"' }, { by: 'Entered' }],
    outcomes: ['dead-lettered', 'finished'],
    attributesSaved: [kept(true, 1_000, false, [['1000 1 1', 'Entered']])],
  },
  {
    title: 'a perimeter that is missing fails',
    messages: [inside],
    leaves: [{ by: 'Failure', error: 'Missing perimeter definition!' }],
    outcomes: ['dead-lettered'],
  },
]
