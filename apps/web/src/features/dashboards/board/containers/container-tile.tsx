'use client'
import { Fence } from '../fence.tsx'
import type { ContainerProps } from './container-frame.tsx'
import { RepeatContainer } from './repeat-container.tsx'
import { RowsContainer } from './rows-container.tsx'
import { TabsContainer } from './tabs-container.tsx'

const bodies = { tabs: TabsContainer, rows: RowsContainer, repeat: RepeatContainer }

/** A container among the widgets of a grid. */
export const ContainerTile = (p: ContainerProps) => {
  const Body = bodies[p.container.kind]
  return (
    <Fence>
      <Body {...p} />
    </Fence>
  )
}
