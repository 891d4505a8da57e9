import { messageTypeLabels } from '@thingwire/contracts'
import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'sends telemetry, attributes and everything it has no connection for three ways',
    messages: [
      { type: 'POST_TELEMETRY_REQUEST' },
      { type: 'POST_ATTRIBUTES_REQUEST' },
      { type: 'MY_OWN_TYPE' },
      { type: 'ALARM_DELETE' },
    ],
    leaves: [{ by: 'Post telemetry' }, { by: 'Post attributes' }, { by: 'Other' }, { by: 'Other' }],
  },
  {
    title: 'is not fooled by a type that names a member of every object',
    messages: [{ type: 'constructor' }, { type: '__proto__' }],
    leaves: [{ by: 'Other' }, { by: 'Other' }],
  },
  ...Object.entries(messageTypeLabels).map(([type, label]) => ({
    title: `sends ${type} along ${label ?? 'Other'}`,
    messages: [{ type }],
    leaves: [{ by: label ?? 'Other' }],
  })),
]
