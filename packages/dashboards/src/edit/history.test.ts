import { mostSteps, undo } from '@thingwire/editing'
import { expect, it } from 'vitest'
import { nudgeWidgets } from './commands/layout.ts'
import { addState } from './commands/states.ts'
import { setMember } from './commands/widgets.ts'
import { beginEditing, perform } from './history.ts'
import type { Command } from './model.ts'
import { aDashboard, mainGrid } from './testing.ts'

const start = aDashboard()
const performed = (...commands: Command[]) => commands.reduce(perform, beginEditing(start))
const title = (text: string) => setMember('a', ['config', 'title'], text)

it('typing in one field is one step, another field is another', () => {
  const history = performed(title('N'), title('Ne'), title('New'), setMember('a', ['config', 'units'], '%'))
  expect(history.past.map(({ name }) => [name.key, name.title])).toEqual([
    ['changeWidget', 'A'],
    ['changeWidget', 'New'],
  ])
  expect(undo(undo(history)).present).toBe(start)
})

it('arrow keys on one selection are one step', () => {
  const down = (ids: string[]) => nudgeWidgets(mainGrid, ids, { columns: 0, rows: 1 })
  expect(performed(down(['d']), down(['d']), down(['a', 'd'])).past).toHaveLength(2)
})

it('at least a hundred steps can be taken back', () => {
  expect(mostSteps).toBeGreaterThanOrEqual(100)
  const states = Array.from({ length: 100 }, (_, index) => addState(`s${index}`, 'S'))
  let history = performed(...states)
  for (const _ of states) history = undo(history)
  expect(history.present).toBe(start)
})

it('what changes nothing is no step', () => {
  const history = performed(title('A'), setMember('gone', ['config', 'title'], 'x'))
  expect(history.past).toEqual([])
})
