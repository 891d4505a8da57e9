import type { RuleChainFile, RuleNode } from '@thingwire/contracts'
import { log } from '../log/manifest.ts'
import { messageTypeFilter } from '../message-type-filter/manifest.ts'
import { bothLanguages, chainFile, node } from './template.ts'

const device = { deviceName: 'Hall 1', deviceType: 'thermometer' }
const types = ['POST_TELEMETRY_REQUEST', 'POST_ATTRIBUTES_REQUEST']

/** Telemetry and attributes go to another system by one node; what it does not take is written to the log. */
export const forwardingChain = (p: {
  name: string
  description: string
  target: string
  sender: RuleNode
  /** What the system is called in effects. */
  system: string
}): RuleChainFile =>
  chainFile({
    name: p.name,
    description: p.description,
    note: [
      `Telemetry and attributes go to **${p.target}**.`,
      '',
      'Put a *rule chain* node behind *save time series* in your root chain and choose this chain there. *Failure* has a way of its own: what could not be sent is logged, and is no dead letter.',
    ].join('\n'),
    nodes: [
      node(messageTypeFilter, 'Values only', [0, 0], { messageTypes: types }),
      p.sender,
      node(log, 'Note what failed', [2, 1], bothLanguages("return 'Not sent: ' + JSON.stringify(metadata);")),
    ],
    wires: [
      ['Values only', 'True', p.sender.name],
      [p.sender.name, 'Failure', 'Note what failed'],
    ],
    tests: [
      {
        name: 'telemetry is sent',
        message: { data: { temperature: 21 }, metadata: device },
        expect: {
          messages: [{ node: p.sender.name, connection: 'Success' }],
          effects: [{ kind: 'external', system: p.system, node: p.sender.name }],
        },
      },
      {
        name: 'what cannot be sent is noted, and does not fail',
        message: { data: { temperature: 21 }, metadata: device },
        given: { externalAnswers: { [p.sender.name]: { error: 'nobody there' } } },
        expect: { messages: [{ node: 'Note what failed', connection: 'Success' }] },
      },
      {
        name: 'an alarm is not sent',
        message: { type: 'ALARM', data: {} },
        expect: { connections: [{ node: 'Values only', connection: 'False' }], effects: [] },
      },
    ],
  })
