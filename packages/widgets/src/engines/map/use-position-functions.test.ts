import { expect, it } from 'vitest'
import { layersOf, mapSettingsOf } from './settings.ts'
import { positionCode } from './use-position-functions.ts'

it.each([
  ['return {x: origXPos, y: origYPos};', null],
  ['  return { x: origXPos, y: origYPos }', null],
  ['', null],
  ['return {x: origXPos / 100, y: origYPos / 100};', 'return {x: origXPos / 100, y: origYPos / 100};'],
])('%j is asked only where it changes something', (positionFunction, code) => {
  const [layer] = layersOf(mapSettingsOf('image', false).parse({ markers: [{ positionFunction }] }))
  expect(layer && positionCode(layer)).toBe(code)
})
