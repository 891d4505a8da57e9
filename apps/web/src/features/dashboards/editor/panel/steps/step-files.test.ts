import { applyTransformations, readTransformations, tableOf } from '@thingwire/dashboards'
import { expect, it } from 'vitest'
import { newStep, stepTypes } from './step-files.ts'

const table = tableOf([
  { entityId: 'a', entityName: 'A', label: 'level', units: null, decimals: null, points: [[1, 2]] },
])
const columns = table.columns.map(({ name }) => name)

it.each(stepTypes)('a new step %s can be made at once', (type) => {
  const steps = readTransformations([newStep(type, columns)])
  expect(steps).toHaveLength(1)
  expect(applyTransformations(table, steps).rows).toHaveLength(1)
})
