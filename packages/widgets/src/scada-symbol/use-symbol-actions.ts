import { useCallback, useEffect, useRef } from 'react'
import type { ControlState } from '../control.ts'
import { type SymbolObjectSettings, symbolAction } from '../engines/scada/plan.ts'
import type { SymbolFile } from '../engines/scada/read-symbol.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import type { useWords } from '../texts/use-texts.ts'
import type { scadaWords } from './words.ts'

type Say = ReturnType<typeof useWords<typeof scadaWords>>
type Waiting = { name: string; done: () => void; failed: (cause: Error) => void }

/** Carries out behaviours by their ids: writes, or actions of the dashboard. Resolves when the device has answered. */
export const useSymbolActions = (p: {
  symbol: SymbolFile | null
  settings: SymbolObjectSettings
  control: ControlState | undefined
  isLost: boolean
  words: Say
}) => {
  const { actions, commands } = useWidgetHost()
  const newest = useRef(p)
  newest.current = p
  const waiting = useRef<Waiting | null>(null)
  const { control } = p

  useEffect(() => {
    const one = waiting.current
    if (!one || !control || control.sending !== null) return
    waiting.current = null
    if (control.problem?.write === one.name) one.failed(new Error(control.problem.reason))
    else one.done()
  }, [control])

  useEffect(
    () => () => {
      waiting.current?.failed(new Error('gone'))
      waiting.current = null
    },
    [],
  )

  /** Runs the dashboard's action behind a behaviour; false where there is none. */
  const run = useCallback(
    (id: string, anchor: Element | null): boolean => {
      const { symbol, settings } = newest.current
      const behavior = symbol?.metadata.behavior.find((one) => one.id === id)
      const action = behavior ? symbolAction(behavior, settings) : null
      if (!action) return false
      actions.run(action, { entity: commands.target, anchor })
      return true
    },
    [actions, commands],
  )

  const act = useCallback(
    async (id: string, value: unknown): Promise<void> => {
      const { symbol, control: state, isLost, words } = newest.current
      const behavior = symbol?.metadata.behavior.find((one) => one.id === id)
      if (!behavior || behavior.type === 'value') throw new Error(words('noAction', { name: id.slice(0, 80) }))
      if (behavior.type === 'widgetAction') {
        run(id, null)
        return
      }
      if (!state) throw new Error(words('noTarget'))
      if (isLost || state.sending !== null || waiting.current) throw new Error(words('busy'))
      await new Promise<void>((done, failed) => {
        waiting.current = { name: id, done, failed }
        state.write(id, value)
      })
    },
    [run],
  )
  return { run, act }
}
