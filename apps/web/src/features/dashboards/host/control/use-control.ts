'use client'
import type { EntityId } from '@thingwire/contracts'
import type { StateEntry } from '@thingwire/dashboards'
import type { ControlPlan, ControlState, WidgetHost } from '@thingwire/widgets/manifests'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Live } from '@/live/live-client.ts'
import { carryOut, problemOf } from './command.ts'
import { ControlRun } from './control-run.ts'

/**
 * Runs a control of one entity, or of the board alone.
 * @param target that may be read; another one is another control. Null only where the plan needs none
 * @param state of the dashboard, for controls that show it
 */
export const useControl = (p: {
  client: Live | null
  target: EntityId | null
  plan: ControlPlan
  functions: WidgetHost['functions']
  state: StateEntry
}): ControlState => {
  const { client, plan, functions } = p
  const { entityType, id } = p.target ?? { entityType: null, id: null }
  const board = useRef({ state: p.state, listeners: new Set<() => void>() })
  const run = useMemo(() => {
    const target = entityType === null || id === null ? null : { entityType, id }
    return new ControlRun(target, plan, {
      subscribe: (request, listener) => client?.subscribe(request, listener) ?? (() => {}),
      carryOut: async (command) => (target ? carryOut(target, command) : null),
      explain: problemOf,
      evaluate: async (code, names, args) => {
        const [result] = await functions.callMany(code, names, [args])
        return result ?? { ok: false, message: 'The function did not run' }
      },
      state: {
        read: () => board.current.state,
        listen: (changed) => {
          board.current.listeners.add(changed)
          return () => board.current.listeners.delete(changed)
        },
      },
    })
  }, [client, entityType, id, plan, functions])
  useEffect(() => {
    if (!client) return
    run.start()
    return () => run.stop()
  }, [client, run])
  useEffect(() => {
    board.current.state = p.state
    for (const changed of board.current.listeners) changed()
  }, [p.state])
  return useSyncExternalStore(run.listen, run.snapshot, run.snapshot)
}
