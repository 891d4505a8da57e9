import { AppError, type NameConflict } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { saveUnderUniqueName } from './unique-name.ts'

const incremental: NameConflict = {
  nameConflictPolicy: 'UNIQUIFY',
  uniquifySeparator: '_',
  uniquifyStrategy: 'INCREMENTAL',
}
const wanted = { tenantId: 'tenant', entityType: 'DEVICE', name: 'Pump' } as const

const namesWith = (existing: Set<string>) => ({
  taken: async (_: unknown, names: readonly string[]) => new Set(names.filter((name) => existing.has(name))),
})
const saveInto = (existing: Set<string>) => async (name: string) => {
  if (existing.has(name)) throw new AppError('ARGUMENT_INVALID', 'Device with such name already exists!')
  existing.add(name)
  return name
}

test('a free name stays as it is', async () => {
  const existing = new Set<string>()
  expect(await saveUnderUniqueName(namesWith(existing), wanted, incremental, saveInto(existing))).toBe('Pump')
})

test('without the policy a taken name is refused', async () => {
  const existing = new Set(['Pump'])
  await expect(saveUnderUniqueName(namesWith(existing), wanted, undefined, saveInto(existing))).rejects.toThrow(
    'already exists',
  )
})

test('numbers count up from 1 to the first that is free', async () => {
  const existing = new Set(['Pump', ...Array.from({ length: 99 }, (_, n) => `Pump_${n + 1}`)])
  expect(await saveUnderUniqueName(namesWith(existing), wanted, incremental, saveInto(existing))).toBe('Pump_100')
})

test('random suffixes are six letters and digits behind the separator', async () => {
  const existing = new Set(['Pump'])
  const conflict = { ...incremental, uniquifyStrategy: 'RANDOM', uniquifySeparator: ' - ' } as const
  expect(await saveUnderUniqueName(namesWith(existing), wanted, conflict, saveInto(existing))).toMatch(
    /^Pump - [A-Za-z0-9]{6}$/,
  )
})

test('a name that somebody takes in between is passed over', async () => {
  const existing = new Set(['Pump'])
  let isFirst = true
  const saved = await saveUnderUniqueName(namesWith(existing), wanted, incremental, async (name) => {
    if (isFirst) existing.add(name)
    isFirst = false
    return saveInto(existing)(name)
  })
  expect(saved).toBe('Pump_2')
})

test('other failures are not tried again', async () => {
  let attempts = 0
  const save = async () => {
    attempts++
    throw new AppError('ARGUMENT_INVALID', 'Device is referencing to non-existent device profile!')
  }
  await expect(saveUnderUniqueName(namesWith(new Set()), wanted, incremental, save)).rejects.toThrow('profile')
  expect(attempts).toBe(1)
})

test('a long name gives way to its suffix', async () => {
  const name = 'x'.repeat(255)
  const existing = new Set([name])
  const saved = await saveUnderUniqueName(namesWith(existing), { ...wanted, name }, incremental, saveInto(existing))
  expect(saved).toBe(`${'x'.repeat(253)}_1`)
})
