'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import { useBoard, useStateScope } from '../board/board-context.ts'

export const useBoardPort = (): WidgetHost['board'] => {
  const { isPhone, StateView } = useBoard()
  const { state, stack, push, replace, back, setRightOpen } = useStateScope()
  return useMemo(
    () => ({
      state,
      stack,
      isPhone,
      openState: (id, params) => push({ id, params }),
      updateState: (id, params) => replace({ id, params }),
      backTo: back,
      openRight: () => setRightOpen(true),
      StateView,
    }),
    [state, stack, isPhone, push, replace, back, setRightOpen, StateView],
  )
}
