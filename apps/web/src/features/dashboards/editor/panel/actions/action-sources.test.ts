import { readAction } from '@thingwire/dashboards'
import { expect, it } from 'vitest'
import { actionTypes, newAction, sourcesOf, withType } from './action-sources.ts'

it('every type that can be chosen is one that is understood', () => {
  const action = newAction('headerButton', [], 'Open', 'a')
  for (const type of actionTypes) {
    const read = readAction(withType(action, type), 'headerButton', 'x')
    expect(read?.kind.type, type).not.toBe('unknown')
    expect(read).toMatchObject({ id: 'a', name: 'Open', icon: 'more_horiz' })
  }
})

it('another type leaves nothing of the former one', () => {
  const url = {
    ...newAction('rowClick', [], 'Open', 'a'),
    type: 'openURL',
    url: 'https://example.org',
    openNewBrowserTab: true,
  }
  expect(withType(url, 'rpc')).toEqual({
    id: 'a',
    name: 'Open',
    type: 'rpc',
    method: '',
    params: null,
    requestTimeout: 5_000,
  })
})

it('names are given once, and sources of the file are kept', () => {
  expect(newAction('tooltipAction', [{ name: 'Open' }, { name: 'Open 2' }], 'Open', 'a').name).toBe('Open 3')
  expect(sourcesOf({ odd: [] }, undefined)).toEqual(['headerButton', 'odd'])
})
