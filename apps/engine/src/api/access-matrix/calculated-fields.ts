import type { PrepareRoom } from './room.ts'

/** Alarm rules, as such and as calculated fields. */
export const calculatedFieldsRoom: PrepareRoom = async (api) => {
  const { scope, tenantId, device } = api.tenant
  const store = api.db.calculatedFields
  const configuration = {
    type: 'ALARM',
    arguments: { t: { refEntityKey: { key: 'temperature', type: 'TS_LATEST' } } },
    createRules: {
      MAJOR: { condition: { type: 'SIMPLE', expression: { type: 'TBEL', expression: 'return t > 5;' } } },
    },
  }
  const rule = await store.save(
    scope,
    { type: 'ALARM', name: 'Matrix', entityId: device.id, configuration, isTimed: false },
    { most: 0 },
  )
  const changed = () => ({ ...rule, name: 'Changed', version: null })
  const ofEntity = { entityType: 'DEVICE', entityId: device.id.id }
  return {
    params: { alarmRuleId: rule.id.id, calculatedFieldId: rule.id.id },
    paramsOf: {
      'GET /api/:entityType/:entityId/calculatedFields': ofEntity,
      'GET /api/calculatedField/:entityType/:entityId': ofEntity,
      'GET /api/alarm/rules/:entityType/:entityId': ofEntity,
    },
    queryOf: { 'GET /api/calculatedFields/names': { type: 'ALARM' } },
    bodies: {
      'POST /api/alarm/rule': changed,
      'POST /api/calculatedField': changed,
      'POST /api/alarm/rule/testScript': () => ({ expression: 'return true;', arguments: {} }),
      'POST /api/calculatedField/testScript': () => ({ expression: 'return true;', arguments: {} }),
    },
    actsForCaller: ['POST /api/alarm/rule/testScript', 'POST /api/calculatedField/testScript'],
    belongings: () => store.ofTenant(tenantId, 'ALARM'),
  }
}
