'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import { useBoard } from '../board/board-context.ts'

export const useCursorPort = (): WidgetHost['cursor'] => {
  const { cursor } = useBoard()
  return useMemo(() => cursor.portFor(), [cursor])
}
