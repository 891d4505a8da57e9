// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tokens of dashboard files are written so
import { describe, expect, it } from 'vitest'
import type { DashboardLayout, DashboardSettings, DashboardState } from '../document/model.ts'
import { noParams } from './model.ts'
import { backTo, formatStates, openState, parseStates, paramsFor, stateTitle, updateState } from './stack.ts'

const id = '784f394c-42b6-435a-983c-b7beff2784f9'
const entity = { entityId: { entityType: 'DEVICE', id }, entityName: 'Pump Ä', entityLabel: 'Cellar' } as const
const layout = {} as DashboardLayout
const state = (name: string): [string, DashboardState] => [
  name,
  { id: name, name, isRoot: name === 'root', layouts: { main: layout, right: null } },
]
const settings = (stateController: 'entity' | 'default') => ({ stateController }) as DashboardSettings
const dashboard = {
  states: new Map([state('root'), state('device'), state('constructor')]),
  rootStateId: 'root',
  settings: settings('entity'),
}
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')

describe('parseStates', () => {
  it('reads a stack as other boards write it', () => {
    const param = encode([
      { id: 'root', params: {} },
      { id: 'device', params: { ...entity, targetEntityParamName: 'pump', pump: entity, other: { a: 1 } } },
    ])
    expect(parseStates(param, dashboard)).toEqual([
      { id: 'root', params: noParams },
      { id: 'device', params: { entity, named: { pump: entity }, other: { other: { a: 1 } } } },
    ])
  })
  it('keeps plain values that code hands on, within a limit', () => {
    const read = (params: unknown) => parseStates(encode([{ id: 'device', params }]), dashboard)[0]?.params
    expect(read({ alarm: { id: 1 }, since: 5, none: null })).toEqual({
      ...noParams,
      other: { alarm: { id: 1 }, since: 5 },
    })
    expect(read({ long: 'x'.repeat(50_000) })).toEqual(noParams)
    const stack = [{ id: 'root', params: { ...noParams, other: { since: 5 } } }]
    expect(parseStates(formatStates(stack, dashboard), dashboard)).toEqual(stack)
  })
  it('puts the root where the first state is gone, and leaves out later ones that are', () => {
    const param = encode([{ id: 'gone', params: entity }, { id: 'gone' }, { id: 'device', params: null }])
    expect(parseStates(param, dashboard).map((one) => [one.id, one.params.entity?.entityName])).toEqual([
      ['root', 'Pump Ä'],
      ['device', undefined],
    ])
  })
  it.each([
    null,
    '',
    '%%%',
    'x'.repeat(200_000),
    encode('text'),
    encode({ id: 'device' }),
    encode([null, 3, [], 'device']),
    encode([{ id: '__proto__' }, { id: 'toString' }, { id: 7 }]),
    Buffer.from([0xff, 0xfe]).toString('base64'),
  ])('takes what is no stack for the root (%#)', (param) => {
    expect(parseStates(param, dashboard)).toEqual([{ id: 'root', params: noParams }])
  })
  it('lets no parameter reach behind the record', () => {
    const param = Buffer.from(
      `[{"id":"device","params":{"__proto__":{"entityId":{"entityType":"DEVICE","id":"${id}"}}}}]`,
    )
    const [entry] = parseStates(param.toString('base64'), dashboard)
    expect(entry?.params.entity).toBeNull()
    expect(Object.getPrototypeOf(entry?.params.named)).toBe(Object.prototype)
  })
  it('keeps no more than fifty states', () => {
    expect(parseStates(encode(Array.from({ length: 500 }, () => ({ id: 'device' }))), dashboard)).toHaveLength(50)
  })
  it('bears lost padding and URL letters', () => {
    const param = encode([{ id: 'device', params: { ...entity, entityName: '???>>>ÄÖ' } }])
    const mailed = param.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    expect(parseStates(mailed, dashboard)).toEqual(parseStates(param, dashboard))
  })
})

describe('formatStates', () => {
  it('reads back', () => {
    const stack = [
      { id: 'root', params: noParams },
      { id: 'device', params: { entity, named: { pump: entity } } },
    ]
    expect(parseStates(formatStates(stack, dashboard), dashboard)).toEqual(stack)
  })
  it('needs no parameter for the root alone', () => {
    expect(formatStates([{ id: 'root', params: noParams }], dashboard)).toBeNull()
    expect(formatStates([{ id: 'root', params: { entity, named: {} } }], dashboard)).not.toBeNull()
  })
})

describe('the stack', () => {
  const root = parseStates(null, dashboard)
  const target = { stateId: 'device', entity, paramName: null }
  it('grows where states are a breadcrumb, and is one where they are a choice', () => {
    expect(openState(root, target, dashboard).map((one) => one.id)).toEqual(['root', 'device'])
    expect(openState(root, target, { ...dashboard, settings: settings('default') }).map((one) => one.id)).toEqual([
      'device',
    ])
  })
  it('stays for a state that is not there', () =>
    expect(openState(root, { ...target, stateId: 'gone' }, dashboard)).toBe(root))
  it('opens a state that is called like a member of every object', () =>
    expect(openState(root, { ...target, stateId: 'constructor' }, dashboard).at(-1)?.id).toBe('constructor'))
  it('passes parameters on, under their name', () => {
    const opened = updateState(root, { stateId: null, entity, paramName: 'pump' }, dashboard)
    expect(opened).toEqual([{ id: 'root', params: { entity: null, named: { pump: entity } } }])
    expect(paramsFor({ entity, named: {} }, { entity: null, paramName: null }).entity).toBe(entity)
  })
  it('goes back to a crumb, never below the first', () => {
    const opened = openState(openState(root, target, dashboard), target, dashboard)
    expect(backTo(opened, 1)).toHaveLength(2)
    expect(backTo(opened, -5)).toHaveLength(1)
  })
})

describe('stateTitle', () => {
  it.each([
    ['Device: ${entityName}', 'Device: Pump Ä'],
    ['${entityLabel} – ${pump:entityName}', 'Cellar – Pump Ä'],
    ['${toString:entityName}|${other}', '|${other}'],
  ])('%s', (pattern, expected) => expect(stateTitle(pattern, { entity, named: { pump: entity } })).toBe(expected))
})
