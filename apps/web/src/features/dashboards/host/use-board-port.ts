'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import { useBoard, useStateScope } from '../board/board-context.ts'

export const useBoardPort = (): WidgetHost['board'] => {
  const { isPhone, StateView, document } = useBoard()
  const css = document.settings.dashboardCss ?? ''
  const { state, stack, push, replace, back, setRightOpen } = useStateScope()
  return useMemo(
    () => ({
      state,
      stack,
      isPhone,
      css,
      openState: (id, params) => push({ id, params }),
      updateState: (id, params) => replace({ id, params }),
      backTo: back,
      openRight: () => setRightOpen(true),
      StateView,
    }),
    [state, stack, isPhone, css, push, replace, back, setRightOpen, StateView],
  )
}
