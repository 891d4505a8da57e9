import { beginHistory, redo, step, undo } from '@thingwire/editing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDashboard } from '../document/read.ts'
import { anyCommand, someCommands } from './any-command.ts'
import { together } from './command.ts'
import { collides } from './grid/geometry.ts'
import { currentForm } from './form/current-form.ts'
import type { EditedDashboard } from './model.ts'
import { allGrids, boxesOf, columnsOf, gridAt, placementOf, placesOf, statesOf, widgetsOf } from './parts.ts'
import { aDashboard } from './testing.ts'
import { sectionStates } from './container.ts'

const boxesApart = ({ configuration }: EditedDashboard): string[] =>
  allGrids(configuration).flatMap((at) => {
    const grid = gridAt(configuration, at)
    if (placementOf(grid) === 'free') return []
    const boxes = [...boxesOf(grid)]
    return boxes.flatMap(([a, one], index) =>
      boxes.slice(index + 1).flatMap(([b, other]) => (collides(one, other) ? [`${a} ${b}`] : [])),
    )
  })

describe('any commands, one after the other', () => {
  it('can be taken back and done again, to the very same documents', () => {
    fc.assert(
      fc.property(someCommands, (commands) => {
        const start = aDashboard()
        const frozen = structuredClone(start)
        const documents = [start]
        let history = beginHistory(start)
        for (const command of commands) {
          const name = command.name(history.present)
          history = step(history, command.apply(history.present), name.key)
          if (history.present !== documents.at(-1)) documents.push(history.present)
        }
        for (const document of documents.toReversed().slice(1)) {
          history = undo(history)
          expect(history.present).toBe(document)
        }
        expect(history.present).toEqual(frozen)
        for (const document of documents.slice(1)) {
          history = redo(history)
          expect(history.present).toBe(document)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('leave a sound document in the form in which it is stored', () => {
    fc.assert(
      fc.property(someCommands, (commands) => {
        const end = together(commands).apply(aDashboard())
        const { configuration } = end
        expect(currentForm(configuration)).toEqual(configuration)
        const { document, report } = readDashboard(configuration)
        expect(report.remarks).toEqual([])
        expect([...document.states.values()].filter((state) => state.isRoot)).toHaveLength(1)
        const placed = new Set(
          allGrids(configuration).flatMap((at) => Object.keys(placesOf(gridAt(configuration, at)))),
        )
        expect([...placed].sort()).toEqual(Object.keys(widgetsOf(configuration)).sort())
        for (const stateId of sectionStates(configuration).keys())
          expect(statesOf(configuration)).toHaveProperty([stateId])
        for (const at of allGrids(configuration)) {
          const grid = gridAt(configuration, at)
          for (const box of boxesOf(grid).values()) expect(box.col + box.sizeX).toBeLessThanOrEqual(columnsOf(grid))
        }
      }),
      { numRuns: 400 },
    )
  })

  it('never put a widget over another where widgets push each other', () => {
    fc.assert(
      fc.property(someCommands, (commands) => {
        let document = aDashboard()
        for (const command of commands) {
          if (command.name(document).key === 'changeGrid') continue
          document = command.apply(document)
          expect(boxesApart(document)).toEqual([])
        }
      }),
      { numRuns: 400 },
    )
  })

  it('change nothing where they find nothing', () => {
    const empty: EditedDashboard = { ...aDashboard(), configuration: {} }
    fc.assert(
      fc.property(anyCommand, (command) => {
        const { key } = command.name(empty)
        const isNew = ['addState', 'putAlias', 'putFilter', 'changeSettings'].includes(key)
        if (!isNew) expect(command.apply(empty).configuration).toEqual({})
      }),
    )
  })

  it('do no harm to documents of any shape', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.array(anyCommand, { maxLength: 5 }), (configuration, commands) => {
        const document = { ...aDashboard(), configuration: currentForm(configuration) }
        readDashboard(together(commands).apply(document).configuration)
      }),
    )
  })
})
