'use client'
import { createContext, useContext } from 'react'
import type { WidgetHost } from './host.ts'
import { idleHost } from './idle-host.ts'

const HostContext = createContext<WidgetHost>(idleHost({}))

/** What a dashboard puts around each of its widgets. */
export const WidgetHostProvider = HostContext.Provider

export const useWidgetHost = (): WidgetHost => useContext(HostContext)
