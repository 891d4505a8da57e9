import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { RoleGate } from '@/shell/role-gate.tsx'
import { Shell } from '@/shell/shell.tsx'
import { sidebarCookie } from '@/shell/sidebar-cookie.ts'

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const isCollapsed = (await cookies()).get(sidebarCookie)?.value === 'collapsed'
  return (
    <Shell initiallyCollapsed={isCollapsed}>
      <RoleGate>{children}</RoleGate>
    </Shell>
  )
}
