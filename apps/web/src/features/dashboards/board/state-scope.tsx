'use client'
import {
  backTo,
  type DashboardState,
  noParams,
  openState,
  paramsFor,
  type StateEntry,
  updateState,
} from '@thingwire/dashboards'
import { type ReactNode, useMemo, useState } from 'react'
import { type StateOverlay, type StateScope, StateProvider, useBoard } from './board-context.ts'
import { StateOverlays } from './state-overlays.tsx'

type Props = {
  stack: readonly StateEntry[]
  onStack: (stack: readonly StateEntry[]) => void
  /** Ids of the states around this one. */
  around: readonly string[]
  children: ReactNode
}

/** Where a stack of states is shown; what widgets in it open goes onto that stack, or over the page. */
export const StateArea = ({ stack, onStack, around, children }: Props) => {
  const { document } = useBoard()
  const [overlay, setOverlay] = useState<StateOverlay | null>(null)
  const [isRightOpen, setRightOpen] = useState(false)
  const scope = useMemo((): StateScope | null => {
    const state = stack.at(-1) ?? { id: document.rootStateId, params: noParams }
    const definition = document.states.get(state.id)
    if (!definition) return null
    return {
      stack,
      state,
      definition,
      around,
      isEditable: around.length === 0,
      isRightOpen,
      setRightOpen,
      open: (target) => onStack(openState(stack, target, document)),
      update: (target) => onStack(updateState(stack, target, document)),
      push: (entry) =>
        document.states.has(entry.id) &&
        onStack(document.settings.stateController === 'default' ? [entry] : [...stack, entry]),
      replace: (entry) => document.states.has(entry.id) && onStack([...stack.slice(0, -1), entry]),
      back: (index) => onStack(backTo(stack, index)),
      present: setOverlay,
    }
  }, [stack, onStack, document, around, isRightOpen])
  if (!scope) return null
  return (
    <StateProvider value={scope}>
      {children}
      <StateOverlays overlay={overlay} onClose={() => setOverlay(null)} />
    </StateProvider>
  )
}

/** The entry that a target leads to from the state shown. */
export const entryOf = (
  { state }: StateScope,
  target: Parameters<StateScope['open']>[0],
  states: ReadonlyMap<string, DashboardState>,
): StateEntry | null => {
  const id = target.stateId ?? state.id
  return states.has(id) ? { id, params: paramsFor(state.params, target) } : null
}
