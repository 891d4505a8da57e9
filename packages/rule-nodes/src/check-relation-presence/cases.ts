import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = entityId('DEVICE', testIds.device)
const plant = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000001')
const hall = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000002')
const relations = [
  { from: plant, to: device, type: 'Contains' },
  { from: device, to: hall, type: 'Manages' },
]
const chosen = { entityType: 'ASSET', entityId: plant.id }

export const cases: NodeCase[] = [
  { title: 'does not start as it is dropped, without an entity', refuses: 'Entity should be specified!', leaves: [] },
  {
    title: 'finds a relation that leads to the originator',
    config: { ...chosen, direction: 'TO' },
    relations,
    leaves: [{ by: 'True' }],
  },
  {
    title: 'tells the directions apart',
    config: { ...chosen, direction: 'FROM' },
    relations,
    leaves: [{ by: 'False' }],
  },
  {
    title: 'finds a relation that leaves the originator',
    config: { direction: 'FROM', relationType: 'Manages', entityType: 'ASSET', entityId: hall.id },
    relations,
    leaves: [{ by: 'True' }],
  },
  {
    title: 'compares the whole type',
    config: { ...chosen, direction: 'TO', relationType: 'contains' },
    relations,
    leaves: [{ by: 'False' }],
  },
  {
    title: 'asks for one entity only, when one is chosen',
    config: { ...chosen, entityId: hall.id, direction: 'TO' },
    relations,
    leaves: [{ by: 'False' }],
  },
  {
    title: 'takes any entity when none has to be chosen',
    config: { checkForSingleEntity: false, direction: 'TO' },
    relations,
    messages: [{}, { originator: hall }, { originator: plant }],
    leaves: [{ by: 'True' }, { by: 'False' }, { by: 'False' }],
  },
  {
    title: 'takes the type as it is written, not as a pattern',
    config: { ...chosen, direction: 'TO', relationType: '${deviceName}' },
    relations: [{ from: plant, to: device, type: 'Thermometer' }],
    leaves: [{ by: 'False' }],
  },
  {
    title: 'does not start for an entity that the tenant does not have',
    config: { ...chosen, entityId: 'aaaaaaaa-0000-4000-8000-00000000dead' },
    refuses: 'ASSET with id aaaaaaaa-0000-4000-8000-00000000dead is not found',
    leaves: [],
  },
  {
    title: 'does not start for an id that is none',
    config: { ...chosen, entityId: 'plant' },
    refuses: 'Entity should be specified! There is no ASSET plant',
    leaves: [],
  },
  {
    title: 'does not start without a type',
    config: { ...chosen, relationType: null },
    refuses: 'Relation type should be specified!',
    leaves: [],
  },
]
