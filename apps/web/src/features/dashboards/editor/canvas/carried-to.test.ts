import {
  addState,
  addWidget,
  boxesOf,
  currentForm,
  type EditedDashboard,
  gridAt,
  type LayoutAddress,
  together,
  wrapInContainer,
} from '@thingwire/dashboards/edit'
import { expect, test } from 'vitest'
import { carriedTo } from './carried-to.ts'

const main: LayoutAddress = { stateId: 'default', layout: 'main', breakpoint: null }
const inner: LayoutAddress = { ...main, stateId: 'inner' }
const other: LayoutAddress = { ...main, stateId: 'other' }
const widget = (id: string) => ({ id, typeFullFqn: 'system.x', type: 'latest', title: id, sizeX: 4, sizeY: 2 }) as const
const empty: EditedDashboard = {
  title: 'D',
  image: null,
  mobileHide: false,
  mobileOrder: null,
  configuration: currentForm({}),
}
const start = together([
  addState('other', 'Other'),
  addWidget(widget('a'), main),
  addWidget(widget('b'), main),
  wrapInContainer(
    { id: 'box', kind: 'tabs', title: 'Box', sections: [{ id: 's', stateId: 'inner', title: 'S' }] },
    main,
    ['a'],
  ),
]).apply(empty)

const carry = (from: LayoutAddress, to: LayoutAddress, id: string) => {
  const command = carriedTo(start, { from, to: { at: to, place: { col: 0, row: 4 } }, ids: [id] })
  const { configuration } = command.apply(start)
  return { key: command.name(start).key, box: boxesOf(gridAt(configuration, to)).get(id) }
}

test('what is carried into a section, out of one, or to another state is a step of that name, where it was dropped', () => {
  expect(carry(main, inner, 'b')).toMatchObject({ key: 'putIntoSection', box: { col: 0, row: 4 } })
  expect(carry(inner, main, 'a')).toMatchObject({ key: 'takeOutOfSection', box: { col: 0, row: 4 } })
  expect(carry(main, other, 'b')).toMatchObject({ key: 'moveToLayout', box: { col: 0, row: 4 } })
})

test('a container does not go into itself', () => {
  const command = carriedTo(start, { from: main, to: { at: inner, place: { col: 0, row: 0 } }, ids: ['box'] })
  expect(command.apply(start)).toBe(start)
})
