import { entityId } from '@thingwire/contracts'
import type { NodeCase } from '../node-case.ts'

const id = 'aaaaaaaa-0000-4000-8000-000000000001'
const asset = { originator: entityId('ASSET', id) }
const view = { originator: entityId('ENTITY_VIEW', id) }
const tenant = { originator: entityId('TENANT', id) }

export const cases: NodeCase[] = [
  { title: 'lets devices through by default', messages: [{}, asset], leaves: [{ by: 'True' }, { by: 'False' }] },
  {
    title: 'lets several kinds through',
    config: { originatorTypes: ['ASSET', 'ENTITY_VIEW'] },
    messages: [asset, view, {}],
    leaves: [{ by: 'True' }, { by: 'True' }, { by: 'False' }],
  },
  { title: 'lets nothing through with an empty list', config: { originatorTypes: [] }, leaves: [{ by: 'False' }] },
  {
    title: 'lets nothing through without a list',
    config: { originatorTypes: null },
    messages: [{}, tenant],
    leaves: [{ by: 'False' }, { by: 'False' }],
  },
  {
    title: 'does not look at the message type',
    messages: [{ type: 'ENTITY_DELETED' }, { type: 'MY_TYPE', data: 'text' }],
    leaves: [{ by: 'True' }, { by: 'True', data: 'text' }],
  },
  {
    title: 'does not ask whether the originator still exists',
    entities: [],
    messages: [{ originator: entityId('DEVICE', 'aaaaaaaa-0000-4000-8000-00000000dead') }],
    leaves: [{ by: 'True' }],
  },
  {
    title: 'does not start with one kind instead of a list',
    config: { originatorTypes: 'DEVICE' },
    refuses:
      'Invalid configuration of "entity type filter": originatorTypes: Invalid input: expected array, received string',
    leaves: [],
  },
]
