import type { WidgetAction } from '@thingwire/dashboards'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { idleHost } from '@thingwire/widgets/views'
import { describe, expect, it, vi } from 'vitest'
import { createScriptApi } from './script-api.ts'

const device = { entityType: 'DEVICE', id: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' } as const
const action: WidgetAction = {
  id: '1',
  source: 'elementClick',
  name: 'open',
  icon: null,
  color: null,
  columnIndex: null,
  button: { type: 'icon', fill: null, border: null, style: {} },
  isShownWhen: null,
  kind: { type: 'nothing' },
}

type States = Pick<WidgetHost['board'], 'openState' | 'updateState' | 'backTo' | 'openRight'>
const pick = ({ openState, updateState, backTo, openRight }: States): States => ({
  ...{ openState, updateState, backTo, openRight },
})

const setUp = (given: { mayAct?: boolean; agrees?: boolean } = {}) => {
  const idle = idleHost({})
  const spies = {
    run: vi.fn(),
    openState: vi.fn(),
    updateState: vi.fn(),
    backTo: vi.fn(),
    openRight: vi.fn(),
    open: vi.fn(),
    saveAttributes: vi.fn(async () => {}),
    call: vi.fn(async () => 'answer'),
    request: vi.fn(async () => ({ name: 'x' })),
    confirmRequest: vi.fn(async () => given.agrees ?? true),
  }
  const api = createScriptApi({
    host: {
      actions: { of: (source) => (source === 'elementClick' ? [action] : []), run: spies.run },
      board: { ...idle.board, ...pick(spies) },
      commands: { ...idle.commands, target: { id: device, name: 'Pump', label: '', type: '' }, call: spies.call },
      links: { ...idle.links, open: spies.open },
      values: { ...idle.values, saveAttributes: spies.saveAttributes },
    },
    entity: null,
    mayAct: () => given.mayAct ?? true,
    say: () => {},
    alert: async () => {},
    confirm: async () => true,
    confirmRequest: spies.confirmRequest,
    request: spies.request,
    close: () => {},
    words: { refused: 'refused', unknown: 'unknown', notNow: 'not now', noTarget: 'no target' },
  })
  return { api, ...spies }
}

describe('calls of code of a dashboard', () => {
  it('reach the ports, parsed', async () => {
    const { api, saveAttributes, call, open, openState, run } = setUp()
    await api('saveAttributes', [device, 'SERVER_SCOPE', { a: 1 }])
    expect(saveAttributes).toHaveBeenCalledWith(device, 'SERVER_SCOPE', { a: 1 })
    expect(await api('command', ['reboot', { now: true }, { timeoutMs: 500, isOneWay: true }])).toBe('answer')
    expect(call).toHaveBeenCalledWith('reboot', { now: true }, { timeoutMs: 500, isOneWay: true })
    await api('navigate', ['/devices'])
    expect(open).toHaveBeenCalledWith('/devices')
    await api('openState', ['details', { entityId: device, entityName: 'Pump' }])
    expect(openState).toHaveBeenCalledWith('details', { entity: { entityId: device, entityName: 'Pump' }, named: {} })
    await api('action', ['open'])
    expect(run).toHaveBeenCalledWith(action, { entity: null })
  })

  it('go from state to state', async () => {
    const { api, updateState, backTo, openRight, openState, run } = setUp()
    await api('updateState', [null, { since: 5 }, false])
    expect(updateState).toHaveBeenCalledWith('default', { entity: null, named: {}, other: { since: 5 } })
    await api('backToState', [2])
    expect(backTo).toHaveBeenCalledWith(2)
    expect(openRight).not.toHaveBeenCalled()
    await api('openState', ['details', {}, true])
    expect(openRight).toHaveBeenCalledOnce()
    expect(openState).toHaveBeenCalledWith('details', { entity: null, named: {} })
    await api('openStateOver', ['details', { entityId: device, entityName: 'Pump' }, 'Title'])
    const [[opening, context] = []] = run.mock.calls
    expect(opening).toMatchObject({
      kind: {
        type: 'openState',
        stateId: 'details',
        setEntity: true,
        presentation: { kind: 'dialog', title: 'Title' },
      },
    })
    expect(context).toEqual({ entity: { id: device, name: 'Pump', label: '', type: '' } })
    await expect(api('backToState', [Number.NaN])).rejects.toThrow()
  })

  it.each([
    ['updateState', ['x', {}]],
    ['backToState', [0]],
    ['openRight', []],
    ['openStateOver', ['x', {}, '']],
    ['saveAttributes', [device, 'SERVER_SCOPE', { a: 1 }]],
    ['deleteAttributes', [device, 'SERVER_SCOPE', ['a']]],
    ['saveTelemetry', [device, { a: 1 }]],
    ['command', ['reboot', {}]],
    ['navigate', ['/devices']],
    ['openState', ['details', {}]],
    ['updateState', [null, {}]],
    ['action', ['open']],
    ['http', ['DELETE', `/api/device/${device.id}`]],
  ])('%s is refused while the viewer has done nothing', async (method, args) => {
    const { api, confirmRequest, request, saveAttributes, call, open, openState, run } = setUp({ mayAct: false })
    await expect(api(method, args)).rejects.toThrow('not now')
    for (const spy of [confirmRequest, request, saveAttributes, call, open, openState, run])
      expect(spy).not.toHaveBeenCalled()
  })

  it.each([
    ['navigate', ['https://example.org']],
    ['navigate', ['//example.org']],
    ['navigate', ['javascript:alert(1)']],
    ['navigate', ['/\\example.org']],
    ['saveAttributes', [device, 'CLIENT_SCOPE', { a: 1 }]],
    ['saveAttributes', [{ entityType: 'DEVICE', id: '../../user' }, 'SERVER_SCOPE', { a: 1 }]],
    ['saveAttributes', [device, 'SERVER_SCOPE', 'x']],
    ['getAttributes', [{ entityType: 'DEVICE/../../user', id: device.id }, null, []]],
    ['openState', [7, {}]],
    ['http', ['GET', '/api/users']],
    ['http', ['GET', 7]],
    ['constructor', []],
    ['__proto__', []],
    ['run', []],
  ])('%s %j is not answered', async (method, args) => {
    const { api, request, saveAttributes, open, openState } = setUp()
    await expect(api(method, args)).rejects.toThrow()
    for (const spy of [request, saveAttributes, open, openState]) expect(spy).not.toHaveBeenCalled()
  })

  it('ask before another change, and do nothing after a no', async () => {
    const path = `/api/device/${device.id}`
    const no = setUp({ agrees: false })
    await expect(no.api('http', ['DELETE', path])).rejects.toThrow('refused')
    expect(no.confirmRequest).toHaveBeenCalledWith('DELETE', path)
    expect(no.request).not.toHaveBeenCalled()
    const yes = setUp()
    await yes.api('http', ['DELETE', path])
    expect(yes.request).toHaveBeenCalledWith('DELETE', path, undefined)
  })

  it('read without a question, and without a click', async () => {
    const { api, request, confirmRequest } = setUp({ mayAct: false })
    expect(await api('http', ['GET', `/api/device/${device.id}`])).toEqual({ name: 'x' })
    await api('getAttributes', [device, 'SERVER_SCOPE', ['a', 'b&c']])
    expect(request).toHaveBeenLastCalledWith(
      'GET',
      `/api/plugins/telemetry/DEVICE/${device.id}/values/attributes/SERVER_SCOPE?keys=a%2Cb%26c`,
      undefined,
    )
    expect(confirmRequest).not.toHaveBeenCalled()
  })
})
