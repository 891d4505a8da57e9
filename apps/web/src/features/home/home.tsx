'use client'
import { useUser } from '@/session/session-provider.tsx'
import { SystemHome } from './system-home.tsx'
import { TenantHome } from './tenant-home.tsx'

export const Home = () => (useUser().authority === 'SYS_ADMIN' ? <SystemHome /> : <TenantHome />)
