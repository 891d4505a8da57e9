import { describe, expect, it } from 'vitest'
import { type Keepers, type Kept, lostOn } from './leave-guard.ts'

const page: Kept = { within: 'page', pathname: '/devices/1' }
const dialog: Kept = { within: 'step', pathname: '/devices/1' }
const keepersOf = (...kept: Kept[]): Keepers => new Map(kept.map((one) => [Symbol('form'), one]))

describe('edits that are lost', () => {
  it.each([
    ['by another page', '/devices', false, 2],
    ['by going back to another page', '/devices', true, 2],
    ['by going back within the page: those of a dialog', '/devices/1', true, 1],
    ['by a link within the page: none', '/devices/1', false, 0],
  ])('%s', (_, pathname, isStep, count) => {
    expect(lostOn(keepersOf(page, dialog), pathname, isStep)).toHaveLength(count)
  })
})
