'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import { useBoard, useStateScope } from '../board/board-context.ts'

export const useBoardPort = (): WidgetHost['board'] => {
  const { isPhone, StateView } = useBoard()
  const { state, push } = useStateScope()
  return useMemo(
    () => ({ state, isPhone, openState: (id, params) => push({ id, params }), StateView }),
    [state, isPhone, push, StateView],
  )
}
