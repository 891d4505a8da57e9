import { type EntityType, entityTypes } from '@thingwire/contracts'
import type { NodeCase } from '../node-case.ts'
import { entityTypeLabel } from './labels.ts'

const id = 'aaaaaaaa-0000-4000-8000-000000000001'
const of = (...types: EntityType[]) => types.map((entityType) => ({ originator: { entityType, id } }))

export const cases: NodeCase[] = [
  {
    title: 'has one connection for each kind of entity',
    messages: of(...entityTypes),
    leaves: entityTypes.map((entityType) => ({ by: entityTypeLabel(entityType) })),
  },
  {
    title: 'names them in small letters',
    messages: of('DEVICE', 'RULE_CHAIN', 'WIDGETS_BUNDLE', 'API_USAGE_STATE', 'OTA_PACKAGE'),
    leaves: [
      { by: 'Device' },
      { by: 'Rule chain' },
      { by: 'Widgets bundle' },
      { by: 'Api usage state' },
      { by: 'Ota package' },
    ],
  },
  { title: 'leaves the prefix of resources out', messages: of('TB_RESOURCE'), leaves: [{ by: 'Resource' }] },
  { title: 'writes Entity View with two capitals', messages: of('ENTITY_VIEW'), leaves: [{ by: 'Entity View' }] },
  { title: 'writes AI in capitals', messages: of('AI_MODEL'), leaves: [{ by: 'AI model' }] },
  {
    title: 'changes nothing of the message',
    messages: [{ ...of('ASSET')[0], type: 'MY_TYPE', data: 'text', metadata: { a: 'b' } }],
    leaves: [{ by: 'Asset', type: 'MY_TYPE', data: 'text', metadata: { a: 'b' } }],
  },
  {
    title: 'does not ask whether the originator still exists',
    entities: [],
    messages: of('CUSTOMER', 'TENANT', 'USER'),
    leaves: [{ by: 'Customer' }, { by: 'Tenant' }, { by: 'User' }],
  },
]
